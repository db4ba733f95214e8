"""The sheets of a branch: registering, approving, the look at mid-year, and concluding."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.policies import Right
from app.queries.programme.contents import in_force
from app.queries.programme.sheets import SheetLine, sheet_of
from app.services.people.standings import PeopleRefused
from app.services.programme.registering import register as register_all
from app.services.programme.seats import decidable
from app.services.programme.steps import take_step
from app.services.refusals import Invalid
from app.web.access import asked_by, me, needs, today
from app.web.programme.forms import (
    PickedForm,
    SheetForm,
    chosen_choices,
    conclude_form,
    decision_form,
    one_of,
    register_form,
    review_form,
)
from app.web.programme.places import checked, keeps, mine_to, rule_of_the_result, sentences_of
from app.web.programme.routes import blueprint
from app.web.standings.places import unit_looked_over
from workflows.programme import TRACKED

WRITES_REMARK = ("approved", "reviewed")


Lines = Sequence[SheetLine]


def _sheet(unit: Any, year: int, states: Sequence[str]) -> tuple[Lines, Lines]:  # noqa: ANN401
    """Return all members of a unit, and those whose registration is in one of some states."""
    everyone = sheet_of(unit.id, checked(year), today())
    return everyone, [each for each in everyone if each.state in states]


def _page(name: str, unit: Any, year: int, form: SheetForm, **more: Any) -> str:  # noqa: ANN401
    more = {"sentences": {}, "rule": rule_of_the_result(), **more}
    return render_template(name, unit=unit, year=year, form=form, **more)


def _refused(
    form: SheetForm, everyone: Lines, fresh: Lines, error: Exception
) -> Mapping[int, list[str]]:
    """Say what is wrong, beside each member it is about; a second press sees what is new."""
    if not isinstance(error, PeopleRefused):
        form.form_errors = [_("Danh sách hoặc chương trình vừa thay đổi: xem rồi ghi lại.")]
        return {}
    told, shown = sentences_of(error), {each.person_id for each in fresh}
    form.form_errors = [
        _("Chưa ghi cho ai: xem lý do bên tên từng người."),
        *(
            f"{each.name}: {' '.join(told[each.person_id])}"
            for each in everyone
            if each.person_id in told and each.person_id not in shown
        ),
    ]
    form.show(fresh, again=bool(error.changed))
    return told


def _status(error: Exception) -> int:
    return 422 if isinstance(error, PeopleRefused) and not error.changed else 409


def _done(unit_id: int, year: int, number: int) -> ResponseReturnValue:
    flash(
        ngettext("Đã ghi cho %(num)s đoàn viên.", "Đã ghi cho %(num)s đoàn viên.", number),
        "success",
    )
    return redirect(url_for("programme.show", unit_id=unit_id, year=year), 303)


@blueprint.route("/programmes/<int:unit_id>/<int:year>/register", methods=["GET", "POST"])
@needs(Right.PREPARE)
def register(unit_id: int, year: int) -> ResponseReturnValue:
    """Register the members of a branch on one sheet, until they are approved."""
    unit = unit_looked_over(unit_id)
    mine_to(keeps(unit))
    everyone, lines, edition = _registering(unit, year)
    form = register_form(everyone, lines, edition.contents if edition else [])
    if not (edition and form.writes()):
        page = _page("programme/register.html", unit, year, form, edition=edition)
        return page, 422 if form.errors else 200
    wanted = form.wanted()
    try:
        register_all(unit_id, year, wanted, by=asked_by())
    except (PeopleRefused, Invalid) as error:
        unit = unit_looked_over(unit_id)
        everyone, fresh, edition = _registering(unit, year)
        told = _refused(form, everyone, fresh, error)
        page = _page("programme/register.html", unit, year, form, edition=edition, sentences=told)
        return page, _status(error)
    return _done(unit_id, year, len(wanted))


def _registering(unit: Any, year: int) -> tuple[Lines, Lines, Any]:  # noqa: ANN401
    """Return who can be registered here; who waits on an older edition is seen one by one."""
    edition = in_force(unit, checked(year), today())
    everyone, lines = _sheet(unit, year, ("", "registered", "returned"))
    number = edition.id if edition else 0
    return (
        everyone,
        [
            each
            for each in lines
            if each.registration is None
            or each.state == "returned"
            or each.registration.edition_id == number
        ],
        edition,
    )


@blueprint.route("/programmes/<int:unit_id>/<int:year>/approve", methods=["GET", "POST"])
@needs(Right.PREPARE)
def approve(unit_id: int, year: int) -> ResponseReturnValue:
    """Approve what members registered, or return it with a reason."""

    def answers(form: PickedForm) -> tuple[str, Mapping[str, Any]]:
        name = "send_back" if request.form.get("step") == "send_back" else "approve"
        texts = {number: form.of("text", number) for number in form.picked()}
        return name, {"text": texts if name == "send_back" else dict.fromkeys(texts, "")}

    return _decide(
        "programme/approve.html",
        unit_id,
        year,
        ("registered",),
        make=decision_form,
        answers=answers,
    )


@blueprint.route("/programmes/<int:unit_id>/<int:year>/conclude", methods=["GET", "POST"])
@needs(Right.PREPARE)
def conclude(unit_id: int, year: int) -> ResponseReturnValue:
    """Conclude on members: a mark for each content, and the whole as the rule proposes or not."""

    def answers(form: PickedForm) -> tuple[str, Mapping[str, Any]]:
        picked = set(form.picked())
        people = [line for line in form.everyone if line.person_id in picked]
        return "conclude", {
            "marks": {each.person_id: _marks(form, each) for each in people},
            "result": {each.person_id: _result(form, each) for each in people},
            "reason": {each.person_id: form.of("reason", each.person_id) for each in people},
        }

    def make(everyone: Lines, lines: Lines, mine: set[int]) -> PickedForm:
        ready = {each.person_id for each in lines if each.state == "self_evaluated"}
        return conclude_form(everyone, lines, mine & ready)

    return _decide("programme/conclude.html", unit_id, year, TRACKED, make=make, answers=answers)


def _result(form: PickedForm, line: SheetLine) -> Any:  # noqa: ANN401
    return one_of(form.of("result", line.person_id))


def _marks(form: PickedForm, line: SheetLine) -> dict[int, Any]:
    typed = {
        each.content_id: one_of(form.of(f"mark_{each.content_id}", line.person_id))
        for each in chosen_choices(line)
    }
    return {number: mark for number, mark in typed.items() if mark}


def _decide(
    name: str,
    unit_id: int,
    year: int,
    states: Sequence[str],
    *,
    make: Callable[..., PickedForm],
    answers: Callable[[PickedForm], tuple[str, Mapping[str, Any]]],
) -> ResponseReturnValue:
    """Show a sheet of decisions, or take them; on whom somebody may not decide is not picked."""
    unit = unit_looked_over(unit_id)
    everyone, lines, mine = _deciding(unit, year, states)
    form = make(everyone, lines, mine)
    if not form.decides():
        return _page(name, unit, year, form, mine=mine), 422 if form.errors else 200
    step, what = answers(form)
    said = form.said(form.picked(), **what)
    try:
        number = take_step(unit_id, year, step, said, by=asked_by())
    except (PeopleRefused, Invalid) as error:
        unit = unit_looked_over(unit_id)
        everyone, fresh, mine = _deciding(unit, year, states)
        told = _refused(form, everyone, fresh, error)
        return _page(name, unit, year, form, mine=mine, sentences=told), _status(error)
    return _done(unit_id, year, number)


def _deciding(
    unit: Any,  # noqa: ANN401
    year: int,
    states: Sequence[str],
) -> tuple[Lines, Lines, set[int]]:
    """Return who is decided on, and those of them on whom this person may.

    Raises:
        Forbidden: the sheet is not theirs, and nobody on it is.
    """
    everyone, lines = _sheet(unit, year, states)
    mine = decidable(unit, me(), [each.person_id for each in lines], today())
    mine_to(keeps(unit) or bool(mine))
    shown = lines if keeps(unit) else [each for each in lines if each.person_id in mine]
    return everyone, shown, mine


@blueprint.route("/programmes/<int:unit_id>/<int:year>/review", methods=["GET", "POST"])
@needs(Right.PREPARE)
def review(unit_id: int, year: int) -> ResponseReturnValue:
    """Write a remark on each member at mid-year."""
    unit = unit_looked_over(unit_id)
    mine_to(keeps(unit))
    form = review_form(*_sheet(unit, year, WRITES_REMARK))
    nothing = _("Chưa có gì để ghi: nhận xét ít nhất một đoàn viên.")
    if not form.says(lambda: any(form.texts().values()), nothing):
        return _page("programme/review.html", unit, year, form), 422 if form.errors else 200
    said = form.said(texts := _remarks(form), text=texts)
    try:
        take_step(unit_id, year, "review", said, by=asked_by())
    except (PeopleRefused, Invalid) as error:
        unit = unit_looked_over(unit_id)
        told = _refused(form, *_sheet(unit, year, WRITES_REMARK), error)
        return _page("programme/review.html", unit, year, form, sentences=told), _status(error)
    return _done(unit_id, year, len(said))


def _remarks(form: SheetForm) -> dict[int, str]:
    """Return what was written of those whose remark is new or another one."""
    kept = {
        each.person_id: each.registration.remark for each in form.seen_lines() if each.registration
    }
    return {n: text for n, text in form.texts().items() if n in kept and text != kept[n]}
