"""The seasons of the contest: the list, and the page of one that leads to everything in it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import policies
from app.policies import Right
from app.queries.contest.seasons import rounds_of, rules_of, season_seen, seasons_of
from app.services.refusals import NotFound
from app.web.access import me, signed_in

blueprint = Blueprint("contests", __name__, url_prefix="/contests")


@blueprint.get("")
@signed_in
def listing() -> ResponseReturnValue:
    """List the seasons of my district."""
    posts = policies.posts_with(me(), Right.RUN_CONTEST)
    runs = any(each.unit_id == each.district_id for each in posts)
    return render_template("contest/listing.html", seasons=seasons_of(me().posts), may_open=runs)


@blueprint.get("/<int:year>")
@signed_in
def show(year: int) -> ResponseReturnValue:
    """Show a season: where it stands, its days, its rounds, what can be done now."""
    season = season_seen(me().posts, year)
    if season is None:
        raise NotFound
    rules, rounds = rules_of(season), rounds_of(season.id)
    return render_template("contest/show.html", season=season, rules=rules, rounds=rounds)
