"""The season that an address names, for whom it exists, and who runs it."""

from typing import Any

from app import policies
from app.policies import Right
from app.queries.contest.seasons import season_seen
from app.services.refusals import Forbidden, NotFound
from app.web.access import me, today
from workflows.contest.season import SeasonState
from workflows.contest.timeline import founding_day

IN_THE_MAKING = {SeasonState.DRAFT, SeasonState.REHEARSAL}


def usual_year() -> int:
    """Return the year that a contest of these days is held for: it ends on 26 March."""
    day = today()
    return int(day.year + (day > founding_day(day.year)))


def runs(season: Any) -> bool:  # noqa: ANN401
    """Whether I run a season, as one who works for its district."""
    posts = policies.posts_with(me(), Right.RUN_CONTEST)
    return any(each.unit_id == season.district_id for each in posts)


def exists_for_me(season: Any) -> bool:  # noqa: ANN401
    """Whether I may know of a season: until the call opens, only who runs it does."""
    return season.state not in IN_THE_MAKING or runs(season)


def season_at(year: int) -> Any:  # noqa: ANN401
    """Return the season of a year in my district.

    Raises:
        NotFound: there is none that I may know of.
    """
    season = season_seen(me().posts, year)
    if season is None or not exists_for_me(season):
        raise NotFound
    return season


def season_run_by_me(year: int) -> Any:  # noqa: ANN401
    """Return the season of a year that I run.

    Raises:
        NotFound: there is none that I may know of.
        Forbidden: others run it.
    """
    season = season_at(year)
    if not runs(season):
        raise Forbidden("not_your_desk")
    return season
