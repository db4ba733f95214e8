"""What each step of an admission writes beside the state: dates, the vote, membership, the card."""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.extensions import db
from app.models import Membership
from app.queries.admission.files import AdmissionFile
from app.queries.rules import rulebook
from app.services.events import By
from app.services.meetings.totals import told
from app.services.returns import hand_up, hand_up_again, send_back, settle
from workflows.admission_facts import Answers
from workflows.calendar import local_day
from workflows.membership import Holding, PersonStatus

Facts = dict[str, Any]


def _plan_meeting(file: AdmissionFile, answers: Answers, _by: By) -> Facts:
    """A new meeting is ahead; what an earlier one decided stays in the history."""
    file.admission.vote_id, file.vote, file.meeting = None, None, None
    file.admission.meeting_planned_on = answers.meeting_on
    return {"meeting_on": _day(answers.meeting_on)}


def _plan_again(file: AdmissionFile, answers: Answers, by: By) -> Facts:
    settle(file)
    file.admission.new_vote_needed = False
    return _plan_meeting(file, answers, by)


def _postpone(file: AdmissionFile, _answers: Answers, _by: By) -> Facts:
    file.admission.meeting_planned_on = None
    return {}


def _vote(file: AdmissionFile, _answers: Answers, _by: By) -> Facts:
    if file.vote is None or file.meeting is None:
        return {}
    file.admission.vote_id = file.vote.id
    return told(file.vote, file.meeting)


def _hand_up_again(file: AdmissionFile, answers: Answers, by: By) -> Facts:
    file.admission.new_vote_needed = False
    return hand_up_again(file, answers, by)


def _send_back(file: AdmissionFile, answers: Answers, by: By) -> Facts:
    file.admission.new_vote_needed = answers.new_vote_needed
    return {**send_back(file, answers, by), "new_vote_needed": answers.new_vote_needed}


def _sign(file: AdmissionFile, answers: Answers, _by: By) -> Facts:
    file.admission.signed_on = answers.signed_on
    facts: Facts = {"signed_on": _day(answers.signed_on)}
    if _local().membership_from == "signing":
        facts |= _become_member(file, answers.signed_on)
    return facts


def _hear_superior(file: AdmissionFile, answers: Answers, _by: By) -> Facts:
    file.admission.superior_opinion = answers.reason
    return {}


def _celebrate(file: AdmissionFile, answers: Answers, _by: By) -> Facts:
    file.admission.ceremony_on = answers.ceremony_on
    facts: Facts = {"ceremony_on": _day(answers.ceremony_on)}
    if _local().membership_from == "ceremony":
        facts |= _become_member(file, answers.ceremony_on)
    return facts


def _issue_card(file: AdmissionFile, answers: Answers, by: By) -> Facts:
    file.person.card = Holding.HAS
    file.person.card_number = answers.card_number.strip()
    file.person.card_issued_on = answers.card_issued_on or local_day(by.now)
    return {"card_number": file.person.card_number, "issued_on": _day(file.person.card_issued_on)}


def _become_member(file: AdmissionFile, since: date | None) -> Facts:
    """Make the person a member of the branch in the same transaction as the decision."""
    person, dossier = file.person, file.dossier
    person.status = PersonStatus.MEMBER
    person.joined_on = since
    person.unit_id = dossier.branch_id
    stay = Membership(
        district_id=dossier.district_id,
        person_id=person.id,
        unit_id=dossier.branch_id,
        from_on=since,
        dossier_id=dossier.id,
    )
    db.session.add(stay)
    return {"member_from": _day(since), "member_of": dossier.branch_id}


def _local() -> Any:  # noqa: ANN401
    return rulebook().named("XII").local


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


WRITES: dict[str, Callable[[AdmissionFile, Answers, By], Facts]] = {
    "call_to_vote": _plan_meeting,
    "repeat_vote": _plan_again,
    "postpone_vote": _postpone,
    "record_vote": _vote,
    "correct_vote": _vote,
    "submit": hand_up,
    "resubmit": _hand_up_again,
    "approve": _sign,
    "adopt_resolution": _sign,
    "send_back": _send_back,
    "consent": _hear_superior,
    "object": _hear_superior,
    "record_ceremony": _celebrate,
    "issue_card": _issue_card,
}
