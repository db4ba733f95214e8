"""Dated rule sets: what each Statute and its guidance demand, every value with its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from workflows.calendar import anniversary
from workflows.citations import (
    LOCAL,
    OF_THE_PARTY,
    OF_THE_PROGRAMME,
    POINTS,
    POINTS_OF_30,
)
from workflows.levels import Seat


class Certainty(StrEnum):
    """How sure a rule is: read in a source, or a local setting with a sensible default."""

    SOURCE = "source"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a rule comes from, as the screens show it."""

    text: str
    certainty: Certainty = Certainty.SOURCE

    @property
    def is_local(self) -> bool:
        """Whether the screen must say that this is a local setting."""
        return self.certainty is Certainty.LOCAL


_THIRTIETH = "Hướng dẫn 30-HD/TWĐTN-BTC (2023)"
_TWELFTH = "Hướng dẫn 20-HD/TWĐTN-BTC (2023)"
_THIRTEENTH = "Điều lệ Đoàn khóa XIII (2026), theo tài liệu hội thi"


def _clauses(words: Callable[[str], str]) -> Mapping[str, Clause]:
    """Cite every rule: ``words`` turns a point of guidance 20 into the text that people read."""
    settled = {key: Clause(words(f"điểm {at}")) for key, at in POINTS.items()}
    local = {key: Clause(text, Certainty.LOCAL) for key, text in LOCAL.items()}
    cited = {key: Clause(f"{_THIRTIETH}, mục {at}") for key, at in POINTS_OF_30.items()}
    party = {key: Clause(text) for key, text in OF_THE_PARTY.items()}
    programme = {key: Clause(text) for key, text in OF_THE_PROGRAMME.items()}
    return {**settled, **local, **cited, **party, **programme}


def _clauses_of_xiii() -> Mapping[str, Clause]:
    """Cite the guidance before it, which XIII has not replaced yet, and what differs as known."""
    before = _clauses(lambda point: f"{_TWELFTH}, {point}; khóa XIII chưa có hướng dẫn")
    differing = dict.fromkeys(("age", "card", "deferral"), Clause(_THIRTEENTH))
    known = {**before, **differing}
    return {key: replace(clause, certainty=Certainty.LOCAL) for key, clause in known.items()}


@dataclass(frozen=True, slots=True)
class LocalRules:
    """What the texts leave open, as the place that runs the program has set it."""

    statute_xiii_from: date | None = None
    card_issuer_xiii: Seat = Seat.GRASSROOTS
    membership_from: str = "signing"
    quorum: Fraction = Fraction(2, 3)
    age_limit_birthday: int = 31
    review_days: int = 7
    idle_months: int = 12
    count_away_members: bool = False
    merged_places: str = "together"
    excellent_ceiling: Fraction | None = None
    grade_majority: Fraction = Fraction(1, 2)
    branch_good_shares: tuple[Fraction, Fraction, Fraction] = (
        Fraction(4, 5),
        Fraction(3, 5),
        Fraction(1, 2),
    )
    exemplary_grade_year: str = "this_or_previous"
    opinion_majority: Fraction = Fraction(1, 2)
    resolution_majority: Fraction = Fraction(1, 2)
    programme_least: int = 2
    programme_shares: tuple[Fraction, Fraction] = (Fraction(1), Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules a dossier is opened under and keeps to its end."""

    name: str
    from_on: date
    clauses: Mapping[str, Clause] = field(repr=False)
    min_birthday: int = 15
    days_after_min_birthday: int = 1
    local: LocalRules = field(default_factory=LocalRules)
    majority: Fraction = Fraction(1, 2)
    introducer_months: int = 3
    expelled_years: int = 1
    ceremony_months: int = 1
    card_months: int = 1
    return_days: int = 30
    transfer_months: int = 1
    temporary_months: int = 3
    away_months: int = 12
    deferral_months: int = 12
    suspension_months: int = 3
    registration_months: int = 6
    maturity_age: int = 30
    stay_age: int = 35
    missed_months: int = 3
    missed_in_a_row: bool = False
    exemption_months: int = 6
    settled_months: int = 3
    party_age: int = 18
    party_class_years: int = 5
    party_probation_months: int = 12
    exemplary_years: int = 2
    card_issuer: Seat = Seat.SUPERIOR

    @property
    def review_days(self) -> int:
        """Days a desk above the branch may keep a dossier (no text sets them)."""
        return self.local.review_days

    @property
    def statute(self) -> str:
        """The Statute's name as documents write it."""
        return f"Điều lệ Đoàn khóa {self.name}"

    def clause(self, key: str) -> Clause:
        """Return the source of a rule; unknown keys are mistakes of ours and raise KeyError."""
        return self.clauses[key]

    def earliest_vote(self, born: date) -> date:
        """Return the first day on which a person is old enough (HD20 §1.1a: 15 years + 1 day)."""
        first = anniversary(born, self.min_birthday)
        return date.fromordinal(first.toordinal() + self.days_after_min_birthday)

    def latest_vote(self, born: date) -> date:
        """Return the last day on which a person is not too old (a local setting)."""
        limit = anniversary(born, self.local.age_limit_birthday)
        return date.fromordinal(limit.toordinal() - 1)


_SOURCED = (
    RuleSet(
        "X",
        date(2012, 12, 12),
        _clauses(lambda point: f"Hướng dẫn 22HD/TWĐTN (2013), như {_TWELFTH} {point}"),
    ),
    RuleSet(
        "XI",
        date(2017, 12, 13),
        _clauses(lambda point: f"Hướng dẫn 16-HD/TWĐTN-BTC (2018), như {_TWELFTH} {point}"),
    ),
    RuleSet("XII", date(2022, 12, 15), _clauses(lambda point: f"{_TWELFTH}, {point}")),
)


class Rulebook:
    """All rule sets, in the order of their dates, with the local settings applied."""

    def __init__(self, local: LocalRules) -> None:
        sets = [replace(each, local=local) for each in _SOURCED]
        if local.statute_xiii_from:
            sets.append(_thirteenth(local, local.statute_xiii_from))
        self._sets = {each.name: each for each in sets}

    def on(self, day: date) -> RuleSet:
        """Return the rule set in force on a day; the oldest serves for all days before it."""
        in_force = [each for each in self._sets.values() if each.from_on <= day]
        return in_force[-1] if in_force else self._sets["X"]

    def named(self, name: str) -> RuleSet:
        """Return the rule set a dossier keeps; falls back to XII where XIII was unset since."""
        return self._sets.get(name) or self._sets["XII"]


def _thirteenth(local: LocalRules, from_on: date) -> RuleSet:
    """Statute XIII (2026) as known second-hand: full 16 years, cards by the grass-roots union."""
    return RuleSet(
        "XIII",
        from_on,
        _clauses_of_xiii(),
        min_birthday=16,
        days_after_min_birthday=0,
        missed_in_a_row=True,
        card_issuer=local.card_issuer_xiii,
        local=local,
    )
