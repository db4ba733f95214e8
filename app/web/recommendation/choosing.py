"""Choosing the exemplary members of a year: candidates with their grades, and what bars each."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from app.policies import Right, posts_with
from app.queries.recommendation.choosing import eligible_for
from app.queries.recommendation.files import counted_years
from app.queries.recommendation.lists import list_head
from app.queries.rules import rulebook
from app.services.recommendation.choosing import choose, place_to_choose
from app.services.refusals import Invalid
from app.web.access import asked_by, me, today
from app.web.drafts import finished, put_aside, resumed, wants_later
from app.web.fields import DayField, KeyedForm, as_number, given
from app.web.filters import word
from app.web.recommendation.wording import graded


class ChoiceForm(KeyedForm):
    """Whom the committee chose, and on which day."""

    held_on = DayField(_l("Ngày bình chọn"), [given(_l("Ghi ngày bình chọn."))], past=True)
    chosen = SelectMultipleField(_l("Đoàn viên"), choices=[], validate_choice=False)

    def people(self) -> list[int]:
        """Return who was ticked."""
        numbers = (as_number(text) for text in self.chosen.data or ())
        return sorted({number for number in numbers if number})


def bar_sentences() -> dict[str, str]:
    """Say what bars somebody from being chosen."""
    return {
        "chosen_already": _("Đã được bình chọn năm này."),
        "suspended": _("Đang bị đình chỉ, xử lý kỷ luật."),
        "recognised": _("Đã là đối tượng Đảng được công nhận."),
        "party_member": _("Đã là đảng viên."),
        **{name: word(name, "bar") for name in ("about_yourself", "bars_your_principal")},
    }


def unit_asked() -> int:
    """Return the union that the address names, else the first of mine that sits."""
    mine = [each.unit_id for each in posts_with(me(), Right.SIT) if each.is_grassroots]
    return as_number(request.args.get("unit")) or next(iter(mine), 0)


def choose_page() -> ResponseReturnValue:
    """Answer GET and POST of /recommendations/choose."""
    unit, _by = place_to_choose(unit_asked(), asked_by())
    year = as_number(request.args.get("year")) or today().year
    place = url_for("recommendations.choose", unit=unit.id, year=year)
    if wants_later():
        return put_aside(_("Bình chọn năm %(year)s", year=year), place=place)
    form = resumed(ChoiceForm, place=place, data={"held_on": today()})
    if form.validate_on_submit():
        try:
            made = choose(
                unit.id, year, form.people(), held_on=form.held_on.day or date.max, by=asked_by()
            )
        except Invalid as error:
            _blame(form, error)
        else:
            finished(place=place)
            return tell_result(made, _("Đã ghi danh sách bình chọn. Kết quả từng người ở dưới."))
    return _page(unit, year, form), 422 if form.errors else 200


def _blame(form: Any, error: Invalid) -> None:  # noqa: ANN401
    sentences = {
        "nobody_chosen": _("Chọn ít nhất một người."),
        "year_closed": _("Chỉ bình chọn cho năm nay hoặc năm trước."),
        "still_ahead": _("Ngày bình chọn không sau hôm nay."),
        "before_the_year": _("Ngày bình chọn không trước năm của danh hiệu."),
    }
    field = form.chosen if error.field == "chosen" else form.held_on
    field.errors = [sentences[error.code]]


def tell_result(list_id: int, done: str) -> ResponseReturnValue:
    """Go to a list just written; it is said to be done only where it was for somebody."""
    head = list_head(list_id)
    if head and head.done:
        flash(done, "receipt")
    else:
        flash(_("Chưa ghi cho ai: lý do của từng người ở dưới."), "warning")
    return redirect(url_for("recommendations.show_list", list_id=list_id), 303)


def _page(unit: Any, year: int, form: ChoiceForm) -> str:  # noqa: ANN401
    return render_template(
        "recommendation/choose.html",
        unit=unit,
        year=year,
        form=form,
        counted=counted_years(year, rulebook().on(today())),
        people=eligible_for(unit, year, today()),
        bars=bar_sentences(),
        graded=graded,
    )
