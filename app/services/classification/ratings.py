"""The rating of a branch: proposed by it, confirmed or returned by the unit above."""

from dataclasses import asdict
from typing import Any

from app.models import BranchRating, Unit
from app.policies import Right
from app.queries.classification.ratings import Rating, TypedRating, rating_of, rating_row, typed_in
from app.queries.rules import rulebook
from app.services.classification.desks import check_seen, confirming_unit_of, in_post
from app.services.classification.sheets import OLDEST_YEAR
from app.services.dues.sheets import keeper
from app.services.events import By, Change, found, record, seen_before
from app.services.refusals import Forbidden, Invalid
from app.services.units.sheets import follow_merger
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.calendar import local_day
from workflows.classification.process import BRANCH_RATING
from workflows.engine import Case
from workflows.requirements.branch_rating import RatingFacts

OPEN = {"draft", "returned"}
COLUMNS = ("grade", "reason")


@use_case
def write_rating(unit_id: int, year: int, typed: TypedRating, *, by: By, seen: int) -> int:
    """Write what a branch says of its year, and return the rating's new version.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its rating is not theirs or closed.
        Stale: somebody changed it since.
        Invalid: a year that has not come.
    """
    unit, by = keeper(unit_id, by, Right.PREPARE, at=unit_id)
    if seen_before(by.request_key):
        return seen
    row = rating_row(unit_id, year, lock=True)
    check_version(row, seen)
    if row is not None and row.state not in OPEN:
        raise Forbidden("sheet_closed")
    return _write(row or _new(unit, year, by), typed, by)


def _new(unit: Unit, year: int, by: By) -> BranchRating:
    if not OLDEST_YEAR <= year <= local_day(by.now).year:
        raise Invalid("year", "not_come")
    return BranchRating(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        confirming_unit_id=confirming_unit_of(unit),
        year=year,
        state="draft",
        typed={},
        figures={},
        reason="",
        returned="",
        created_by_id=by.actor.account_id if by.actor else None,
    )


def _write(row: BranchRating, typed: TypedRating, by: By) -> int:
    before, now = asdict(typed_in(row)), asdict(typed)
    changes = {name: [before[name], now[name]] for name in now if before[name] != now[name]}
    row.typed = {name: value for name, value in now.items() if name not in COLUMNS}
    row.grade, row.reason = typed.grade, typed.reason
    facts = {"rating": changes}
    if row.id:
        return record(row, Change("write_rating", facts=facts), by).sequence
    return found(row, Change("write_rating", None, row.state, facts=facts), by).sequence


@use_case
def rate_step(unit_id: int, year: int, name: str, returning: str = "", *, by: By, seen: int) -> str:
    """Take a step on the rating of a unit and year, and return the state that it leads to.

    Raises:
        NotFound, Stale, NoSuchStep, Forbidden, Refused: as ``take_step`` of a sheet.
    """
    row = rating_row(unit_id, year, lock=True)
    if row and row.version != seen and (event := seen_before(by.request_key)):
        return event.to_state or ""
    check_seen(row, row.unit if row else None, seen, by)
    assert row is not None  # noqa: S101  (as checked)
    by = in_post(row, BRANCH_RATING, name, by)
    rating = rating_of(row.unit, year, row, local_day(by.now))
    case = Case(row.state, _facts(rating, returning, by))
    BRANCH_RATING.fire(case, name)
    before, row.state = row.state, case.state
    _WRITES[name](row, rating, returning, by)
    record(row, Change(name, before, case.state, comment=returning), by)
    if name == "send_back":
        follow_merger(row, by)
    return case.state


def _facts(rating: Rating, returning: str, by: By) -> RatingFacts:
    return RatingFacts(
        rules=rulebook().on(local_day(by.now)),
        sheet_state=rating.sheet_state,
        grade=rating.grade,
        computed=rating.computed,
        reason=rating.typed.reason,
        returning=returning,
    )


def _submit(row: BranchRating, rating: Rating, _returning: str, by: By) -> None:
    """From here on the figures are frozen; who hands them up does not confirm them."""
    row.handed_up_by_id = by.actor.account_id if by.actor else None
    row.grade, row.computed, row.returned = rating.grade, rating.computed, ""
    row.figures = {"measured": [asdict(each) for each in rating.measured]}


def _send_back(row: BranchRating, _rating: Rating, returning: str, _by: By) -> None:
    row.returned = returning
    if row.grade is row.computed:
        row.grade = None


def _confirm(row: BranchRating, _rating: Rating, _returning: str, by: By) -> None:
    row.confirmed_at = by.now


_WRITES: dict[str, Any] = {"submit": _submit, "send_back": _send_back, "confirm": _confirm}
