"""Lists of a unit: who is away and late, guests at the residence, and the maturity of a year."""

from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import policies
from app.policies import Right
from app.queries.people.standings import (
    Grown,
    grown_in,
    guests_from,
    guests_in,
    office_holders,
    register_of,
)
from app.queries.rules import rulebook
from app.services.people.standings import Ceremony, PeopleRefused, hold_ceremony
from app.services.refusals import Invalid
from app.web.access import asked_by, me, needs, today
from app.web.fields import as_number
from app.web.standings.exit_forms import MaturityForm
from app.web.standings.places import check_mine, clause_of, unit_looked_over, why
from app.web.standings.routes import blueprint

OLDEST_YEAR, YEARS_AHEAD = 2000, 5


@blueprint.get("/units/<int:unit_id>/away")
@needs(Right.LOOK)
def away(unit_id: int) -> ResponseReturnValue:
    """Show the register of a unit: who is away, deferred, out; guests sent and received."""
    unit = unit_looked_over(unit_id)
    return render_template(
        "standings/away.html",
        unit=unit,
        lines=register_of(unit.path, today()),
        sent=guests_from(unit.path),
        received=guests_in(unit.path),
        shows_address=policies.may(me(), Right.SEE_SENSITIVE, unit.id, unit.path),
        away_months=rulebook().on(today()).away_months,
        clause=clause_of("away"),
    )


@dataclass(slots=True)
class Candidate:
    """One line of the yearly list: the member, whether chosen, and why they cannot be."""

    line: Grown
    holds_office: bool
    is_chosen: bool
    is_mine: bool
    reasons: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        """Name the member and the version that was seen."""
        return f"{self.line.person_id}.{self.line.version}"


@blueprint.route("/units/<int:unit_id>/maturity", methods=["GET", "POST"])
@needs(Right.LOOK)
def maturity(unit_id: int) -> ResponseReturnValue:
    """Show who is over thirty in a year; the branch records one ceremony for those chosen."""
    unit, form = unit_looked_over(unit_id), MaturityForm()
    if form.is_submitted():
        check_mine(unit)
    if form.validate_on_submit():
        return _celebrate(unit.id, form)
    return _maturity_page(unit, form, 422 if form.errors else 200)


def _celebrate(unit_id: int, form: MaturityForm) -> ResponseReturnValue:
    ceremony = Ceremony(form.on.day, form.address.data or "")
    chosen = _chosen()
    try:
        hold_ceremony(unit_id, ceremony, chosen, by=asked_by())
    except Invalid:
        form.form_errors = [_("Chọn ít nhất một đoàn viên.")]
        return _maturity_page(unit_looked_over(unit_id), form, 422)
    except PeopleRefused as refused:
        return _refused(unit_looked_over(unit_id), form, refused)
    flash(
        ngettext(
            "Đã ghi lễ trưởng thành cho %(num)s đoàn viên.",
            "Đã ghi lễ trưởng thành cho %(num)s đoàn viên.",
            len(chosen),
        ),
        "success",
    )
    return redirect(url_for("standings.maturity", unit_id=unit_id, year=year_asked()), 303)


def _chosen() -> dict[int, int]:
    """Return who was ticked, with the version of each that was seen."""
    ticked = [each.partition(".") for each in request.form.getlist("person")]
    pairs = [(as_number(number), as_number(version)) for number, _dot, version in ticked]
    return {number: version for number, version in pairs if number and version is not None}


def _refused(unit: Any, form: MaturityForm, refused: PeopleRefused) -> ResponseReturnValue:  # noqa: ANN401
    """Say beside each name what is missing; the day is told once, beside its field."""
    sentences: dict[int, list[str]] = {
        number: [_("Vừa có người ghi thay đổi: xem lại rồi ghi.")] for number in refused.changed
    }
    for number, reasons in refused.unmet.items():
        sentences[number] = [why(each) for each in reasons]
    form.form_errors = [_("Có người chưa ghi được, xem lý do bên tên; chưa ghi cho ai.")]
    return _maturity_page(unit, form, 409 if refused.changed else 422, sentences)


def year_asked() -> int:
    """Return the year that the address names; this year where it names none that makes sense."""
    this_year: int = today().year
    asked = as_number(request.args.get("year"))
    fits = asked is not None and OLDEST_YEAR <= asked <= this_year + YEARS_AHEAD
    return asked if asked is not None and fits else this_year


def _maturity_page(
    unit: Any,  # noqa: ANN401
    form: MaturityForm,
    status: int,
    sentences: dict[int, list[str]] | None = None,
) -> ResponseReturnValue:
    year, rules = year_asked(), rulebook().on(today())
    lines = grown_in(unit.path, year, (rules.maturity_age, rules.stay_age))
    page = render_template(
        "standings/maturity.html",
        unit=unit,
        form=form,
        year=year,
        candidates=_candidates(unit, lines, sentences or {}),
        may_act=policies.may(me(), Right.PREPARE, unit.id, unit.path),
        clause=clause_of("maturity"),
        stay_age=rules.stay_age,
    )
    return page, status


def _candidates(
    unit: Any,  # noqa: ANN401
    lines: list[Grown],
    sentences: dict[int, list[str]],
) -> list[Candidate]:
    """Officers go on, so they are not ticked; all others of the own unit are."""
    officers = office_holders([line.person_id for line in lines], today())
    ticked = _chosen() if request.method == "POST" else None
    return [
        Candidate(
            line,
            line.person_id in officers,
            (line.person_id in ticked) if ticked is not None else line.person_id not in officers,
            line.unit_id == unit.id,
            sentences.get(line.person_id, []),
        )
        for line in lines
    ]
