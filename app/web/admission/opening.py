"""Opening an admission dossier: who is nominated, and whether we know them already."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from app import policies
from app.policies import Right
from app.queries.people import Twin
from app.services.dossiers import Receipt
from app.services.openings import Nominee, open_admission
from app.services.refusals import Invalid
from app.services.twins import TwinFound
from app.web.access import asked_by, me
from app.web.drafts import finished, put_aside, resumed, wants_later
from app.web.fields import (
    SHORT,
    DayField,
    KeyedForm,
    as_number,
    given,
    long,
    short,
    stripped,
)
from app.web.filters import choices, moment, word
from workflows.admission_facts import Source
from workflows.labels import N_, UNMET
from workflows.membership import Sex

DIFFERENT = "different"
SENTENCES = {
    "unknown_person": N_("Người được chọn không còn trùng họ tên và ngày sinh: xem lại hai ô này."),
    "not_yet_member": UNMET["not_yet_member"],
    "no_grassroots_union": N_("Đơn vị này chưa thuộc đoàn cơ sở nào, nên chưa lập hồ sơ được."),
}


class OpeningForm(KeyedForm):
    """Name, birth date and where the person comes from."""

    unit_id = SelectField(_l("Đơn vị"), validate_choice=False)
    name = short(_l("Họ và tên"), given(_l("Ghi họ và tên.")), most=100)
    birth_date = DayField(_l("Ngày sinh"), [given(_l("Ghi ngày sinh."))], past=True)
    sex = RadioField(_l("Giới tính"), [given(_l("Chọn giới tính."))], choices=choices("sex"))
    source = SelectField(
        _l("Nguồn"), [given(_l("Chọn nguồn."))], choices=choices("source", blank="…")
    )
    same_as = RadioField(_l("Người trùng tên và ngày sinh"), choices=[], validate_choice=False)
    twin_reason = long(_l("Vì sao không phải cùng một người"), most=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        posts = policies.posts_with(me(), Right.PREPARE)
        self.unit_id.choices = [SelectChoice(str(each.unit_id), each.unit_name) for each in posts]
        self.same_as.choices = []

    def unit(self) -> int:
        """Return where the dossier is opened; the service knows whether it may be."""
        return as_number(self.unit_id.data) or 0

    def nominee(self) -> Nominee:
        """Return who is nominated."""
        chosen = self.same_as.data or ""
        return Nominee(
            name=self.name.data or "",
            birth_date=self.birth_date.day or date.min,
            sex=Sex(self.sex.data),
            source=Source(self.source.data) if self.source.data else None,
            same_as=as_number(chosen),
            twin_reason=(self.twin_reason.data or "") if chosen == DIFFERENT else "",
        )

    def offer(self, twins: Sequence[Twin]) -> None:
        """Ask whether the person is one we know, by name and unit only."""
        known = [SelectChoice(str(twin.id), f"{twin.name} – {twin.unit_name}") for twin in twins]
        self.same_as.choices = [
            *known,
            SelectChoice(DIFFERENT, _("Không, là một người khác")),
        ]
        self.same_as.errors = [
            _("Đã có người trùng họ tên và ngày sinh. Nếu đúng là người đó, chọn tên trong danh sách; nếu không, ghi lý do.")
        ]

    def blame(self, error: Invalid) -> None:
        """Say beside a field why nothing was opened."""
        field = self.unit_id if error.field == "unit_id" else self.name
        field.errors = [_(SENTENCES[error.code])]


def opening() -> ResponseReturnValue:
    """Answer GET and POST of /dossiers/new/admission."""
    if wants_later():
        name = stripped(request.form.get("name"))[:SHORT]
        return put_aside(_("Hồ sơ kết nạp mới: %(name)s", name=name or "…"))
    form = resumed(OpeningForm)
    if form.validate_on_submit():
        try:
            by = asked_by(form.request_key.data)
            return _opened(open_admission(form.unit(), form.nominee(), by=by))
        except TwinFound as found:
            form.offer(found.twins)
        except Invalid as error:
            form.blame(error)
    return render_template("admission/opening.html", form=form), 422 if form.errors else 200


def _opened(receipt: Receipt) -> ResponseReturnValue:
    finished()
    done = _(
        "Đã lập hồ sơ %(ref)s lúc %(time)s. Tiếp theo: %(state)s.",
        ref=receipt.ref,
        time=moment(receipt.at),
        state=word("education", "state"),
    )
    flash(done, "receipt")
    return redirect(url_for("dossiers.show", ref=receipt.ref), 303)
