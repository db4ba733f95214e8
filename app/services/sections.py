"""Sections of a dossier, alike in every workflow: who writes them, and what becomes of it."""

from collections.abc import Mapping
from typing import Any

from app import policies
from app.models import Dossier
from app.policies import Right
from app.services.dossiers import Receipt
from app.services.events import By, Change, record, seen_before
from app.services.refusals import Forbidden


def written_before(ref: str, by: By) -> Receipt | None:
    """Return the receipt of a section that the same request wrote already."""
    event = seen_before(by.request_key)
    return Receipt(ref, "edit", event.to_state, event.at, repeated=True) if event else None


def branch_writes(dossier: Dossier, by: By, *, is_open: bool) -> By:
    """Return the act in the post in which the branch writes a section that is open.

    Raises:
        Forbidden: it is not theirs to write, or the section is closed.
    """
    if by.actor is None or not policies.may_write(by.actor, dossier):
        raise Forbidden("not_your_desk")
    if not is_open:
        raise Forbidden("section_closed")
    held = policies.posts_with(by.actor, Right.PREPARE)
    post = next(each for each in held if each.unit_id == dossier.branch_id)
    return By(by.actor, by.now, post, by.request_key)


def keep_section(
    dossier: Dossier,
    section: str,
    told: Mapping[str, Any],
    by: By,
    *,
    reason: str = "",
) -> Receipt:
    """Record what was ``told``, changes and papers, if anything was; one sent back is mended."""
    if any(told.values()):
        if section in dossier.returned_sections:
            dossier.amended_sections = sorted({*dossier.amended_sections, str(section)})
        facts = {"section": str(section), **told}
        record(dossier, Change("edit", dossier.state, dossier.state, reason, facts), by)
    return Receipt(dossier.ref, "edit", dossier.state, by.now)
