"""Writing a section of an entry: only while it is open, each change an event."""

from typing import Any

from app import policies
from app.queries.contest.entries import EntryFile
from app.services.dossiers import Receipt, check_version, file_for
from app.services.events import By, Change, record, seen_before
from app.services.papers.attachments import Attachments, attach
from app.services.people.member_book import Values, write_fields
from app.services.refusals import Forbidden
from app.services.use_case import use_case
from workflows.contest.entry import open_sections
from workflows.contest.entry_facts import Section

SECTION_FIELDS = {
    Section.CONTESTANT: ("posts_held", "phone"),
    Section.ACHIEVEMENTS: ("achievements", "branch_results"),
}


@use_case
def save_section(
    ref: str, section: Section, values: Values, papers: Attachments, *, by: By, seen: int
) -> Receipt:
    """Write a section as typed in its form, with the papers that came along.

    Raises:
        NotFound: no such dossier for this person.
        Stale: somebody changed it since.
        Forbidden: it is not theirs to write, or the section is closed.
    """
    file: Any = file_for(ref, by.actor, lock=True)
    if event := seen_before(by.request_key):
        return Receipt(ref, "edit", event.to_state, event.at, repeated=True)
    check_version(file.dossier, seen)
    by = _writer(file, section, by)
    changes = write_fields(file.entry, SECTION_FIELDS[section], values)
    added = attach(file.dossier, section, papers, by)
    if changes or added:
        _mark(file, section)
        state = file.dossier.state
        facts = {"section": section.value, "changes": changes, "papers": added}
        record(file.dossier, Change("edit", state, state, facts=facts), by)
    return Receipt(ref, "edit", file.dossier.state, by.now)


def may_open(file: EntryFile, section: Section) -> bool:
    """Whether a section may be written in the state the dossier is in."""
    return section in open_sections(file.dossier.state, frozenset(file.dossier.returned_sections))


def _writer(file: EntryFile, section: Section, by: By) -> By:
    if by.actor is None or not policies.may_write(by.actor, file.dossier):
        raise Forbidden("not_your_desk")
    if not may_open(file, section):
        raise Forbidden("section_closed")
    held = policies.posts_with(by.actor, policies.Right.PREPARE)
    post = next(each for each in held if each.unit_id == file.dossier.branch_id)
    return By(by.actor, by.now, post, by.request_key)


def _mark(file: EntryFile, section: Section) -> None:
    dossier = file.dossier
    if section in dossier.returned_sections:
        dossier.amended_sections = sorted({*dossier.amended_sections, section.value})
