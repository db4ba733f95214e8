"""The pages of exemplary members: roadmaps and figures, choosing, handing the list over."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.recommendation import lists, roadmap
from app.queries.recommendation.files import late_comments
from app.services.recommendation.readings import note_readings
from app.services.refusals import NotFound
from app.web.access import asked_by, me, needs, today
from app.web.fields import as_number
from app.web.filters import word
from app.web.recommendation import choosing, handing
from workflows.roadmap import STATIONS

blueprint = Blueprint("recommendations", __name__, url_prefix="/recommendations")
NAMES = (*(each.name for each in STATIONS), "ended")


def opening() -> ResponseReturnValue:
    """Answer /dossiers/new/recommendation: whom the title is given has a dossier."""
    return redirect(url_for("recommendations.choose"), 303)


@blueprint.get("")
@needs(Right.SEE_RECOMMENDATIONS)
def listing() -> ResponseReturnValue:
    """Show the roadmap of each exemplary member I may know of, and how many stand where."""
    posts = policies.posts_with(me(), Right.SEE_RECOMMENDATIONS)
    year = as_number(request.args.get("year"))
    counts = roadmap.standing_counts(posts, year)
    found = roadmap.roadmaps(posts, year, _after(request.args))
    shown = found[: roadmap.PAGE]
    last = shown[-1].place if len(found) > roadmap.PAGE else None
    return render_template(
        "recommendation/listing.html",
        lines=shown,
        late=late_comments([way.ref for way in shown], today()),
        more=f"{last[1]}~{last[0]}" if last else None,
        year=year,
        years=roadmap.title_years(posts),
        stations=NAMES,
        counts=counts,
        bars=_bars(counts),
        lists=lists.lists_seen(posts),
    )


def _bars(counts: Mapping[str, Counter[str]]) -> list[tuple[str, list[int]]]:
    total = sum(counts.values(), Counter())
    return [(word(name, "station"), [total[name]]) for name in NAMES]


def _after(args: Mapping[str, str]) -> tuple[str, int] | None:
    """Read the last line seen from the address; what cannot be read means the first page."""
    number, _tilde, key = args.get("after", "").partition("~")
    seen = as_number(number)
    return (key.replace("\x00", ""), seen) if seen else None


@blueprint.route("/choose", methods=["GET", "POST"])
@needs(Right.SIT)
def choose() -> ResponseReturnValue:
    """Choose the exemplary members of a year."""
    return choosing.choose_page()


@blueprint.route("/hand-over", methods=["GET", "POST"])
@needs(Right.SIT)
def hand_over() -> ResponseReturnValue:
    """Hand the list over to the Party committee."""
    return handing.hand_over_page()


@blueprint.get("/lists/<int:list_id>")
@needs(Right.SEE_RECOMMENDATIONS)
def show_list(list_id: int) -> ResponseReturnValue:
    """Show a list as form 3.1 has it, with who was left out and why; it is a reading of each."""
    head = lists.list_head(list_id)
    posts = policies.posts_with(me(), Right.SEE_RECOMMENDATIONS)
    if head is None or not any(each.reaches(head.unit.path) for each in posts):
        raise NotFound
    note_readings(lists.dossiers_on(list_id, posts), asked_by())
    return render_template(
        "recommendation/list.html",
        head=head,
        lines=lists.lines_of(list_id, posts),
        problems=problem_sentences(),
    )


def problem_sentences() -> dict[str, Any]:
    """Say why somebody was left out."""
    return {
        **choosing.bar_sentences(),
        "stale": _("Hồ sơ vừa có thay đổi: xem lại rồi làm tiếp."),
        "no_such_step": _("Hồ sơ không còn ở bước chờ trao danh sách."),
        "forbidden": word("about_yourself", "bar"),
        "refused": "",
    }
