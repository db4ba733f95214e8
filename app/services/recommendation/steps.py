"""What each step of a recommendation writes beside the state: days, numbers, what was decided.

What is said of somebody's conduct stays in its encrypted column; events keep the numbers.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.queries.recommendation.files import RecommendationFile
from app.queries.rules import rulebook
from app.services.events import By
from app.services.meetings.totals import told
from app.services.returns import hand_up, hand_up_again, send_back, settle
from workflows.recommendation_facts import CommitteeVote, RecommendationAnswers
from workflows.requirements.opinion import has_carried

Facts = dict[str, Any]
Answers = RecommendationAnswers


def _hand_up_again(file: RecommendationFile, answers: Answers, by: By) -> Facts:
    file.recommendation.new_vote_needed = False
    return hand_up_again(file, answers, by)


def _list(file: RecommendationFile, answers: Answers, _by: By) -> Facts:
    file.recommendation.listed_on = answers.on
    file.recommendation.listed_to = answers.to_whom.strip()
    return {"on": _day(answers.on), "to_whom": answers.to_whom.strip()}


def _recognise(file: RecommendationFile, answers: Answers, _by: By) -> Facts:
    file.recommendation.prospect_on = answers.on
    file.recommendation.prospect_ref = answers.number.strip()
    return {"on": _day(answers.on), "number": answers.number.strip()}


def _ask(file: RecommendationFile, _answers: Answers, _by: By) -> Facts:
    """A new meeting is ahead; what an earlier one decided stays in the history."""
    _forget_vote(file)
    return {}


def _ask_again(file: RecommendationFile, answers: Answers, by: By) -> Facts:
    settle(file)
    file.recommendation.new_vote_needed = False
    return _ask(file, answers, by)


def _forget_vote(file: RecommendationFile) -> None:
    file.recommendation.vote_id, file.vote, file.meeting = None, None, None


def _vote(file: RecommendationFile, _answers: Answers, _by: By) -> Facts:
    if file.vote is None or file.meeting is None:
        return {}
    file.recommendation.vote_id = file.vote.id
    return told(file.vote, file.meeting)


def _send_back(file: RecommendationFile, answers: Answers, by: By) -> Facts:
    file.recommendation.new_vote_needed = answers.new_vote_needed
    return {**send_back(file, answers, by), "new_vote_needed": answers.new_vote_needed}


def _resolve(file: RecommendationFile, answers: Answers, _by: By) -> Facts:
    """Keep the committee's vote; one that does not carry sends the prospect on to be prepared."""
    kept, vote = file.recommendation, answers.committee or CommitteeVote(0, 0, 0, 0)
    kept.resolved_on = answers.on
    kept.committee_members, kept.committee_present = vote.members, vote.present
    kept.committee_for, kept.committee_against = vote.in_favour, vote.against
    kept.against_reason = answers.against_reason.strip() or None
    kept.strengths, kept.weaknesses = answers.strengths.strip(), answers.weaknesses.strip()
    numbers = {
        "on": _day(answers.on),
        "members": vote.members,
        "present": vote.present,
        "in_favour": vote.in_favour,
        "against": vote.against,
    }
    passed = has_carried(vote, rulebook().named(file.dossier.rule_set))
    if not passed:
        _forget_vote(file)
    return {**numbers, "carried": passed}


def _hand_to_cell(file: RecommendationFile, answers: Answers, _by: By) -> Facts:
    file.recommendation.cell_on = answers.on
    file.recommendation.cell = answers.to_whom.strip()
    return {"on": _day(answers.on), "to_whom": answers.to_whom.strip()}


def _come_back(file: RecommendationFile, answers: Answers, _by: By) -> Facts:
    kept = file.recommendation
    kept.cell_on = kept.accepted_on = None
    if answers.new_vote_needed:
        kept.resolved_on = None
        _forget_vote(file)
    return {"again": answers.new_vote_needed}


def _dated(column: str) -> Callable[[RecommendationFile, Answers, By], Facts]:
    def write(file: RecommendationFile, answers: Answers, _by: By) -> Facts:
        setattr(file.recommendation, column, answers.on)
        return {"on": _day(answers.on)}

    return write


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


WRITES: dict[str, Callable[[RecommendationFile, Answers, By], Facts]] = {
    "complete_file": hand_up,
    "hand_list": _list,
    "recognise": _recognise,
    "ask_opinion": _ask,
    "repeat_vote": _ask_again,
    "renew_class": _ask_again,
    "record_vote": _vote,
    "correct_vote": _vote,
    "submit": hand_up,
    "resubmit": _hand_up_again,
    "send_back": _send_back,
    "record_resolution": _resolve,
    "hand_to_cell": _hand_to_cell,
    "cell_returns": _come_back,
    "cell_accepts": _dated("accepted_on"),
    "admit_to_party": _dated("admitted_on"),
    "become_full_member": _dated("full_on"),
}
