"""Group acts: choose, confirm with names and count, decide, and a line for each result."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app import policies
from app.policies import Right
from app.queries.admission.acts import act_head, act_lines, acts_seen
from app.services.admission.acts import KINDS, Plan, act_on_many
from app.services.refusals import NotFound
from app.web.access import asked_by, me, needs, today
from app.web.acts.forms import (
    ActForm,
    CardListForm,
    CeremonyForm,
    SittingForm,
    consecutive,
    number_faults,
)
from app.web.acts.lines import Line, named_lines, unit_among, waiting_lines
from app.web.fields import stripped

blueprint = Blueprint("acts", __name__, url_prefix="/acts")

FORMS: dict[str, type[ActForm]] = {
    "sitting": SittingForm,
    "ceremony": CeremonyForm,
    "card_list": CardListForm,
}
TITLES = {
    "sitting": _l("Phiên xét chuẩn y"),
    "ceremony": _l("Lễ kết nạp"),
    "card_list": _l("Danh sách cấp thẻ"),
}

NONE_DONE = {
    "sitting": _l("Chưa chuẩn y hồ sơ nào. Lý do của từng hồ sơ ở dưới đây."),
    "ceremony": _l("Chưa ghi lễ cho hồ sơ nào. Lý do của từng hồ sơ ở dưới đây."),
    "card_list": _l("Chưa cấp thẻ nào. Lý do của từng hồ sơ ở dưới đây."),
}


@blueprint.get("")
@needs(Right.LOOK)
def listing() -> ResponseReturnValue:
    """List the latest group acts of the units I look over."""
    heads = acts_seen(policies.posts_with(me(), Right.LOOK))
    mine = [kind for kind in FORMS if policies.posts_with(me(), KINDS[kind].right)]
    return render_template("acts/listing.html", heads=heads, kinds=mine, titles=TITLES)


@blueprint.get("/<int:act_id>")
@needs(Right.LOOK)
def show(act_id: int) -> ResponseReturnValue:
    """Show what became of each dossier of an act."""
    head = act_head(act_id)
    if head is None or not policies.may(me(), Right.LOOK, head.unit.id, head.unit.path):
        raise NotFound
    held = policies.posts_with(me(), KINDS[head.act.kind].right)
    return render_template(
        "acts/show.html",
        head=head,
        lines=act_lines(act_id),
        title=TITLES[head.act.kind],
        may_repeat=any(post.unit_id == head.unit.id for post in held),
    )


@blueprint.route("/new/sitting", methods=["GET", "POST"])
@needs(Right.SIT)
def sitting() -> ResponseReturnValue:
    """Approve many at once, each on its own."""
    return _act("sitting")


@blueprint.route("/new/ceremony", methods=["GET", "POST"])
@needs(Right.PREPARE)
def ceremony() -> ResponseReturnValue:
    """Record one ceremony for many."""
    return _act("ceremony")


@blueprint.route("/new/card_list", methods=["GET", "POST"])
@needs(Right.ISSUE_CARDS)
def card_list() -> ResponseReturnValue:
    """Issue cards to many, each with its number."""
    return _act("card_list")


@dataclass(slots=True)
class Draft:
    """A group act before it is done."""

    kind: str
    unit_id: int
    lines: list[Line]
    form: ActForm

    def plan(self) -> Plan:
        """Return what is to be done."""
        form = self.form
        lines = {line.ref: (_version(line.seen), form.answers(line.number)) for line in self.lines}
        held_on = form.held_on.day or today()
        return Plan(
            self.kind, self.unit_id, held_on, lines, form.place.data or "", form.note.data or ""
        )

    def is_valid(self) -> bool:
        """Check the form and, for cards, the number of every line."""
        faults = [""] * len(self.lines)
        if self.kind == "card_list":
            faults = number_faults([line.number for line in self.lines])
        for line, fault in zip(self.lines, faults, strict=True):
            line.fault = fault
        return bool(self.form.validate_on_submit()) and not any(faults)


def _act(kind: str) -> ResponseReturnValue:
    refs = list(dict.fromkeys(request.values.getlist("ref")))
    if not refs:
        return _choose(kind)
    draft = _draft(kind, refs)
    if request.method == "GET":
        return _confirm(draft, _numbered(draft))
    if not draft.is_valid():
        return _confirm(draft), 422
    act_id = act_on_many(draft.plan(), by=asked_by(draft.form.request_key.data))
    _say_what_became_of_it(kind, act_id)
    return redirect(url_for(".show", act_id=act_id), 303)


def _say_what_became_of_it(kind: str, act_id: int) -> None:
    head: Any = act_head(act_id)
    if head.done:
        flash(_("Đã ghi. Kết quả của từng hồ sơ ở dưới đây."), "receipt")
    else:
        flash(NONE_DONE[kind], "warning")


def _choose(kind: str) -> ResponseReturnValue:
    """List what waits at my unit; a form without a choice comes back here."""
    unit_id = _unit(kind, [])
    shown = {"kind": kind, "title": TITLES[kind], "step": KINDS[kind].step}
    status = 422 if request.method == "POST" else 200
    lines = waiting_lines(kind, unit_id)
    return render_template(
        "acts/choose.html", **shown, lines=lines, unit_id=unit_id, units=_units(kind)
    ), status


def _units(kind: str) -> dict[int, str]:
    held = policies.posts_with(me(), KINDS[kind].right)
    return {each.unit_id: each.unit_name for each in held}


def _unit(kind: str, files: list[Any]) -> int:
    asked = request.values.get("unit_id", "")
    held = policies.posts_with(me(), KINDS[kind].right)
    named = next((each.unit_id for each in held if str(each.unit_id) == asked), None)
    return named or unit_among(held, KINDS[kind].step, files)


def _draft(kind: str, refs: list[str]) -> Draft:
    """Draw up the act; versions and numbers that were sent count, not those of now."""
    unit_id = 0

    def unit_of(files: list[Any]) -> int:
        nonlocal unit_id
        unit_id = _unit(kind, files)
        return unit_id

    lines = named_lines(kind, refs, unit_of)
    if request.method == "POST":
        for line in lines:
            line.seen = request.form.get(f"seen_{line.ref}", "")
            line.number = stripped(request.form.get(f"number_{line.ref}"))
    return Draft(kind, unit_id, lines, FORMS[kind](data={"held_on": today()}))


def _version(seen: str) -> int:
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1  # noqa: PLR2004


def _numbered(draft: Draft) -> str:
    """Propose numbers from the first one given; return what is wrong with that one."""
    first = stripped(request.args.get("first"))
    if not first:
        return ""
    clean = [line for line in draft.lines if line.is_clean]
    try:
        numbers = consecutive(first, len(clean))
    except ValueError:
        return str(_("Số đầu phải kết thúc bằng chữ số, ví dụ 000123."))
    for line, number in zip(clean, numbers, strict=True):
        line.number = number
    return ""


def _confirm(draft: Draft, first_fault: str = "") -> str:
    reasons = [
        Markup('<a href="#number_{}">{}: {}</a>').format(line.ref, name, line.fault)
        for line in draft.lines
        if line.fault
        for name in [line.file.dossier.person_name]
    ]
    return render_template(
        "acts/confirm.html",
        draft=draft,
        form=draft.form,
        title=TITLES[draft.kind],
        step=KINDS[draft.kind].step,
        clean=[line for line in draft.lines if line.is_clean],
        left_out=[line for line in draft.lines if not line.is_clean],
        reasons=reasons,
        first=request.args.get("first", ""),
        first_fault=first_fault,
    )
