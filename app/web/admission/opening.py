"""Opening an admission dossier: who is nominated, and whether we know them already."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.services.admission.openings import Nominee, open_admission
from app.services.dossiers import Receipt
from app.services.people.twins import TwinFound
from app.services.refusals import Invalid
from app.web.access import asked_by
from app.web.drafts import finished, put_aside, resumed, wants_later
from app.web.fields import SHORT, given, stripped
from app.web.filters import choices, moment, word
from app.web.newcomers import REFUSALS, NewcomerForm
from workflows.admission_facts import Source
from workflows.labels import UNMET

SENTENCES = {**REFUSALS, "not_yet_member": UNMET["not_yet_member"]}


class OpeningForm(NewcomerForm):
    """Who is nominated, and where the person comes from."""

    source = SelectField(
        _l("Nguồn"), [given(_l("Chọn nguồn."))], choices=choices("source", blank="…")
    )

    def nominee(self) -> Nominee:
        """Return who is nominated."""
        source = Source(self.source.data) if self.source.data else None
        return Nominee(**self.described(), source=source)

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
