"""Writing a section of an admission dossier: only while it is open, each change an event."""

from typing import Any

from app.queries.admission.files import AdmissionFile
from app.services.dossiers import Receipt, file_for
from app.services.events import By
from app.services.papers.attachments import Attachments, attach
from app.services.people.member_book import (
    BACKGROUND,
    SELF_DESCRIPTION,
    Values,
    twin_reason,
    write_fields,
    write_person,
)
from app.services.sections import branch_writes, keep_section, written_before
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.admission import open_sections
from workflows.admission_facts import Section
from workflows.membership import MEMBER_STATUSES

PERSON_FIELDS = {Section.PERSON: SELF_DESCRIPTION, Section.BACKGROUND: BACKGROUND}
ADMISSION_FIELDS = {
    Section.NOMINATION: ("source", "helper_id"),
    Section.APPLICATION: ("applied_on", "own_words"),
    Section.BACKGROUND: ("background_on", "custody", "custody_note"),
    Section.INTRODUCER: (
        *("introducer_kind", "introducer_id", "introducer_name", "together_since"),
        *("introduced_on", "introduction"),
    ),
    Section.STUDY: ("self_study_on", "self_study_result"),
    Section.PARTY_OPINION: ("party_opinion_on", "party_opinion"),
    Section.PROPOSAL: ("proposed_on", "proposal"),
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
        TwinFound: the new name and birth date are somebody else's, and no ``twin_reason`` says why.
    """
    file: Any = file_for(ref, by.actor, lock=True)
    if receipt := written_before(ref, by):
        return receipt
    check_version(file.dossier, seen)
    by = branch_writes(file.dossier, by, is_open=may_open(file, section))
    reason = _twin_reason(file, section, values)
    changes = _write(file, section, values)
    told = {"changes": changes, "papers": attach(file.dossier, section, papers, by)}
    return keep_section(file.dossier, section, told, by, reason=reason)


def may_open(file: AdmissionFile, section: Section) -> bool:
    """Whether a section may be written in the state the dossier is in.

    The book of somebody who became a member by another dossier is closed to this one.
    """
    dossier = file.dossier
    if section in PERSON_FIELDS and file.person.status in MEMBER_STATUSES:
        return False
    return section in open_sections(dossier.state, dossier.returned_sections)


def _twin_reason(file: AdmissionFile, section: Section, values: Values) -> str:
    if section is not Section.PERSON:
        return ""
    reason = twin_reason(file.person, values)
    file.admission.twin_reason = reason or file.admission.twin_reason
    return reason


def _write(file: AdmissionFile, section: Section, values: Values) -> dict[str, list[Any]]:
    """Change what differs and return it, field by field, as before and after."""
    changes = write_person(file.person, PERSON_FIELDS.get(section, ()), values)
    changes |= write_fields(file.admission, ADMISSION_FIELDS.get(section, ()), values)
    if "introducer_id" in changes:
        file.dossier.introduced_by_id = file.admission.introducer_id
    return changes
