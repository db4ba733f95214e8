"""Who can be put to the vote of a meeting, and what stands in the way of each."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.queries.admission.meetings import WAITING
from app.queries.rules import rulebook
from app.services.areas import AREAS
from app.services.meetings.recording import VotesRefused
from app.services.refusals import Stale
from app.web.access import now
from app.web.filters import moment, unmet, word
from app.web.meetings.forms import MeetingForm, add_error
from workflows.engine import Step, Unmet, Workflow

# What is wrong with the meeting as a whole stands beside its own field.
OF_THE_MEETING = {
    "vote_in_person": "mode",
    "vote_not_ahead": "held_on",
    "committee_may_vote": "body",
    "members_gave_opinion": "body",
    "quorum_met": "present",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate as the page of a meeting shows them: what is missing if it is held that day."""

    file: Any
    missing: tuple[str, ...]

    @property
    def waits(self) -> bool:
        """Whether the dossier waits for a vote."""
        return bool(self.file.dossier.state == WAITING)


def candidate(file: Any, day: date) -> Candidate:  # noqa: ANN401
    """Judge a candidate as if the meeting were held on a day."""
    area, rules = AREAS[file.dossier.workflow], rulebook().named(file.dossier.rule_set)
    answers = replace(area.no_answers, meeting_on=day)
    reasons = _call(area.workflow).unmet(area.facts(file, rules, now(), answers))
    return Candidate(file, tuple(why(file, reason) for reason in reasons))


def _call(workflow: Workflow) -> Step:
    """Return the step that first brings a dossier before the meeting."""
    calls = (step for step in workflow.steps if {WAITING} == {each.dest for each in step.routes})
    return next(calls)


def why(file: Any, reason: Unmet) -> str:  # noqa: ANN401
    """Write what is missing, with the clause that asks for it."""
    clause = rulebook().named(file.dossier.rule_set).clause(reason.clause)
    return f"{unmet(reason)} ({_(clause.text)})"


def show_refused(form: MeetingForm, refused: VotesRefused) -> None:
    """Put every reason beside the field that it is about."""
    for file in form.files:
        ref = file.dossier.ref
        for reason in refused.unmet.get(ref, ()):
            name = OF_THE_MEETING.get(reason.code, f"chosen_{ref}")
            add_error(form[name if name in form else f"chosen_{ref}"], why(file, reason))
        if stale := refused.changed.get(ref):
            waits = file.dossier.state == WAITING
            advice = _("Xem lại rồi ghi lần nữa.") if waits else _("Bỏ chọn người này để ghi tiếp.")
            add_error(form[f"chosen_{ref}"], f"{changed(file, stale)} {advice}")
            form[f"seen_{ref}"].data = str(stale.version)


def changed(file: Any, stale: Stale) -> str:  # noqa: ANN401
    """Say who was faster, what they did and when."""
    last = stale.last
    told = _(
        "Hồ sơ đã thay đổi từ khi mở trang: %(who)s, %(step)s, %(time)s. Nay ở bước “%(state)s”.",
        who=last.who if last else "…",
        step=word(last.step, "step") if last else "…",
        time=moment(last.at) if last else "…",
        state=word(file.dossier.state, "state"),
    )
    return str(told)
