"""What a unit's programme asks: its editions, the draft that is being written, and opening it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.dossiers import history_of
from app.queries.programme.contents import above, content_of, editions_of, programme_of
from app.services.programme.contents import Origin, begin_draft, open_edition, write_draft
from app.services.refusals import Invalid, Stale
from app.web.access import asked_by, needs, today
from app.web.fields import KeyedForm
from app.web.programme.content_forms import ContentsForm, OpenForm, contents_form
from app.web.programme.places import checked, mine_to, overtaken, rule_of_the_result, sets
from app.web.programme.routes import blueprint
from app.web.standings.places import unit_looked_over


@blueprint.route("/programmes/<int:unit_id>/<int:year>/contents", methods=["GET", "POST"])
@needs(Right.LOOK)
def contents(unit_id: int, year: int) -> ResponseReturnValue:
    """Show the editions of a unit's programme; its draft is written in one go."""
    unit = unit_looked_over(unit_id)
    form = _form(unit, checked(year))
    if form.is_submitted():
        mine_to(sets(unit))
    if not form.validate_on_submit():
        return _page(unit, year, form, status=422 if form.errors else 200)
    try:
        write_draft(unit_id, year, form.contents(), by=asked_by(), seen=form.version())
    except (Stale, Invalid) as error:
        return _overtaken(unit_id, year, form, error)
    flash(_("Đã lưu nội dung chương trình."), "success")
    return redirect(url_for(".contents", unit_id=unit_id, year=year), 303)


def _form(unit: Any, year: int) -> ContentsForm:  # noqa: ANN401
    programme = programme_of(unit.id, year)
    draft = _draft(programme)
    own = [row for row in draft.contents if not content_of(row, unit.id).is_fixed] if draft else []
    form = contents_form(own)
    if not form.seen.data:
        form.seen.data = str(programme.version if programme else 0)
    return form


def _draft(programme: Any) -> Any:  # noqa: ANN401
    editions = editions_of(programme.id) if programme else []
    return editions[0] if editions and editions[0].opened_on is None else None


def _overtaken(
    unit_id: int,
    year: int,
    form: ContentsForm,
    error: Stale | Invalid,
) -> ResponseReturnValue:
    """Keep what was typed; a second press writes it over what the other one wrote."""
    if isinstance(error, Stale):
        form.form_errors = [overtaken(error)]
        form.seen.data = str(error.version)
    else:
        form.form_errors = [_WRONG[error.code]()]
    return _page(unit_looked_over(unit_id), year, form, status=409)


_WRONG = {
    "twice": lambda: _("Có nội dung trùng với nội dung bắt buộc của cấp trên."),
    "there_is_none": lambda: _("Bản nháp đã được mở, không sửa được nữa."),
}


def _page(
    unit: Any,  # noqa: ANN401
    year: int,
    form: ContentsForm,
    *,
    status: int = 200,
    opening: OpenForm | None = None,
) -> ResponseReturnValue:
    programme = programme_of(unit.id, year)
    seen = str(programme.version if programme else 0)
    page = render_template(
        "programme/contents.html",
        unit=unit,
        year=year,
        form=form,
        opening=opening or OpenForm(formdata=None, data={"seen": seen}),
        press_form=KeyedForm(formdata=None, data={"seen": seen}),
        sets=sets(unit),
        rule=rule_of_the_result(),
        history=history_of(programme.id, "programmes") if programme else [],
        **_standing(unit, year, programme),
    )
    return page, status


def _standing(unit: Any, year: int, programme: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return what there is: own editions with the draft, what stands above, and last year's."""
    draft = _draft(programme)
    return {
        "editions": editions_of(programme.id) if programme else [],
        "draft": draft,
        "fixed": [row for row in draft.contents if content_of(row, unit.id).is_fixed]
        if draft
        else [],
        "above": above(unit, year, today()),
        "before": programme_of(unit.id, year - 1),
    }


@blueprint.post("/programmes/<int:unit_id>/<int:year>/draft/<origin>")
@needs(Right.SET_PROGRAMME)
def begin(unit_id: int, year: int, origin: str) -> ResponseReturnValue:
    """Begin a draft from above, from last year, or with nothing."""
    unit = unit_looked_over(unit_id)
    mine_to(sets(unit))
    form = KeyedForm()
    if form.validate_on_submit():
        chosen = Origin(origin) if origin in set(Origin) else Origin.BLANK
        begin_draft(unit.id, checked(year), chosen, by=asked_by(), seen=form.version())
        flash(_("Đã lập bản nháp; sửa rồi mở cho đoàn viên đăng ký."), "success")
    return redirect(url_for(".contents", unit_id=unit_id, year=year), 303)


@blueprint.post("/programmes/<int:unit_id>/<int:year>/open")
@needs(Right.SET_PROGRAMME)
def opened(unit_id: int, year: int) -> ResponseReturnValue:
    """Open the draft from a day on."""
    unit, form = unit_looked_over(unit_id), OpenForm()
    mine_to(sets(unit))
    if form.validate_on_submit():
        day = form.opened_on.day or today()
        try:
            open_edition(unit.id, checked(year), day, by=asked_by(), seen=form.version())
        except Invalid as error:
            told = _UNOPENED[error.code]()
            form["opened_on"].errors = [told]
        else:
            flash(_("Đã mở chương trình; từ đây nội dung không sửa được nữa."), "success")
            return redirect(url_for(".show", unit_id=unit_id, year=year), 303)
    unit = unit_looked_over(unit_id)
    return _page(unit, year, _form(unit, year), status=422, opening=form)


_UNOPENED = {
    "none": lambda: _("Chương trình chưa có nội dung nào: ghi nội dung, lưu rồi mở."),
    "over": lambda: _("Ngày này đã qua. Ghi hôm nay hoặc một ngày sắp tới."),
    "there_is_none": lambda: _("Không có bản nháp nào để mở."),
}
