"""The first page after signing in, and the queues: what waits, what is late, what came back."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.actors import HeldPost
from app.policies import Right
from app.queries import queues
from app.queries.classification.overview import count_waiting_at
from app.queries.drafts import drafts_of
from app.queries.exports import dossiers_open, dossiers_waiting
from app.queries.offices import vacant_desks
from app.queries.people.holdings import losses_waiting
from app.services.areas import REFERENCE, area_of
from app.services.dossiers import files_for
from app.services.drafts import drop_draft
from app.web.access import me, my_counts, needs, signed_in, today
from app.web.desk.forms import QueueForm
from app.web.desk.paging import after_line, next_place
from app.web.exports import dossier_export
from workflows.calendar import local_day
from workflows.levels import Seat

blueprint = Blueprint("desk", __name__)
OLDEST = 5
# The group act that does the work of a state for many dossiers at once.
GROUP_ACTS = {"commune_review": "sitting", "ceremony": "ceremony", "card_issue": "card_list"}


@blueprint.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """Answer the first question: what waits for me, what is late, what came back."""
    counts = sorted(my_counts(), key=lambda count: -count.waiting)
    oldest = queues.waiting_for(me(), queues.QueueFilter())[:OLDEST]
    drafts = [each for each in drafts_of(me().account_id) if _may_go_on(each.place)]
    return render_template(
        "desk/show.html",
        counts=counts,
        lines=oldest,
        drafts=drafts,
        days=days_waited,
        behalf=_behalf(),
        losses=_losses(),
        gradings=_gradings(),
        vacant=vacant_desks(_over_units(), today()),
    )


def _gradings() -> int:
    """Count the sheets of the yearly classification and the ratings that I confirm or return."""
    posts = policies.posts_with(me(), Right.CONFIRM_GRADES)
    return count_waiting_at(posts) if posts else 0


def _losses() -> list[tuple[int, str, int]]:
    """Count, by unit of mine, the lost books and cards that wait for its decision."""
    unions = {each.unit_id: each for each in policies.posts_with(me(), Right.SIT)}
    issuers = policies.posts_with(me(), Right.ISSUE_CARDS)
    above = {each.unit_id: each for each in issuers if each.unit_id == each.district_id}
    seated = [(each, Seat.GRASSROOTS) for each in unions.values()]
    seated += [(each, Seat.SUPERIOR) for each in above.values()]
    counted = [(each, losses_waiting(each, seat, today())) for each, seat in seated]
    return [(each.unit_id, each.unit_name, number) for each, number in counted if number]


def _may_go_on(place: str) -> bool:
    """Whether I may still know of what I left unfinished, where it is confidential."""
    named = REFERENCE.search(place)
    area = area_of(named[0]) if named else None
    if named is None or area is None or policies.sight_of(area.workflow.name) is Right.LOOK:
        return True
    return bool(files_for([named[0]], me(), lock=False))


def _over_units() -> list[HeldPost]:
    return [*policies.posts_with(me(), Right.LOOK), *policies.posts_with(me(), Right.INVITE)]


def _behalf() -> dict[int, str]:
    """Return at which desks I stand in, and for whom."""
    return {each.unit_id: each.on_behalf_of for each in me().posts if each.on_behalf_of}


@blueprint.post("/drafts/discard")
@signed_in
def discard() -> ResponseReturnValue:
    """Throw away one of my own drafts, also of a form that has closed since."""
    drop_draft(me().account_id, request.form.get("place", ""))
    flash(_("Đã bỏ bản làm dở."), "success")
    return redirect(url_for(".show"), 303)


@blueprint.get("/queue")
@signed_in
def queue() -> ResponseReturnValue:
    """List what waits for me, oldest first, filtered as asked; several may be acted on at once."""
    form = QueueForm(request.args, me().posts, today())
    lines = queues.waiting_for(me(), form.asked(), after_line(request.args))
    acts = {line.state: GROUP_ACTS[line.state] for line in lines if line.state in GROUP_ACTS}
    shown = {"behalf": _behalf(), **_page(lines)}
    return render_template("desk/queue.html", form=form, acts=acts, **shown)


@blueprint.get("/overview")
@needs(Right.LOOK)
def overview() -> ResponseReturnValue:
    """List every open dossier of the units I look over, without acting on them."""
    posts = policies.posts_with(me(), Right.LOOK)
    form = QueueForm(request.args, posts, today())
    lines = queues.looked_over(posts, form.asked(), after_line(request.args))
    return render_template("desk/overview.html", form=form, **_page(lines))


@blueprint.get("/queue/export")
@signed_in
def queue_export() -> ResponseReturnValue:
    """Give what waits for me as a file, as it is filtered."""
    form = QueueForm(request.args, me().posts, today())
    return dossier_export("dang-cho", _("Đang chờ tôi"), dossiers_waiting(me(), form.asked()))


@blueprint.get("/overview/export")
@needs(Right.LOOK)
def overview_export() -> ResponseReturnValue:
    """Give the open dossiers of the units I look over as a file, as they are filtered."""
    posts = policies.posts_with(me(), Right.LOOK)
    form = QueueForm(request.args, posts, today())
    return dossier_export("theo-doi", _("Theo dõi"), dossiers_open(posts, form.asked()))


def _page(lines: Sequence[queues.QueueLine]) -> dict[str, Any]:
    shown = lines[: queues.PAGE]
    more = next_place(shown[-1]) if len(lines) > queues.PAGE else None
    return {"lines": shown, "more": more, "days": days_waited}


def days_waited(line: queues.QueueLine) -> int:
    """Return the whole days since a dossier came to its desk."""
    return line.waiting_days(today(), local_day(line.entered_desk_at))
