"""The season as a line: the call, the rounds and the publication, counted back from that day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from app.services.contest.round_layout import planned_days
from app.web.access import now
from workflows.calendar import TIME_ZONE
from workflows.contest.rules import ContestRules
from workflows.contest.timeline import Stretch, days_before, is_over

WIDTH = 320


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch on the line: its words, its days, its place in the picture, whether it is now."""

    label: str
    begins: datetime
    ends: datetime
    days_left: int
    x: float
    width: float
    is_now: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class Line:
    """All stretches of a season, and where today stands if the picture reaches it."""

    bars: Sequence[Bar]
    today_x: float | None
    days_left: int


def line_of(season: Any, rules: ContestRules, rounds: Sequence[Any]) -> Line:  # noqa: ANN401
    """Draw a season; a round that units moved spans them all."""
    named = list(_stretches(season, rules, rounds))
    end = datetime.combine(season.publish_on, datetime.min.time(), TIME_ZONE) + timedelta(days=1)
    first = min((each.begins for _name, each in named), default=end - timedelta(days=1))
    scale = WIDTH / max((end - first).total_seconds(), 1)

    def place(moment: datetime) -> float:
        return round(max(0.0, min((moment - first).total_seconds() * scale, WIDTH)), 1)

    bars = [_bar(name, each, season, place) for name, each in named]
    today_x = place(now()) if first <= now() <= end else None
    return Line(bars, today_x, days_before(now(), season.publish_on))


def _bar(name: str, each: Stretch, season: Any, place: Any) -> Bar:  # noqa: ANN401
    x, past = place(each.begins), is_over(each.ends, now())
    return Bar(
        name,
        each.begins,
        each.ends,
        days_before(each.ends, season.publish_on),
        x,
        max(place(each.ends) - x, 2.0),
        is_now=each.begins <= now() and not past,
        is_past=past,
    )


def _stretches(
    season: Any,  # noqa: ANN401
    rules: ContestRules,
    rounds: Sequence[Any],
) -> Iterator[tuple[str, Stretch]]:
    if season.call_from and season.call_until:
        yield _("Nhận đăng ký"), Stretch(season.call_from, season.call_until)
    planned, spans = planned_days(season), _spans(rounds)
    for each in rules.rounds:
        yield each.title, spans.get(each.code) or planned[each.code]


def _spans(rounds: Sequence[Any]) -> Mapping[str, Stretch]:
    found: dict[str, Stretch] = {}
    for each in rounds:
        if each.opens_at and each.closes_at:
            before = found.get(each.code, Stretch(each.opens_at, each.closes_at))
            begins, ends = min(before.begins, each.opens_at), max(before.ends, each.closes_at)
            found[each.code] = Stretch(begins, ends)
    return found
