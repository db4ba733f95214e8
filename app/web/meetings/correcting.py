"""Correcting the numbers of a vote: what was recorded beside what is right, and why."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.services.dossiers import file_for
from app.services.meetings.corrections import correct_vote, vote_to_correct
from app.services.refusals import Stale
from app.web.access import asked_by, me
from app.web.dossiers.routes import flash_receipt
from app.web.meetings.candidates import changed, why
from app.web.meetings.forms import COUNTS, CorrectionForm
from workflows.engine import Refused
from workflows.voting import Roll


def correct(meeting_id: int, ref: str) -> ResponseReturnValue:
    """Answer GET and POST of the correction of a vote."""
    file: Any = file_for(ref, me(), lock=False)
    vote = vote_to_correct(file, meeting_id, me())
    recorded = {name: getattr(vote, name) for name in COUNTS}
    form = CorrectionForm(data=recorded | {"seen": file.dossier.version})
    roll = Roll(vote.entitled, vote.present)
    if not (form.validate_on_submit() and form.agrees_with(roll)):
        return page(file, vote, form), 422 if form.errors else 200
    return put_right(meeting_id, ref, form)


def put_right(meeting_id: int, ref: str, form: CorrectionForm) -> ResponseReturnValue:
    """Correct the vote, or show the form again with what was refused."""
    by, seen = asked_by(form.request_key.data), form.version()
    try:
        receipt = correct_vote(
            meeting_id, ref, form.ballots(), form.reason.data or "", by=by, seen=seen
        )
    except Refused as refusal:
        file: Any = file_for(ref, me(), lock=False)
        reasons = [why(file, reason) for reason in refusal.unmet]
        return page(file, vote_to_correct(file, meeting_id, me()), form, reasons), 422
    except Stale as stale:
        return overtaken(meeting_id, ref, form, stale), 409
    flash_receipt(receipt)
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


def overtaken(meeting_id: int, ref: str, form: CorrectionForm, stale: Stale) -> str:
    """Say who was faster; what was typed stays, where the vote may still be corrected."""
    file: Any = file_for(ref, me(), lock=False)
    vote = vote_to_correct(file, meeting_id, me())
    form.seen.data = str(stale.version)
    return page(file, vote, form, [changed(file, stale)])


def page(file: Any, vote: Any, form: CorrectionForm, reasons: Sequence[str] = ()) -> str:  # noqa: ANN401
    """Draw the form beside the numbers on record."""
    return render_template(
        "meetings/correct.html",
        file=file,
        vote=vote,
        form=form,
        reasons=reasons,
        recorded=[f"{label}: {getattr(vote, name)}" for name, label in COUNTS.items()],
        counts=COUNTS,
    )
