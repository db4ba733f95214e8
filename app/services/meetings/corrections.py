"""Correcting the numbers of a recorded vote: with a reason, and both versions on record."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app import policies
from app.actors import Actor
from app.extensions import db
from app.models import Meeting, MeetingVote
from app.policies import Right
from app.queries.admission.meetings import voted_in
from app.queries.rules import rulebook
from app.services.areas import AREAS
from app.services.dossiers import Receipt, advance, file_for
from app.services.events import By, Change, record, seen_before
from app.services.refusals import Forbidden, NotFound
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.engine import NoSuchStep, Refused
from workflows.registry import BRANCH_VOTES
from workflows.voting import Ballots, Roll, verdict

STEP = "correct_vote"


def vote_to_correct(file: Any, meeting_id: int, actor: Actor | None) -> MeetingVote:  # noqa: ANN401
    """Return the vote of a meeting that the dossier stands on, for who may correct it.

    Raises:
        NotFound: the meeting did not vote on this dossier.
        Forbidden: the meeting is not theirs.
        NoSuchStep: the commune has decided, or a later vote has taken its place.
    """
    dossier, vote = file.dossier, getattr(file, "vote", None)
    stands: MeetingVote | None = vote if vote and vote.meeting_id == meeting_id else None
    if stands is None and not voted_in(meeting_id, dossier.id):
        raise NotFound
    if actor is None or not policies.may(actor, Right.MEET, dossier.branch_id, file.branch.path):
        raise Forbidden("not_your_desk")
    AREAS[dossier.workflow].workflow.step_from(dossier.state, STEP)
    if stands is None:
        raise NoSuchStep(dossier.state, STEP)
    return stands


@use_case
def correct_vote(
    meeting_id: int, ref: str, ballots: Ballots, reason: str, *, by: By, seen: int
) -> Receipt:
    """Correct the numbers of a vote before the commune decides; the old ones stay on record.

    Raises:
        NotFound: no such vote for this person.
        Forbidden: it is not theirs to correct.
        Stale: the dossier changed since it was read.
        NoSuchStep: the commune has decided, or a later vote has taken its place.
        Refused: the numbers cannot stand, or no reason was given.
    """
    file: Any = file_for(ref, by.actor, lock=True)
    if event := seen_before(by.request_key):
        return Receipt(ref, event.step, event.to_state, event.at, repeated=True)
    check_version(file.dossier, seen)
    old = vote_to_correct(file, meeting_id, by.actor)
    meeting = _minutes(meeting_id)
    new = _revision(old, ballots, reason, by)
    _put_in_place(file, old, new, by)
    answers = replace(AREAS[file.dossier.workflow].no_answers, reason=reason)
    receipt = advance(file, STEP, answers, by)
    facts = {"dossier": ref, "revision": new.revision}
    record(meeting, Change("correct", comment=reason, facts=facts), replace(by, request_key=None))
    return receipt


def _minutes(meeting_id: int) -> Meeting:
    """Take the meeting first: two votes of one meeting may be corrected at the same moment.

    The new revision holds on to its meeting by its key; two that both hold it and then want to
    write to it would wait for each other for ever.
    """
    query = select(Meeting).where(Meeting.id == meeting_id).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


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


def _put_in_place(file: Any, old: MeetingVote, new: MeetingVote, by: By) -> None:  # noqa: ANN401
    """Let the new numbers stand for the dossier, once the rules have looked at them."""
    area, rules = AREAS[file.dossier.workflow], rulebook().named(file.dossier.rule_set)
    file.vote, answers = new, replace(area.no_answers, reason=new.reason)
    step = area.workflow.step_from(file.dossier.state, STEP)
    facts = area.facts(file, rules, by.now, answers)
    if unmet := step.unmet(facts):
        raise Refused(unmet)
    ballots = Ballots(new.in_favour, new.against, new.blank, new.spoiled)
    share = BRANCH_VOTES[file.dossier.workflow].share(rules)
    result = verdict(Roll(new.entitled, new.present), ballots, share)
    new.needed, new.passed = result.needed, result.passed
    old.is_current = False
    db.session.flush()
    db.session.add(new)
    db.session.flush()
