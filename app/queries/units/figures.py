"""Figures of a unit and all below it, as the pictures draw them: ages, sizes, book, card, badge."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Integer, and_, case, cast, extract, func, literal, select

from app.extensions import db
from app.models import Person, Unit
from app.queries.units.tree import UnitLine
from workflows.holdings import HELD, Item
from workflows.levels import Level, UnitKind
from workflows.membership import MEMBER_STATUSES, Holding, Sex

# The first year of life of each band, and the last band has no end.
BANDS = (0, 18, 21, 24, 27, 31)
# A branch of nine elects a committee (Hướng dẫn 20-HD/TWĐTN-BTC (2023) §4.1); three found one.
COMMITTEE_FROM, FOUNDED_FROM = 9, 3


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Members from one age to another, by sex; ``until`` is nothing where there is no end."""

    first: int
    until: int | None
    numbers: dict[Sex | None, int]


def ages_below(unit_path: str, today: date) -> list[AgeBand]:
    """Count the members of a unit and of all below it by age and sex."""
    years = _age(today)
    rows = db.session.execute(
        select(years, Person.sex, func.count())
        .join(Unit, Unit.id == Person.unit_id)
        .where(*_members_below(unit_path))
        .group_by(years, Person.sex)
    )
    found: dict[int, Counter[Sex | None]] = {first: Counter() for first in BANDS}
    for age, sex, number in rows:
        found[max(first for first in BANDS if first <= max(age, 0))][sex] += number
    ends = [first - 1 for first in BANDS[1:]]
    return [
        AgeBand(first, until, dict(found[first]))
        for first, until in zip(BANDS, [*ends, None], strict=True)
    ]


def _age(today: date) -> ColumnElement[int]:
    """Full years of life; where the day of birth is unknown, those completed within this year."""
    lived = func.age(literal(today), Person.birth_date)
    years = case(
        (Person.birth_year_only, today.year - extract("year", Person.birth_date)),
        else_=extract("year", lived),
    )
    return cast(years, Integer).label("years")


def _members_below(unit_path: str) -> list[ColumnElement[bool]]:
    below = Unit.path.startswith(unit_path, autoescape=True)
    return [below, Person.status.in_(MEMBER_STATUSES)]


@dataclass(frozen=True, slots=True)
class SizeMarks:
    """How many of some branches have nine members, more than nine, or fewer than three."""

    branches: int
    from_nine: int
    above_nine: int
    under_three: int


def branches_of(lines: Iterable[UnitLine], kind: UnitKind | None = None) -> list[UnitLine]:
    """Return the branches among units, of one kind where it is named."""
    branches = (each for each in lines if each.unit.level is Level.BRANCH)
    return [each for each in branches if kind in {None, each.unit.kind}]


def size_marks(branches: Sequence[UnitLine]) -> SizeMarks:
    """Count the branches that reach the marks (the plan says both "trên 09" and "từ 9")."""
    sizes = [each.members for each in branches]
    return SizeMarks(
        branches=len(sizes),
        from_nine=sum(size >= COMMITTEE_FROM for size in sizes),
        above_nine=sum(size > COMMITTEE_FROM for size in sizes),
        under_three=sum(size < FOUNDED_FROM for size in sizes),
    )


@dataclass(frozen=True, slots=True)
class UnitHoldings:
    """What the members of one unit have: numbers by item and state, and who has all three."""

    unit_id: int
    name: str
    members: int
    complete: int
    numbers: dict[tuple[Item, Holding], int]

    def held(self, item: Item) -> int:
        """Count the members who have one."""
        return sum(self.numbers[item, each] for each in HELD)


_KINDS = [(item, holding) for item in Item for holding in Holding]


def holdings_below(unit_path: str) -> list[UnitHoldings]:
    """Count what the members have, for a unit and each one below it that has members."""
    has_all = and_(*(getattr(Person, item).in_(HELD) for item in Item))
    rows = db.session.execute(
        select(
            *(Unit.id, Unit.name, func.count(), func.count().filter(has_all)),
            *(func.count().filter(getattr(Person, item) == held) for item, held in _KINDS),
        )
        .join(Person, Person.unit_id == Unit.id)
        .where(*_members_below(unit_path))
        .group_by(Unit.id)
        .order_by(Unit.sort_key, Unit.id)
    )
    return [
        UnitHoldings(unit, name, members, complete, dict(zip(_KINDS, numbers, strict=True)))
        for unit, name, members, complete, *numbers in rows
    ]


def summed(units: Sequence[UnitHoldings]) -> UnitHoldings:
    """Add up what the members of several units have."""
    return UnitHoldings(
        unit_id=0,
        name="",
        members=sum(each.members for each in units),
        complete=sum(each.complete for each in units),
        numbers={kind: sum(each.numbers[kind] for each in units) for kind in _KINDS},
    )
