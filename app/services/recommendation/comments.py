"""What branch and union say of a prospect every quarter, and of a Party member in probation."""

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.models import ProbationOpinion, QuarterComment
from app.queries.recommendation.files import RecommendationFile
from app.services.events import By
from app.services.people.member_book import HIDDEN
from app.services.refusals import Invalid
from workflows.calendar import local_day
from workflows.quarters import Quarter, quarters_between
from workflows.recommendation_facts import Part, Side

SIDES = {
    Part.BRANCH_QUARTER: Side.BRANCH,
    Part.UNION_QUARTER: Side.UNION,
    Part.BRANCH_PROBATION: Side.BRANCH,
    Part.UNION_PROBATION: Side.UNION,
}
OF_A_QUARTER = frozenset({Part.BRANCH_QUARTER, Part.UNION_QUARTER})
NUMBERS = ("held_on", "asked", "in_favour", "against")
WORDS = ("strengths", "weaknesses", "against_reason")


def write_comment(
    file: RecommendationFile, part: Part, values: Mapping[str, Any], by: By
) -> dict[str, Any]:
    """Write a comment within a running transaction; return what the event keeps of it.

    Raises:
        Invalid: the quarter has its comment, or is none to comment on; the numbers do not fit, the
            day is before the probation, or nobody says why some are against.
    """
    if part in OF_A_QUARTER:
        return _on_a_quarter(file, SIDES[part], values, by)
    return _on_probation(file, SIDES[part], values)


def open_quarters(file: RecommendationFile, side: Side, today: Any) -> list[Quarter]:  # noqa: ANN401
    """List the quarters on which a side may still comment, the oldest first."""
    since = file.recommendation.prospect_on
    written = {Quarter(each.year, each.number) for each in file.quarters if each.side is side}
    due = quarters_between(since, today) if since else []
    return [each for each in due if each not in written]


def _on_a_quarter(
    file: RecommendationFile, side: Side, values: Mapping[str, Any], by: By
) -> dict[str, Any]:
    """One comment a quarter and side: what is written stays."""
    quarter = values["quarter"]
    if quarter not in open_quarters(file, side, local_day(by.now)):
        raise Invalid("quarter", "quarter_closed")
    comment = QuarterComment(
        dossier_id=file.dossier.id,
        side=side,
        year=quarter.year,
        number=quarter.number,
        comment=values["comment"],
        written_at=by.now,
        written_by_id=by.actor.account_id if by.actor else None,
    )
    db.session.add(comment)
    return {"comment": [None, HIDDEN], "quarter": [None, f"{quarter.number}/{quarter.year}"]}


def _on_probation(
    file: RecommendationFile, side: Side, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The numbers asked, for and against, until the probation ends (form 3.4)."""
    _check_probation(file, values)
    opinion = file.opinions.get(side)
    before = {name: getattr(opinion, name) for name in NUMBERS} if opinion else {}
    if opinion is None:
        opinion = ProbationOpinion(dossier_id=file.dossier.id, side=side)
        db.session.add(opinion)
    for name in (*NUMBERS, *WORDS):
        setattr(opinion, name, values[name])
    changed = [name for name in NUMBERS if before.get(name) != values[name]]
    return {name: [_told(before.get(name)), _told(values[name])] for name in changed} or {
        "strengths": [HIDDEN, HIDDEN]
    }


def _check_probation(file: RecommendationFile, values: Mapping[str, Any]) -> None:
    begun = file.recommendation.admitted_on
    if begun and values["held_on"] < begun:
        raise Invalid("held_on", "before_probation", first=begun)
    if values["in_favour"] + values["against"] > values["asked"] or values["asked"] < 1:
        raise Invalid("asked", "numbers_disagree")
    if values["against"] and not values["against_reason"]:
        raise Invalid("against_reason", "reason_missing")


def _told(value: Any) -> Any:  # noqa: ANN401
    return value.isoformat() if hasattr(value, "isoformat") else value
