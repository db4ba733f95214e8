"""What each step of an entry writes beside the state: places taken, contestants in the rounds."""

from collections.abc import Callable
from typing import Any

from app.queries.contest.entries import EntryFile, Stage
from app.services.entry.numbering import let_in
from app.services.events import By
from app.services.returns import hand_up, hand_up_again, send_back
from workflows.contest.entry_facts import EntryAnswers
from workflows.levels import Level

Facts = dict[str, Any]


def _endorse(file: EntryFile, _answers: EntryAnswers, by: By) -> Facts:
    file.entry.endorsed_at, file.entry.endorsing_unit_id = by.now, file.dossier.commune_id
    return {}


def _to_the_first(level: Level) -> Callable[[EntryFile, EntryAnswers, By], Facts]:
    """Let the contestant into the first round of a level, where the rules have one."""

    def write(file: EntryFile, _answers: EntryAnswers, by: By) -> Facts:
        stages = file.at(level)
        if not stages or stages[0].contestant:
            return {}
        contestant = let_in(stages[0].held, file.dossier, by)
        file.stages = [
            Stage(each.held, contestant) if each is stages[0] else each for each in file.stages
        ]
        return {"round": stages[0].held.id, "piece": contestant.code}

    return write


def _leave(file: EntryFile, answers: EntryAnswers, by: By) -> Facts:
    """Who withdraws competes in no round any more."""
    competing = [each.contestant for each in file.stages if each.contestant]
    for contestant in competing:
        if contestant.out_at is None:
            contestant.out_at, contestant.out_reason = by.now, answers.reason.strip()
    return {}


WRITES: dict[str, Callable[[EntryFile, EntryAnswers, By], Facts]] = {
    "enter_contest": hand_up,
    "enter_again": hand_up_again,
    "send_back": send_back,
    "admit_to_round": _to_the_first(Level.COMMUNE),
    "endorse": _endorse,
    "accept_entry": _to_the_first(Level.DISTRICT),
    "withdraw_entry": _leave,
}
