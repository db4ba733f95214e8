"""The first page after signing in, and the queues: what waits, what is late, what came back."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import policies
from app.policies import Right
from app.queries import queues
from app.queries.drafts import drafts_of
from app.web.access import me, my_counts, needs, signed_in, today
from app.web.desk.forms import QueueForm
from app.web.desk.paging import after_line, next_place
from workflows.calendar import local_day

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
    drafts = drafts_of(me().account_id)
    return render_template(
        "desk/show.html", counts=counts, lines=oldest, drafts=drafts, days=days_waited
    )


@blueprint.get("/queue")
@signed_in
def queue() -> ResponseReturnValue:
    """List what waits for me, oldest first, filtered as asked; several may be acted on at once."""
    form = QueueForm(request.args, me().posts, today())
    lines = queues.waiting_for(me(), form.asked(), after_line(request.args))
    acts = {line.state: GROUP_ACTS[line.state] for line in lines if line.state in GROUP_ACTS}
    return render_template("desk/queue.html", form=form, acts=acts, **_page(lines))


@blueprint.get("/overview")
@needs(Right.LOOK)
def overview() -> ResponseReturnValue:
    """List every open dossier of the units I look over, without acting on them."""
    posts = policies.posts_with(me(), Right.LOOK)
    form = QueueForm(request.args, posts, today())
    lines = queues.looked_over(posts, form.asked(), after_line(request.args))
    return render_template("desk/overview.html", form=form, **_page(lines))


def _page(lines: Sequence[queues.QueueLine]) -> dict[str, Any]:
    shown = lines[: queues.PAGE]
    more = next_place(shown[-1]) if len(lines) > queues.PAGE else None
    return {"lines": shown, "more": more, "days": days_waited}


def days_waited(line: queues.QueueLine) -> int:
    """Return the whole days since a dossier came to its desk."""
    return line.waiting_days(today(), local_day(line.entered_desk_at))
