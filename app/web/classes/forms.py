"""Forms of a class: opening it, who joins, and the sheet of results with a row a candidate."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import Form, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app import policies
from app.policies import Right
from app.queries.admission.classes import CandidateLine, ClassPage, PlaceLine
from app.services.admission.classes import ClassPlan, Result
from app.services.refusals import Invalid
from app.web.access import me, today
from app.web.fields import CountField, DayField, KeyedForm, given, short
from app.web.filters import day

PASSED, FAILED, OPEN = "passed", "failed", "open"
WORDS = {True: PASSED, False: FAILED, None: OPEN}
MEANINGS = {word: passed for passed, word in WORDS.items()}


class ClassForm(KeyedForm):
    """What is said of a class when it is opened."""

    unit_id = SelectField(_l("Đơn vị mở lớp"), coerce=int)
    title = short(_l("Tên lớp"), given(_l("Ghi tên lớp.")))
    place = short(_l("Nơi học"), given(_l("Ghi nơi học.")))
    from_on = DayField(_l("Ngày đầu"), [given(_l("Ghi ngày học đầu tiên."))])
    to_on = DayField(_l("Ngày cuối"), [given(_l("Ghi ngày học cuối cùng."))])
    sessions = CountField(_l("Số buổi"), [given(_l("Ghi số buổi học."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        posts = policies.posts_with(me(), Right.TEACH)
        units = {each.unit_id: each.unit_name for each in posts}
        self.unit_id.choices = [SelectChoice(*unit) for unit in units.items()]

    def plan(self) -> ClassPlan:
        """Return what was typed."""
        return ClassPlan(
            title=self.title.data,
            place=self.place.data,
            from_on=self.from_on.day or today(),
            to_on=self.to_on.day or today(),
            sessions=self.sessions.data or 0,
        )


class CandidatesForm(KeyedForm):
    """Who joins the class."""

    chosen = SelectMultipleField(
        _l("Đối tượng vào lớp"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, lines: Sequence[CandidateLine]) -> None:
        """Offer these candidates."""
        self.chosen.choices = [
            SelectChoice(line.ref, f"{line.person_name} – {line.branch_name}") for line in lines
        ]

    def blame(self, error: Invalid) -> None:
        """Put the answer of the service beside the choice."""
        self.chosen.errors = [sentence(error)]


class PlaceForm(Form):
    """Attendance and result of one candidate."""

    attended = CountField(_l("Số buổi dự"), [given(_l("Ghi số buổi dự, không dự thì ghi 0."))])
    result = RadioField(
        _l("Kết quả"),
        choices=[
            SelectChoice(PASSED, _l("Đạt")),
            SelectChoice(FAILED, _l("Không đạt")),
            SelectChoice(OPEN, _l("Chưa có")),
        ],
        default=OPEN,
    )


class SheetRow:
    """One candidate of the sheet; where the dossier is closed there is nothing to write."""

    def __init__(self, line: PlaceLine, data: dict[str, Any], *, is_over: bool) -> None:
        self.line = line
        typed = request.form if request.method == "POST" else None
        form = PlaceForm(formdata=typed, prefix=line.ref, data=data) if line.is_open else None
        if form is not None and not is_over:
            del form.result
        self.form = form

    @property
    def differs(self) -> bool:
        """Whether something else was typed than what is on record."""
        return self.form is not None and self.result() != Result(
            self.line.attended, self.line.passed
        )

    def result(self) -> Result:
        """Return what was typed; without the field no result is known yet."""
        form: Any = self.form
        return Result(form.attended.data, MEANINGS[form.result.data] if "result" in form else None)


class Sheet:
    """The sheet of results of a class; ``fill`` proposes full attendance where nothing stands."""

    def __init__(self, page: ClassPage, *, fill: bool = False) -> None:
        self.is_over = page.row.to_on <= today()
        full = {"attended": page.row.sessions, "result": PASSED}
        self.rows = [
            SheetRow(
                line,
                full if fill and not line.is_recorded else _stored(line),
                is_over=self.is_over,
            )
            for line in page.lines
        ]

    def open_rows(self) -> dict[str, SheetRow]:
        """Return the rows that can be written, by reference."""
        return {row.line.ref: row for row in self.rows if row.form is not None}

    def validate(self) -> bool:
        """Check every row, so that all faults are named at once."""
        answers = [row.form.validate() for row in self.rows if row.form is not None]
        return all(answers)

    def results(self) -> dict[str, Result]:
        """Return what was typed of each candidate."""
        return {ref: row.result() for ref, row in self.open_rows().items()}

    def blame(self, error: Invalid) -> None:
        """Put the answer of the service beside the field that it is about."""
        row: Any = self.open_rows()[error.field]
        field = row.form.result if error.code == "not_over" else row.form.attended
        field.errors = [sentence(error)]

    def reasons(self) -> list[str]:
        """Name every fault for the top of the page, each with a link to its field."""
        return [
            Markup('<a href="#{}">{}: {}</a>').format(field.id, row.line.person_name, error)
            for row in self.open_rows().values()
            for field in row.form or ()
            for error in field.errors
        ]


def _stored(line: PlaceLine) -> dict[str, Any]:
    return {"attended": line.attended, "result": WORDS[line.passed]}


def sentence(error: Invalid) -> str:
    """Say what the service found wrong, and what to do."""
    said = {
        "ends_before_it_begins": _("Ngày cuối phải từ ngày đầu trở đi."),
        "no_session": _("Lớp cần ít nhất 1 buổi."),
        "nobody_chosen": _("Chọn ít nhất một người."),
        "not_free": _("Bỏ chọn %(names)s: không còn ở bước bồi dưỡng, hoặc đã có lớp."),
        "too_many_sessions": _("Lớp chỉ có %(most)s buổi."),
        "not_over": _("Kết quả ghi từ ngày học cuối cùng, %(last)s."),
        "closed": _("Hồ sơ đã đóng, kết quả giữ nguyên."),
    }[error.code]
    written = {k: day(v) if isinstance(v, date) else v for k, v in error.values.items()}
    return str(said % written)
