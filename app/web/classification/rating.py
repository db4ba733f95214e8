"""The rating of a branch: what is known beside what the branch writes, and the word from above."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app import policies
from app.policies import Right
from app.queries.classification.ratings import Rating, TypedRating, rating_of, rating_row
from app.queries.dossiers import history_of
from app.queries.rules import rulebook
from app.services.classification.ratings import OPEN, rate_step, write_rating
from app.services.refusals import Invalid, Stale
from app.web.access import asked_by, me, needs, signed_in, today
from app.web.classification.offers import offers_of
from app.web.classification.routes import blueprint, checked
from app.web.classification.wording import grade_word
from app.web.fields import CountField, KeyedForm, at_most, long, stripped
from app.web.filters import choices, word
from app.web.standings.places import unit_looked_over, why
from workflows.classification.measures import NEW, OLD, Books
from workflows.classification.process import BRANCH_RATING
from workflows.classification.scales import BranchGrade, scale_of
from workflows.engine import Refused
from workflows.requirements.branch_rating import RatingFacts

REASON = 1000
_YES_NO = [
    SelectChoice("", _l("Chưa ghi")),
    SelectChoice("yes", _l("Có")),
    SelectChoice("no", _l("Không")),
]


class RatingForm(KeyedForm):
    """What no register knows of a branch's year, and the grade it proposes."""

    first_half = CountField(_l("Số buổi sinh hoạt 6 tháng đầu năm"))
    second_half = CountField(_l("Số buổi sinh hoạt 6 tháng cuối năm"))
    has_source = BooleanField(_l("Có nguồn để kết nạp, giới thiệu"), default=True)
    elite = CountField(_l("Số đoàn viên ưu tú trong năm"))
    books = SelectField(_l("Sổ sách, báo cáo"), choices=choices("books", blank=_l("Chưa ghi")))
    traditions = SelectField(
        _l("Sinh hoạt truyền thống ít nhất 1 lần mỗi 6 tháng"), choices=_YES_NO
    )
    activities = SelectField(_l("Hoạt động riêng ít nhất 1 lần mỗi 6 tháng"), choices=_YES_NO)
    grade = SelectField(_l("Chi đoàn đề nghị"), choices=[])
    reason = long(_l("Lý do đề nghị khác số liệu"), most=REASON)

    def typed(self) -> TypedRating:
        """Return what is written."""
        return TypedRating(
            first_half=self.first_half.data,
            second_half=self.second_half.data,
            has_source=bool(self.has_source.data),
            elite=self.elite.data,
            books=Books(self.books.data) if self.books.data else None,
            traditions_each_half=_yes(self.traditions.data),
            activities_each_half=_yes(self.activities.data),
            grade=BranchGrade(self.grade.data) if self.grade.data else None,
            reason=self.reason.data or "",
        )


def _yes(text: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(text or "")


def _no(value: bool | None) -> str:  # noqa: FBT001
    return {True: "yes", False: "no"}.get(value, "") if value is not None else ""


def _form(rating: Rating, year: int, **kwargs: Any) -> RatingForm:  # noqa: ANN401
    typed = rating.typed
    form = RatingForm(
        data={
            "seen": rating.row.version if rating.row else 0,
            "first_half": typed.first_half,
            "second_half": typed.second_half,
            "has_source": typed.has_source,
            "elite": typed.elite,
            "books": typed.books or "",
            "traditions": _no(typed.traditions_each_half),
            "activities": _no(typed.activities_each_half),
            "grade": typed.grade or "",
            "reason": typed.reason,
        },
        **kwargs,
    )
    grades = scale_of(year).branch_grades
    words = [SelectChoice(each.value, grade_word(each, year)) for each in grades]
    form.grade.choices = [SelectChoice("", _("Theo số liệu")), *words]
    return form


@blueprint.route("/<int:unit_id>/<int:year>/unit", methods=["GET", "POST"])
@needs(Right.LOOK)
def rating(unit_id: int, year: int) -> ResponseReturnValue:
    """Show the rating of a unit; while it is open the branch writes it."""
    unit = unit_looked_over(unit_id)
    shown = rating_of(unit, year, rating_row(unit.id, checked(year)), today())
    form = _form(shown, year)
    if request.method == "GET":
        return _page(unit, year, shown, form), 200
    if not form.validate_on_submit():
        return _page(unit, year, shown, form), 422
    try:
        write_rating(unit_id, year, form.typed(), by=asked_by(), seen=form.version())
    except Stale as stale:
        form.form_errors = [_("Có người vừa ghi. Xem lại rồi ghi lần nữa để giữ bản này.")]
        form.seen.data = str(stale.version)
        unit = unit_looked_over(unit_id)
        return _page(
            unit, year, rating_of(unit, year, rating_row(unit_id, year), today()), form
        ), 409
    flash(_("Đã ghi xếp loại chi đoàn."), "success")
    return redirect(url_for(".rating", unit_id=unit_id, year=year), 303)


class DecisionForm(KeyedForm):
    """A press, with the reason of a return."""

    returning = TextAreaField(_l("Lý do trả lại"), [at_most(REASON)], filters=[stripped])


@blueprint.post("/<int:unit_id>/<int:year>/unit/steps/<step>")
@signed_in
def rate(unit_id: int, year: int, step: str) -> ResponseReturnValue:
    """Take a step on the rating: hand it up, return it, confirm it."""
    unit, form = unit_looked_over(unit_id), DecisionForm()
    if not form.validate():
        if form.returning.errors:
            return _refused(unit_id, year, form)
        raise Invalid("form", "expired")
    name = unit.name
    told = form.returning.data or "" if step == "send_back" else ""
    try:
        state = rate_step(unit.id, checked(year), step, told, by=asked_by(), seen=form.version())
    except Refused as refused:
        form.form_errors = [why(reason) for reason in refused.unmet]
        return _refused(unit_id, year, form)
    flash(_("%(unit)s: %(state)s.", unit=name, state=word(state, "sheet_state")), "receipt")
    return redirect(url_for(".rating", unit_id=unit_id, year=year), 303)


def _refused(unit_id: int, year: int, decision: DecisionForm) -> ResponseReturnValue:
    """Keep the reason that was typed, and say what is wrong."""
    unit = unit_looked_over(unit_id)
    shown = rating_of(unit, year, rating_row(unit.id, checked(year)), today())
    form = _form(shown, year, formdata=None)
    return _page(unit, year, shown, form, decision=decision), 422


def _page(
    unit: Any,  # noqa: ANN401
    year: int,
    shown: Rating,
    form: RatingForm,
    *,
    decision: DecisionForm | None = None,
) -> str:
    row = shown.row
    keeps = policies.may(me(), Right.PREPARE, unit.id, unit.path)
    is_open = row is None or row.state in OPEN
    return render_template(
        "classification/rating.html",
        unit=unit,
        year=year,
        rating=shown,
        kept=row,
        form=form if keeps and is_open else None,
        decision=decision or DecisionForm(formdata=None, data={"seen": row.version if row else 0}),
        offers=offers_of(row, BRANCH_RATING, _facts(shown)) if row else [],
        history=history_of(row.id, "branch_ratings") if row else [],
        clause=OLD if scale_of(year).is_old else NEW,
    )


def _facts(shown: Rating) -> RatingFacts:
    return RatingFacts(
        rules=rulebook().on(today()),
        sheet_state=shown.sheet_state,
        grade=shown.grade,
        computed=shown.computed,
        reason=shown.typed.reason,
    )
