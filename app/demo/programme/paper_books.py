"""What the branches had on paper of a year, entered at once: who registered what, how it went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from app.demo.chains import enter, number
from app.demo.places import Place
from app.demo.programme import texts
from app.extensions import db
from app.models import ProgrammeChoice, ProgrammeContent, ProgrammeEdition, ProgrammeRegistration
from app.services.events import Change
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.programme import TRACKED
from workflows.programme_facts import Chosen, Mark, proposed_result
from workflows.rules import LocalRules

UNREGISTERED = 0.07  # share of members
FREELY_CHOSEN = 2  # contents beside the required ones
# Of a hundred contents so many are done well, middling, and not at all.
MARKS = (88, 9, 3)


@dataclass(frozen=True, slots=True)
class Book:
    """The books of some branches for a year, and the states in which their members are by now."""

    branches: Sequence[Place]
    edition: ProgrammeEdition
    states: Sequence[str]
    year: int


@use_case
def enter_books(book: Book, now: datetime) -> None:
    """Enter what members registered by a moment, each in one of the states."""
    rng = Random(book.year)  # noqa: S311  (nothing secret, and nobody else's chance is used up)
    entries = list(_entries(book, local_day(now), rng))
    rows = [row for row, _choices in entries]
    number(rows)
    enter((row, Change("register", None, row.state), now) for row in rows)
    db.session.flush()
    for row, choices in entries:
        for choice in choices:
            choice.registration_id = row.id
        db.session.add_all(choices)


Entry = tuple[ProgrammeRegistration, list[ProgrammeChoice]]


def _entries(book: Book, day: date, rng: Random) -> Iterator[Entry]:
    listed: set[int] = set()
    for branch in book.branches:
        state = rng.choice(book.states)
        for person in branch.members:
            is_late = (person.joined_on or date.min) > day or person.expelled_on
            if person.id in listed or is_late or rng.random() < UNREGISTERED:
                continue
            listed.add(person.id)
            row = _registration(book, branch, person.id, state=state)
            yield _told(row, list(_choices(book.edition, state, rng)), rng, day)


def _registration(
    book: Book, branch: Place, person_id: int, *, state: str
) -> ProgrammeRegistration:
    return ProgrammeRegistration(
        district_id=branch.unit.district_id or branch.unit.id,
        unit_id=branch.unit.id,
        person_id=person_id,
        year=book.year,
        edition_id=book.edition.id,
        state=state,
    )


def chosen_contents(edition: ProgrammeEdition, rng: Random) -> list[ProgrammeContent]:
    """Choose what a member registers: all that is required, and some more."""
    free = [each for each in edition.contents if not each.is_required]
    more = rng.sample(free, min(FREELY_CHOSEN, len(free)))
    return [each for each in edition.contents if each.is_required or each in more]


def _choices(edition: ProgrammeEdition, state: str, rng: Random) -> Iterator[ProgrammeChoice]:
    is_over, has_begun = state == "concluded", state in {*TRACKED, "concluded"}
    for content in chosen_contents(edition, rng):
        mark = rng.choices([*Mark], MARKS)[0]
        target = content.target or 0
        done = target if mark is Mark.DONE_WELL else target // 2
        yield ProgrammeChoice(
            content_id=content.id,
            content=content,
            done=done if has_begun and target and mark is not Mark.NOT_DONE else None,
            evidence=rng.choice(texts.EVIDENCE) if has_begun and mark is Mark.DONE_WELL else "",
            self_mark=mark if is_over or state == "self_evaluated" else None,
            mark=mark if is_over else None,
        )


def _told(
    row: ProgrammeRegistration, choices: list[ProgrammeChoice], rng: Random, day: date
) -> Entry:
    """Write the remarks that go with a state, and the result where there is one."""
    if row.state in {"reviewed", "self_evaluated", "concluded"}:
        row.remark = rng.choice(texts.REMARKS)
    if row.state in {"self_evaluated", "concluded"}:
        row.self_comment = rng.choice(texts.COMMENTS)
    if row.state == "concluded":
        marked = [
            Chosen(each.content.text, is_required=each.content.is_required, mark=each.mark)
            for each in choices
        ]
        row.computed = row.mark = proposed_result(marked, LocalRules().programme_shares)
        row.concluded_on = day
    return row, choices
