"""Saving a form unfinished and going on with it later (statement 19)."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.queries.drafts import draft_at
from app.services.drafts import drop_draft, keep_draft
from app.web.access import me, now
from app.web.filters import moment

Form = TypeVar("Form")
NOT_KEPT = {"csrf_token", "later", "next"}


def wants_later() -> bool:
    """Whether the person pressed "save and finish later"."""
    return request.method == "POST" and "later" in request.form


def put_aside(title: str, *, place: str = "", **more: list[str]) -> ResponseReturnValue:
    """Keep what was typed under the address of the form and lead to the first page.

    ``place`` is that address where the path alone does not say which form it is.
    """
    fields = {name: request.form.getlist(name) for name in request.form if name not in NOT_KEPT}
    fields |= {"draft": ["1"], **more}
    keep_draft(me().account_id, place or request.path, title, fields, now=now())
    flash(_("Đã lưu để làm tiếp. Bản đang làm nằm ở bàn làm việc."), "success")
    return redirect(url_for("desk.show"), 303)


def resumed(make: Callable[..., Form], *, place: str = "", **kwargs: Any) -> Form:  # noqa: ANN401
    """Make a form from what was left unfinished here, else from what is on file."""
    draft = _left_here(place)
    if draft is None:
        return make(**kwargs)
    flash(_("Đang làm tiếp bản lưu lúc %(time)s.", time=moment(draft.saved_at)), "info")
    return make(formdata=MultiDict(draft.fields), **kwargs)


def _left_here(place: str = "") -> Any:  # noqa: ANN401
    if request.method != "GET":
        return None
    return draft_at(me().account_id, place or request.path)


def typed() -> MultiDict[str, str]:
    """Return what was typed into this form: just now, or when it was left unfinished."""
    draft = _left_here()
    return MultiDict(draft.fields) if draft else request.form.copy()


def finished(*, place: str = "") -> None:
    """Forget the draft of a form that was handed in."""
    drop_draft(me().account_id, place or request.path)
