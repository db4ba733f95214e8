"""What a member does in the programme, by hand of the branch or through a link: one form at a time.

Until it is approved they choose contents, then they write what they did; both pages share this.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.queries.programme.sheets import choices_of
from app.services.people.standings import PeopleRefused
from app.services.programme.registering import Wanted
from app.services.programme.tracking import Progress, Told
from app.services.refusals import Forbidden, Invalid, Stale
from app.web.fields import CountField, DayField, KeyedForm, at_most, stripped
from app.web.filters import choices
from app.web.programme.forms import REMARK, Ticks, one_of
from app.web.programme.places import overtaken, sentences_of
from app.web.standings.places import why
from workflows.engine import NoSuchStep, Refused
from workflows.programme import TRACKED

CHOOSING = ("registered", "returned")
EVIDENCE = 2000


class ChooseForm(KeyedForm):
    """Which contents a member registers."""

    contents = Ticks(_l("Nội dung đăng ký"))

    def wanted(self) -> Wanted:
        """Return what is ticked, on the version that was seen."""
        return Wanted(self.version(), {int(each) for each in self.contents.data or []})


def choose_form(row: Any, contents: Sequence[Any]) -> ChooseForm:  # noqa: ANN401
    """Make the form in which a member registers; what is required is ticked at first."""
    form = ChooseForm()
    form.contents.choices = [SelectChoice(str(each.id), each.text) for each in contents]
    if not form.is_submitted():
        form.seen.data = str(row.version if row else 0)
        kept = {each.content_id for each in row.choices} if row else set()
        ticked = [each.id for each in contents if each.id in kept or each.is_required]
        form.contents.data = [str(number) for number in ticked]
    return form


class TrackForm(KeyedForm):
    """How far each content of a member went; ``track_form`` gives it the fields of each."""

    numbers: Sequence[int] = ()
    comment = TextAreaField(_l("Tự nhận xét chung"), [at_most(REMARK)], filters=[stripped])

    def told(self) -> Told:
        """Return what was written, and whether it is the evaluation."""
        contents = {number: self._progress(number) for number in self.numbers}
        evaluates = request.form.get("end") == "yes"
        return Told(self.version(), contents, self.comment.data or "", evaluates)

    def _progress(self, number: int) -> Progress:
        on: date | None = self[f"done_on_{number}"].day
        return Progress(
            done=self[f"done_{number}"].data if f"done_{number}" in self else None,
            done_on=on,
            evidence=self[f"evidence_{number}"].data or "",
            self_mark=one_of(self[f"self_mark_{number}"].data),
        )


def track_form(row: Any) -> TrackForm:  # noqa: ANN401
    """Make the form of what a member did and thinks of it."""

    class WholeForm(TrackForm):
        """The contents of this member."""

    chosen = choices_of(row)
    for choice in chosen:
        for name, field in _fields(choice).items():
            setattr(WholeForm, f"{name}_{choice.content_id}", field)
    form = WholeForm()
    form.numbers = [each.content_id for each in chosen]
    if not form.is_submitted():
        form.seen.data = str(row.version)
        form.comment.data = row.self_comment
    return form


def _fields(choice: Any) -> dict[str, Any]:  # noqa: ANN401
    content = choice.content
    counted = {
        "done": CountField(
            _("Đã làm được (%(measure)s)", measure=content.measure or _("lần")),
            default=choice.done,
        )
    }
    return {
        **(counted if content.target else {}),
        "done_on": DayField(_("Xong ngày (nếu đã xong)"), past=True, default=choice.done_on),
        "evidence": TextAreaField(
            _("Việc đã làm, minh chứng"),
            [at_most(EVIDENCE)],
            filters=[stripped],
            default=choice.evidence,
        ),
        "self_mark": SelectField(
            _("Tự đánh giá"),
            choices=choices("mark", blank=_("Chưa đánh giá")),
            default=choice.self_mark or "",
        ),
    }


@dataclass(slots=True)
class OwnPart:
    """The form that is open, if any, the contents it is about, and the edition they stand in."""

    form: ChooseForm | TrackForm | None
    contents: list[Any]
    edition: Any
    chooses: bool

    @classmethod
    def of(cls, row: Any, in_force: Any) -> Self:  # noqa: ANN401
        """Return what is open on a registration; none yet, or returned: the edition in force."""
        edition = row.edition if row and row.state != "returned" else in_force
        contents = list(edition.contents) if edition else []
        if row and row.state in TRACKED:
            return cls(track_form(row), contents, edition, chooses=False)
        if contents and (row is None or row.state in CHOOSING):
            return cls(choose_form(row, contents), contents, edition, chooses=True)
        return cls(None, contents, edition, chooses=False)

    @property
    def is_sent(self) -> bool:
        """Whether the form came back filled in."""
        return self.form is not None and bool(self.form.is_submitted())


def answered(part: OwnPart, write: Callable[[ChooseForm | TrackForm], None], person_id: int) -> int:
    """Write what was sent and return the status: 200 to show the page, 303 when it is done.

    What is refused stands in the form, with everything that was typed.
    """
    form = part.form
    if form is None or not form.is_submitted():
        return 200
    if not form.validate():
        if "csrf_token" in form.errors:
            form.csrf_token.errors = [_("Trang mở đã lâu. Xem lại rồi bấm gửi lần nữa.")]
        return 422
    try:
        write(form)
    except (PeopleRefused, Stale, Refused, Invalid, NoSuchStep, Forbidden) as error:
        return _refused(form, person_id, error)
    return 303


def _refused(form: ChooseForm | TrackForm, person_id: int, error: Exception) -> int:
    match error:
        case Stale():
            form.form_errors, form.seen.data = [overtaken(error)], str(error.version)
            return 409
        case PeopleRefused():
            form.form_errors = list(sentences_of(error)[person_id])
            if stale := error.changed.get(person_id):
                form.seen.data = str(stale.version)
            return 409 if error.changed else 422
        case Refused():
            form.form_errors = [why(each) for each in error.unmet]
            return 422
    form.form_errors = [_("Chưa ghi được: chương trình hoặc đăng ký vừa thay đổi. Xem lại.")]
    return 409
