"""Transfer of a member: branch, commune, receiving commune, receiving branch (domain §6.1)."""

from workflows.engine import Due, Route, State, Workflow, step
from workflows.levels import (
    BRANCH_DESK,
    GRASSROOTS_DESK,
    RECEIVING_BRANCH_DESK,
    RECEIVING_GRASSROOTS_DESK,
)
from workflows.requirements import moving
from workflows.transfer_facts import Kind, Part, TransferFacts

# The file moves within one month (HD30 §II.2.1); each desk sees what is left of it.
IN_TIME = Due("transfer_months", since="moved_on")

STATES = (
    State("prepared", BRANCH_DESK, IN_TIME),
    State("introduced", GRASSROOTS_DESK, IN_TIME),
    State("arrived", RECEIVING_GRASSROOTS_DESK, IN_TIME),
    State("assigned", RECEIVING_BRANCH_DESK, IN_TIME),
    State("declined", BRANCH_DESK, IN_TIME),
    State("received"),
    State("gone"),
    State("turned_away"),
    State("cancelled"),
)

READY_TO_GO = (
    moving.still_a_member,
    moving.not_suspended,
    moving.destination_named,
    moving.days_of_absence,
    moving.comment_written,
    moving.dues_collected,
)


def _leads_out(facts: TransferFacts) -> bool:
    return facts.kind is Kind.OUT


def _stays_in_the_commune(facts: TransferFacts) -> bool:
    return facts.kind is Kind.WITHIN


def _comes_from_outside(facts: TransferFacts) -> bool:
    return facts.kind is Kind.IN


STEPS = (
    step(
        "ask_to_move",
        "prepared declined",
        "introduced",
        clause="transfer",
        requires=READY_TO_GO,
        hands_up=True,
    ),
    step(
        "introduce",
        "introduced",
        (
            Route("gone", _leads_out),
            Route("assigned", _stays_in_the_commune),
            Route("arrived"),
        ),
        clause="transfer",
        requires=READY_TO_GO,
        decides=True,
        produces="introduction",
    ),
    step(
        "decline_introduction",
        "introduced",
        "declined",
        clause="transfer",
        requires=(moving.reason_told,),
        decides=True,
    ),
    step(
        "assign_branch",
        "arrived",
        "assigned",
        clause="transfer",
        requires=(moving.receiving_branch_named,),
    ),
    step(
        "decline_arrival",
        "arrived",
        (Route("turned_away", _comes_from_outside), Route("declined")),
        clause="transfer",
        requires=(moving.reason_told,),
    ),
    # Whom a branch does not take from outside, the commune gives to another branch.
    step(
        "decline_arrival",
        "assigned",
        (Route("arrived", _comes_from_outside), Route("declined")),
        clause="transfer",
        requires=(moving.reason_told,),
    ),
    step(
        "receive",
        "assigned",
        "received",
        clause="transfer",
        requires=(
            moving.received_in_time,
            moving.still_a_member,
            moving.not_ours_already,
            moving.not_suspended,
        ),
        decides=True,
        produces="reception",
    ),
    step(
        "cancel",
        "prepared introduced declined",
        "cancelled",
        clause="transfer",
        requires=(moving.reason_told,),
        desk=BRANCH_DESK,
    ),
)

TRANSFER = Workflow("transfer", "CS", STATES, STEPS)


def open_parts(state: str, kind: Kind) -> frozenset[Part]:
    """Return the parts that the preparing unit may write in a state."""
    if state in {"prepared", "declined"}:
        return frozenset({Part.MOVE, Part.COMMENT})
    if state == "arrived" and kind is Kind.IN:
        return frozenset({Part.MOVE})
    return frozenset()
