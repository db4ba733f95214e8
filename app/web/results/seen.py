"""What others see of a result: everybody the awards, a contestant their own, the hall its board."""

from datetime import date
from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from app.queries.contest.seasons import season_seen
from app.queries.judging.rounds import RoundFile, round_file
from app.queries.results.publications import (
    comments_for,
    entries_of,
    last_publication,
    latest_of,
    publications_of,
    released_on_board,
)
from app.queries.results.rankings import RankedRound, ranked
from app.services.refusals import NotFound
from app.web.access import me, public, signed_in, today
from app.web.results.ranking import blueprint
from workflows.calendar import anniversary
from workflows.contest.season import SeasonState

REFRESH = 15  # seconds between two looks of the board
# Under this age a public page shows no full name (domain §9).
CHILD = 16
SHOWING = {SeasonState.ROUNDS, SeasonState.DELIBERATION, SeasonState.PUBLISHED}


@blueprint.get("/result")
@public
def result(year: int) -> ResponseReturnValue:
    """Show everybody the awards of a year: names, units and awards, nothing else."""
    found = latest_of(year)
    if not found:
        raise NotFound
    versions = {each.season.id: publications_of(each.season.id) for each in found}
    return render_template(
        "results/public.html", year=year, found=found, versions=versions, shown=public_name
    )


def public_name(line: dict[str, Any]) -> str:
    """Return a name as everybody may read it: of a child, the given name alone."""
    born = date.fromisoformat(line["born"])
    name: str = line["name"]
    return name.rsplit(maxsplit=1)[-1] if today() < anniversary(born, CHILD) else name


@blueprint.get("/mine")
@signed_in
def mine(year: int) -> ResponseReturnValue:
    """Show a contestant the own place, points and released comments, once published."""
    season = season_seen(me().posts, year)
    entries = entries_of(season.id, me().person_id) if season else []
    if season is None or not entries:
        raise NotFound
    published = last_publication(season.id)
    return render_template(
        "results/mine.html",
        season=season,
        published=published,
        places=_own(published.content, set(entries)) if published else [],
        awards=_awards(published.content, set(entries)) if published else [],
        comments=comments_for(entries) if published else [],
        titles=_titles(season),
    )


def _own(content: dict[str, Any], entries: set[int]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (held["title"], place)
        for held in content["rounds"]
        for place in held["places"]
        if place["dossier"] in entries
    ]


def _awards(content: dict[str, Any], entries: set[int]) -> list[str]:
    return [each["award"] for each in content["awards"] if each["dossier"] in entries]


def _titles(season: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the titles of rounds and parts by their codes."""
    rounds = season.rules["rounds"]
    parts = {part["code"]: part["title"] for each in rounds for part in each["parts"]}
    return {**parts, **{each["code"]: each["title"] for each in rounds}}


@blueprint.get("/rounds/<int:round_id>/board")
@public
def board(year: int, round_id: int) -> ResponseReturnValue:
    """Show the hall what was released of a round, and look again by itself."""
    file = round_file(round_id, year)
    if file is None or file.season.state not in SHOWING:
        raise NotFound
    released = released_on_board(round_id)
    held = ranked(file) if released else None
    page = render_template(
        "results/board.html",
        file=file,
        parts=_parts(file, held, released),
        places=held.lines if held and "" in released else [],
    )
    answer = make_response(page)
    answer.headers["Refresh"] = str(REFRESH)
    return answer


def _parts(file: RoundFile, held: RankedRound | None, released: set[str]) -> list[Any]:
    """Return each released part with what its contestants earned, the most first."""
    found = []
    for part in file.rules.parts if held else ():
        if part.code in released and held:
            lines = [(_points(place, part.code), who) for place, who in held.lines]
            found.append((part.title, sorted(lines, key=lambda each: (-each[0], each[1].code))))
    return found


def _points(place: Any, code: str) -> Any:  # noqa: ANN401
    return next((line.combined or 0 for line in place.parts if line.code == code), 0)
