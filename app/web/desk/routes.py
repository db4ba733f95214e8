"""The first page after signing in, and the queues: what waits, what is late, what came back."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import policies
from app.policies import Right
from app.queries import queues
from app.queries.drafts import drafts_of
from app.web.access import me, my_counts, needs, signed_in, today
from app.web.desk.forms import QueueForm
from app.web.desk.paging import after_line, next_place

blueprint = Blueprint("desk", __name__)


@blueprint.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """Answer the first question: what waits for me, what is late, what came back."""
    counts = sorted(my_counts(), key=lambda count: -count.waiting)
    oldest = queues.waiting_for(me(), queues.QueueFilter())[:5]
    drafts = drafts_of(me().account_id)
    return render_template("desk/show.html", counts=counts, lines=oldest, drafts=drafts)


@blueprint.get("/queue")
@signed_in
def queue() -> ResponseReturnValue:
    """List what waits for me, oldest first, filtered as asked."""
    form = QueueForm(request.args)
    lines = queues.waiting_for(me(), form.asked(today()), after_line(request.args))
    shown = lines[: queues.PAGE]
    more = next_place(shown[-1]) if len(lines) > queues.PAGE else None
    return render_template("desk/queue.html", form=form, lines=shown, more=more)


@blueprint.get("/overview")
@needs(Right.LOOK)
def overview() -> ResponseReturnValue:
    """List every open dossier of the units I look over, without acting on them."""
    form = QueueForm(request.args)
    posts = policies.posts_with(me(), Right.LOOK)
    lines = queues.looked_over(posts, form.asked(today()), after_line(request.args))
    shown = lines[: queues.PAGE]
    more = next_place(shown[-1]) if len(lines) > queues.PAGE else None
    return render_template("desk/overview.html", form=form, lines=shown, more=more)
