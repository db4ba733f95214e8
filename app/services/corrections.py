"""Correcting the numbers of a recorded vote: with a reason, and both versions on record."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.models import Meeting, MeetingVote
from app.queries.admissions import AdmissionFile, facts_of
from app.queries.rules import rulebook
from app.services.dossiers import Receipt, advance, check_version, file_for
from app.services.events import By, Change, record, seen_before
from app.services.refusals import NotFound
from app.services.use_case import use_case
from workflows.admission import ADMISSION
from workflows.admission_facts import Answers
from workflows.calendar import local_day
from workflows.engine import Refused
from workflows.rules import RuleSet
from workflows.voting import Ballots, Roll, verdict


@use_case
def correct_vote(
    meeting_id: int, ref: str, ballots: Ballots, reason: str, *, by: By, seen: int
) -> Receipt:
    """Correct the numbers of a vote before the commune decides; the old ones stay on record.

    Raises:
        NotFound: no such vote for this person.
        Stale: the dossier changed since it was read.
        NoSuchStep: the commune has decided.
        Refused: the numbers cannot stand, or no reason was given.
    """
    file: Any = file_for(ref, by.actor, lock=True)
    if event := seen_before(by.request_key):
        return Receipt(ref, event.step, event.to_state, event.at, repeated=True)
    check_version(file.dossier, seen)
    old = _current_vote(meeting_id, file.dossier.id)
    ADMISSION.step_from(file.dossier.state, "correct_vote")
    meeting = db.session.get_one(Meeting, meeting_id)
    new = _revision(old, ballots, reason, by)
    file.vote, file.meeting = new, meeting
    rules = rulebook().named(file.dossier.rule_set)
    _check_numbers(file, rules, reason, by)
    _put_in_place(old, new, ballots, rules)
    receipt = advance(file, "correct_vote", Answers(reason=reason), by)
    facts = {"dossier": ref, "revision": new.revision}
    record(meeting, Change("correct", comment=reason, facts=facts), replace(by, request_key=None))
    return receipt


def _current_vote(meeting_id: int, dossier_id: int) -> MeetingVote:
    vote = db.session.scalar(
        select(MeetingVote).where(
            MeetingVote.meeting_id == meeting_id,
            MeetingVote.dossier_id == dossier_id,
            MeetingVote.is_current,
        )
    )
    if vote is None:
        raise NotFound
    return vote


def _revision(old: MeetingVote, ballots: Ballots, reason: str, by: By) -> MeetingVote:
    return MeetingVote(
        meeting_id=old.meeting_id,
        dossier_id=old.dossier_id,
        revision=old.revision + 1,
        is_current=True,
        entitled=old.entitled,
        present=old.present,
        in_favour=ballots.in_favour,
        against=ballots.against,
        blank=ballots.blank,
        spoiled=ballots.spoiled,
        clause=old.clause,
        reason=reason,
        recorded_at=by.now,
        recorded_by_id=by.actor.account_id if by.actor else None,
    )


def _check_numbers(file: AdmissionFile, rules: RuleSet, reason: str, by: By) -> None:
    step = ADMISSION.step_from(file.dossier.state, "correct_vote")
    facts = facts_of(file, rules, local_day(by.now), Answers(reason=reason))
    if unmet := step.unmet(facts):
        raise Refused(unmet)


def _put_in_place(old: MeetingVote, new: MeetingVote, ballots: Ballots, rules: RuleSet) -> None:
    result = verdict(Roll(new.entitled, new.present), ballots, rules.majority)
    new.needed, new.passed = result.needed, result.passed
    old.is_current = False
    db.session.flush()
    db.session.add(new)
    db.session.flush()
