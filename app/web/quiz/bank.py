"""The bank of questions: how many there are, filled from a file, opened with a trace."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import policies
from app.policies import Right
from app.queries.contest.seasons import season_seen
from app.queries.quiz.bank import attempts_began, topics_of
from app.services.imports.tables import MAX_BYTES
from app.services.imports.unfit import UnfitTable
from app.services.quiz.bank import QuestionsRefused, add_questions, empty_bank, open_bank
from app.services.quiz.question_file import LETTERS, RowFault, read_questions
from app.services.refusals import Invalid, NotFound
from app.web.access import asked_by, me, needs
from app.web.exports import answer, written
from app.web.fields import KeyedForm
from app.web.imports.wording import unfit
from app.web.quiz.forms import QuestionsForm
from app.web.quiz.taking import blueprint

FAULTS: Mapping[str, Any] = {
    "no_question": _l("thiếu câu hỏi"),
    "gap_in_options": _l("phương án phải ghi liền nhau từ A, không bỏ trống ở giữa"),
    "too_few_options": _l("cần ít nhất hai phương án"),
    "no_right_option": _l("đáp án đúng phải là một trong: {letters}"),
    "same_options": _l("có hai phương án giống nhau"),
    "too_long": _l("câu hỏi dài hơn {most} ký tự, phương án dài hơn 300, hoặc chủ đề dài hơn 100"),
    "repeated": _l("câu hỏi này đã có ở dòng {first}"),
}


def season_run(year: int) -> Any:  # noqa: ANN401
    """Return the season of a year that is mine to run.

    Raises:
        NotFound: there is none.
    """
    posts = policies.posts_with(me(), Right.RUN_CONTEST)
    district = [each for each in posts if each.unit_id == each.district_id]
    season = season_seen(district, year)
    if season is None:
        raise NotFound
    return season


@blueprint.route("/questions", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def questions(year: int) -> ResponseReturnValue:
    """Show how many questions there are, and take a file of more."""
    season, form = season_run(year), QuestionsForm()
    faults: tuple[RowFault, ...] = ()
    if form.validate_on_submit():
        try:
            return _taken(year, season, form)
        except UnfitTable as error:
            form.file.errors = [_no_table(error)]
        except Invalid:
            form.file.errors = [_("Đã có thí sinh bắt đầu làm bài: câu hỏi không đổi được nữa.")]
        except QuestionsRefused as refused:
            faults = refused.faults
            form.file.errors = [_("Chưa nhận câu nào: tệp có dòng sai, xem ở dưới.")]
    return _page(year, form, faults), 422 if form.errors else 200


def _taken(year: int, season: Any, form: QuestionsForm) -> ResponseReturnValue:  # noqa: ANN401
    found, faults = read_questions(form.content(MAX_BYTES))
    taken = add_questions(season.id, found, faults, by=asked_by(form.request_key.data))
    flash(
        _("Đã nhận %(new)s câu hỏi mới; %(same)s câu đã có từ trước.", **vars_of(taken)), "receipt"
    )
    return redirect(url_for(".questions", year=year), 303)


def vars_of(taken: Any) -> dict[str, int]:  # noqa: ANN401
    """Return the numbers of a file that was taken."""
    return {"new": taken.new, "same": taken.same}


def _no_table(error: UnfitTable) -> str:
    if error.code == "no_questions":
        return str(_("Không thấy dòng tiêu đề với các cột Câu hỏi, A, B và Đáp án đúng."))
    return unfit(error.code, error.values)


def _page(year: int, form: QuestionsForm, faults: tuple[RowFault, ...] = ()) -> str:
    season = season_run(year)
    return render_template(
        "quiz/questions.html",
        year=year,
        form=form,
        plain=KeyedForm(formdata=None),
        topics=topics_of(season.id),
        is_open=not attempts_began(season.id),
        faults=[(each.row, str(FAULTS[each.code]).format(**each.values)) for each in faults],
    )


@blueprint.get("/questions/template.xlsx")
@needs(Right.RUN_CONTEST)
def questions_template(year: int) -> ResponseReturnValue:
    """Give a file to fill in, with an example."""
    season_run(year)
    heads = [_("Câu hỏi"), *LETTERS, _("Đáp án đúng"), _("Chủ đề")]
    example = [
        _("Đoàn TNCS Hồ Chí Minh được thành lập ngày nào?"),
        *("26/3/1931", "3/2/1930", "19/5/1941", "2/9/1945", "", ""),
        "A",
        _("Lịch sử Đoàn"),
    ]
    file, _count = written("xlsx", _("Câu hỏi"), heads, [example])
    return answer(file, "mau-cau-hoi.xlsx")


@blueprint.post("/questions/open")
@needs(Right.RUN_CONTEST)
def questions_open(year: int) -> ResponseReturnValue:
    """Show the questions with their answers; the reading is recorded."""
    season = season_run(year)
    opened = open_bank(season.id, by=asked_by())
    return render_template("quiz/opened.html", year=year, questions=opened, letters=LETTERS)


@blueprint.post("/questions/empty")
@needs(Right.RUN_CONTEST)
def questions_empty(year: int) -> ResponseReturnValue:
    """Take all questions out, to fill the bank anew."""
    season = season_run(year)
    try:
        empty_bank(season.id, by=asked_by())
    except Invalid:
        flash(_("Đã có thí sinh bắt đầu làm bài: câu hỏi không đổi được nữa."), "problem")
    else:
        flash(_("Đã bỏ hết câu hỏi."), "receipt")
    return redirect(url_for(".questions", year=year), 303)
