"""The plots of the demo: which scenes a wave of candidates plays, and how long ago the last was.

A plot names how many waves play it and how many candidates a wave has; ``rest`` is the number of
days since its last scene, from and to. With it a dossier is fresh, or late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from app.demo.admissions import branch_scenes as branch
from app.demo.admissions import union_scenes as union
from app.demo.admissions.waves import Wave

Scene = Callable[[Wave, datetime], None]


@dataclass(frozen=True, slots=True)
class Beat:
    """A scene and the days that pass before it, from and to."""

    scene: Scene
    after: tuple[int, int]


class Where(Enum):
    """In which units the waves of a plot are."""

    COMMUNES = auto()  # in turn, at any branch that is large enough
    MARKET = auto()  # at the branch whose account the start page of the demo names
    SCATTERED = auto()
    WITHOUT_BRANCH = auto()
    GRASSROOTS_BRANCHES = auto()


class Who(Enum):
    """What is special about the candidates of a plot."""

    ANYONE = auto()
    TOO_YOUNG = auto()
    TOO_OLD = auto()
    TWIN = auto()
    RELATIVE_IN_CUSTODY = auto()


@dataclass(frozen=True, slots=True)
class Plot:
    """What becomes of some waves, and when the last scene was."""

    scenes: tuple[Beat, ...]
    rest: tuple[int, int]
    waves: int = 1
    size: int = 1
    where: Where = Where.COMMUNES
    who: Who = Who.ANYONE


def _beats(*pairs: tuple[int, int, Scene]) -> tuple[Beat, ...]:
    return tuple(Beat(scene, (first, last)) for first, last, scene in pairs)


OPEN = _beats((0, 0, branch.open_files))
EDUCATE = (*OPEN, *_beats((1, 3, branch.assign_helpers), (1, 2, branch.begin_education)))
WRITE = _beats(
    (5, 12, branch.write_people),
    (3, 8, branch.write_applications),
    (1, 4, branch.hear_introducers),
)
ALONE = (*EDUCATE, *WRITE, *_beats((4, 9, branch.examine)))
IN_CLASS = (*EDUCATE, *_beats((2, 5, union.teach)))
TAUGHT = (*IN_CLASS, *WRITE, *_beats((4, 9, union.pass_class)))
CALL = _beats((1, 4, branch.call_to_vote))
VOTE = _beats((branch.NOTICE, branch.NOTICE, branch.vote_for))
FAIL = _beats((branch.NOTICE, branch.NOTICE, branch.vote_down))
CORRECT = _beats((1, 1, branch.correct_votes))
HAND_UP = _beats((0, 1, branch.write_proposals), (0, 2, branch.submit))
SIT = _beats((3, 6, union.sit))
CELEBRATE = _beats((6, 14, branch.celebrate))
CARDS = _beats((2, 9, union.issue_cards))
SEND_BACK = _beats((2, 6, union.send_back))
MEND = _beats((3, 8, branch.mend))
RESUBMIT = _beats((0, 1, branch.resubmit))
FAULT_VOTE = _beats((3, 6, union.fault_the_vote))
VOTE_AGAIN = (*_beats((2, 5, branch.call_again)), *VOTE, *HAND_UP)
ASK = _beats((3, 6, union.ask_superior))
CONSENT = _beats((2, 6, union.consent))
OBJECT = _beats((2, 6, union.object_to))
HEAR_PARTY = _beats((3, 8, branch.hear_party))
ADOPT = _beats((0, 2, union.adopt))
WITHDRAW = _beats((3, 20, branch.withdraw))

READY = (*ALONE, *CALL, *VOTE)
SUBMITTED = (*READY, *HAND_UP)
TAUGHT_AND_SUBMITTED = (*TAUGHT, *CALL, *VOTE, *HAND_UP)
APPROVED = (*SUBMITTED, *SIT)
TO_THE_END = (*SIT, *CELEBRATE, *CARDS)
FINISHED = (10, 150)

USUAL = (
    Plot((*TAUGHT_AND_SUBMITTED, *TO_THE_END), FINISHED, waves=11, size=4),
    Plot(OPEN, (1, 12), waves=11),
    Plot((*OPEN, *_beats((1, 3, branch.assign_helpers))), (1, 20), waves=4),
    Plot(OPEN, (2, 30), waves=4, who=Who.TOO_YOUNG),
    Plot(IN_CLASS, (1, 9), waves=4, size=4),
    Plot(ALONE, (1, 25), waves=8),
    Plot((*ALONE, *CALL, *FAIL), (3, 20), waves=4),
    Plot((*ALONE, *CALL), (1, 6), waves=10),
    Plot((*ALONE, *CALL), (9, 15), waves=2),
    Plot(READY, (1, 10), waves=9),
    Plot(TAUGHT_AND_SUBMITTED, (1, 6), waves=4, size=3),
    Plot(SUBMITTED, (1, 6), waves=6),
    Plot(SUBMITTED, (8, 20), waves=11),
    Plot((*SUBMITTED, *SEND_BACK, *MEND, *RESUBMIT), (1, 5), waves=4),
    Plot((*SUBMITTED, *ASK, *CONSENT), (1, 5), waves=2),
    Plot((*SUBMITTED, *ASK, *OBJECT), (1, 5), waves=1),
    Plot((*SUBMITTED, *SEND_BACK), (1, 20), waves=9),
    Plot((*SUBMITTED, *SEND_BACK, *MEND), (1, 10), waves=2),
    Plot((*SUBMITTED, *SEND_BACK), (33, 45), waves=3),
    Plot((*SUBMITTED, *FAULT_VOTE), (2, 9), waves=2),
    Plot((*SUBMITTED, *ASK), (1, 6), waves=5),
    Plot((*SUBMITTED, *ASK), (9, 14), waves=2),
    Plot((*TAUGHT_AND_SUBMITTED, *SIT), (2, 20), waves=4, size=3),
    Plot(APPROVED, (2, 20), waves=4),
    Plot(APPROVED, (36, 55), waves=9),
    Plot((*APPROVED, *CARDS), (1, 12), waves=2, size=2),
    Plot((*APPROVED, *CELEBRATE), (1, 12), waves=9),
    Plot((*APPROVED, *CELEBRATE), (30, 45), waves=7),
    Plot((*SUBMITTED, *_beats((3, 6, union.refuse))), (5, 90), waves=5),
    Plot((*EDUCATE, *WITHDRAW), (5, 90), waves=5),
    Plot((*SUBMITTED, *WITHDRAW), (5, 60), waves=2),
    Plot((*EDUCATE, *_beats((200, 300, union.lapse))), (3, 60), waves=4, who=Who.TOO_OLD),
)
SPECIAL = (
    Plot((*ALONE, *CALL, *FAIL, *CALL, *VOTE, *HAND_UP, *TO_THE_END), FINISHED, waves=2),
    Plot((*READY, *CORRECT, *HAND_UP, *TO_THE_END), FINISHED, waves=2),
    Plot((*READY, *CORRECT, *HAND_UP), (1, 4)),
    Plot((*SUBMITTED, *SEND_BACK, *MEND, *RESUBMIT, *TO_THE_END), FINISHED, waves=2),
    Plot((*SUBMITTED, *FAULT_VOTE, *VOTE_AGAIN, *TO_THE_END), FINISHED),
    Plot((*SUBMITTED, *ASK, *CONSENT, *TO_THE_END), FINISHED),
    Plot((*SUBMITTED, *TO_THE_END), FINISHED, waves=2, who=Who.TWIN),
    Plot(OPEN, (1, 5), waves=2, who=Who.TWIN),
    Plot(
        (*ALONE, *HEAR_PARTY, *CALL, *VOTE, *HAND_UP), (1, 6), waves=2, who=Who.RELATIVE_IN_CUSTODY
    ),
    Plot((*APPROVED, *CARDS, *CELEBRATE), FINISHED, waves=2, size=2),
    Plot((*SUBMITTED, *TO_THE_END), FINISHED, size=2, where=Where.SCATTERED),
    Plot((*ALONE, *CALL), (1, 5), where=Where.SCATTERED),
    Plot((*SUBMITTED, *TO_THE_END), FINISHED, size=2, where=Where.WITHOUT_BRANCH),
    Plot(SUBMITTED, (2, 5), where=Where.WITHOUT_BRANCH),
    Plot(ALONE, (2, 9), where=Where.WITHOUT_BRANCH),
    Plot((*READY, *ADOPT, *CELEBRATE, *CARDS), FINISHED, 3, 2, where=Where.GRASSROOTS_BRANCHES),
    Plot((*READY, *ADOPT, *CELEBRATE), (2, 9), 2, where=Where.GRASSROOTS_BRANCHES),
    Plot(READY, (1, 6), 3, where=Where.GRASSROOTS_BRANCHES),
)
MARKET = tuple(
    Plot(scenes, rest, where=Where.MARKET)
    for scenes, rest in (
        (OPEN, (2, 2)),
        (EDUCATE, (3, 3)),
        (ALONE, (4, 4)),
        ((*ALONE, *CALL), (8, 8)),
        (READY, (2, 2)),
        ((*SUBMITTED, *SEND_BACK), (2, 2)),
        (SUBMITTED, (9, 9)),
        (APPROVED, (40, 40)),
    )
)
PLOTS = (*USUAL, *SPECIAL, *MARKET)
