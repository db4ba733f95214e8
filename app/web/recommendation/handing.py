"""Handing the list over: who waits for it, what each still lacks, the day and to whom."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from app.queries.recommendation.lists import waiting_to_be_listed
from app.services.recommendation.choosing import place_to_choose
from app.services.recommendation.handing import STEP, Handover, hand_over
from app.services.refusals import Invalid
from app.web.access import asked_by, today
from app.web.dossiers.offers import offers
from app.web.drafts import finished, put_aside, resumed, wants_later
from app.web.fields import DayField, KeyedForm, as_number, given, short
from app.web.filters import day, unmet, word
from app.web.recommendation.choosing import tell_result, unit_asked


class HandoverForm(KeyedForm):
    """Which dossiers go, on which day, and to which Party committee."""

    on = DayField(_l("Ngày trao danh sách"), [given(_l("Ghi ngày trao danh sách."))], past=True)
    to_whom = short(_l("Cấp ủy nhận danh sách"), given(_l("Ghi tên cấp ủy.")))
    chosen = SelectMultipleField(_l("Hồ sơ"), choices=[], validate_choice=False)

    def lines(self) -> dict[str, int]:
        """Return the references ticked, each with the version that was seen."""
        seen = {ref: as_number(request.form.get(f"seen_{ref}")) for ref in self.chosen.data or ()}
        return {ref: -1 if number is None else number for ref, number in seen.items()}


def hand_over_page() -> ResponseReturnValue:
    """Answer GET and POST of /recommendations/hand-over."""
    unit, _by = place_to_choose(unit_asked(), asked_by())
    place = url_for("recommendations.hand_over", unit=unit.id)
    if wants_later():
        return put_aside(_("Trao danh sách cho cấp ủy"), place=place)
    form = resumed(HandoverForm, place=place, data={"on": today()})
    if form.validate_on_submit():
        handover = Handover(form.on.day or date.max, form.to_whom.data or "")
        try:
            made = hand_over(unit.id, form.lines(), handover, by=asked_by())
        except Invalid as error:
            _blame(form, error)
        else:
            finished(place=place)
            return tell_result(made, _("Đã ghi việc trao danh sách. Kết quả từng người ở dưới."))
    return _page(unit, form), 422 if form.errors else 200


def _blame(form: HandoverForm, error: Invalid) -> None:
    if error.field == "chosen":
        form.chosen.errors = [_("Chọn ít nhất một hồ sơ.")]
    else:
        first: Any = error.values["first"]
        told = _("Bình chọn ngày %(day)s: trao danh sách từ ngày ấy trở đi.", day=day(first))
        form.on.errors = [told]


def _page(unit: Any, form: HandoverForm) -> str:  # noqa: ANN401
    files = waiting_to_be_listed(unit.id)
    return render_template(
        "recommendation/hand_over.html",
        unit=unit,
        form=form,
        lines=[(file, _hindrances(file)) for file in files],
    )


def _hindrances(file: Any) -> list[str]:  # noqa: ANN401
    """Say what keeps a dossier from being handed over, as the POST would."""
    offered, bars = offers(file)
    offer = next((each for each in offered if each.step.name == STEP), None)
    if offer is None:
        return [word(bar, "bar") for bar in sorted(bars or {"not_your_desk"})]
    return [unmet(reason) for reason in offer.unmet]
