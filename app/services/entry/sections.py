"""Writing a section of an entry: only while it is open, each change an event."""

from typing import Any

from app.queries.contest.entries import EntryFile
from app.services.dossiers import Receipt, file_for
from app.services.events import By
from app.services.papers.attachments import Attachments, attach
from app.services.people.member_book import Values, write_fields
from app.services.sections import branch_writes, keep_section, written_before
from app.services.use_case import use_case
from app.services.versions import check_version
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
    if receipt := written_before(ref, by):
        return receipt
    check_version(file.dossier, seen)
    by = branch_writes(file.dossier, by, is_open=may_open(file, section))
    changes = write_fields(file.entry, SECTION_FIELDS[section], values)
    told = {"changes": changes, "papers": attach(file.dossier, section, papers, by)}
    return keep_section(file.dossier, section, told, by)


def may_open(file: EntryFile, section: Section) -> bool:
    """Whether a section may be written in the state the dossier is in."""
    return section in open_sections(file.dossier.state, frozenset(file.dossier.returned_sections))
