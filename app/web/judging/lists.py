"""What a judge has to do: the own sheets, how many are final, and the next one."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.queries.contest.seasons import round_rules
from app.queries.judging.panels import reminded_on, rounds_chaired
from app.queries.judging.sheets import PartSheets, sheets_of
from app.web.access import me, now, signed_in
from workflows.contest.hours import takes_scores

blueprint = Blueprint("judging", __name__, url_prefix="/contests/<int:year>")


@blueprint.get("/judging")
@signed_in
def mine(year: int) -> ResponseReturnValue:
    """List my sheets of a year by round and part, and only mine (statement 32)."""
    lists = sheets_of(me().account_id, year)
    return render_template(
        "judging/mine.html",
        year=year,
        lists=lists,
        hours_of={each.file.round.id: each.file.hour(now()) for each in lists},
        next=next_of(lists),
        reminded=reminded_on(me().account_id, year),
        chaired=[(each, round_rules(each)) for each in rounds_chaired(me().account_id, year)],
    )


def next_of(lists: list[PartSheets]) -> int | None:
    """Return the first sheet that is still to be made final in a round that takes scores."""
    open_ = (each for each in lists if takes_scores(each.file.hour(now()), let_in=False))
    return next((each.next.id for each in open_ if each.next), None)
