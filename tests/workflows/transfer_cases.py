"""A member for whom every kind of move is right, where each step leads, and what can be wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tests.workflows.cases import DAY, RULES, TODAY
from tests.workflows.faults import Fault
from workflows.engine import Case, Refused
from workflows.transfer import TRANSFER
from workflows.transfer_facts import Kind, TransferAnswers, TransferFacts

MOVED = date(2024, 5, 6)
SINCE = date(2022, 3, 26)
RECEIVED = date(2024, 5, 18)
_ANSWERS = TransferAnswers(reason="Không có nhà ở đây", to_branch_id=7, received_on=RECEIVED)
_FACTS = TransferFacts(
    rules=RULES,
    today=TODAY,
    answers=_ANSWERS,
    kind=Kind.BETWEEN,
    in_unit_since=SINCE,
    outside_unit="Đoàn phường 1",
    dues_paid_until=date(2024, 5, 1),
    moved_on=MOVED,
)
# What differs with the kind, beside the kind itself.
OF_KIND: Mapping[Kind, Mapping[str, Any]] = {
    Kind.WITHIN: {"outside_unit": ""},
    Kind.BETWEEN: {"outside_unit": ""},
    Kind.OUT: {"has_destination": False},
    Kind.IN: {
        "has_destination": False,
        "is_member": False,
        "in_unit_since": None,
        "has_comment": False,
        "dues_paid_until": None,
    },
}
# Where each step leads from each state; behind a name and colon, where it leads for that kind.
TABLE = {
    "ask_to_move": "prepared>introduced declined>introduced",
    "introduce": "introduced>arrived|within:assigned|out:gone",
    "decline_introduction": "introduced>declined",
    "assign_branch": "arrived>assigned",
    "decline_arrival": "arrived>declined|in:turned_away assigned>declined|in:arrived",
    "receive": "assigned>received",
    "cancel": "prepared>cancelled introduced>cancelled declined>cancelled",
}


def _ends(written: str) -> dict[Kind, str]:
    usual, *others = written.split("|")
    named = {Kind(kind): end for kind, _, end in (each.partition(":") for each in others)}
    return {kind: named.get(kind, usual) for kind in Kind}


LEADS: dict[tuple[str, str], dict[Kind, str]] = {
    (cell.partition(">")[0], name): _ends(cell.partition(">")[2])
    for name, row in TABLE.items()
    for cell in row.split()
}
FINAL = {"received", "gone", "turned_away", "cancelled"}


def answers(**changes: Any) -> TransferAnswers:
    """Return complete answers, changed as named."""
    return replace(_ANSWERS, **changes)


def facts(kind: Kind = Kind.BETWEEN, **changes: Any) -> TransferFacts:
    """Return the facts of a move for which everything is right, changed as named."""
    return replace(_FACTS, kind=kind, **{**OF_KIND[kind], **changes})


def outcome(state: str, step: str, given: TransferFacts) -> str | tuple[str, ...]:
    """Return where the step leads, or the codes that close it; a closed one leaves the state."""
    case = Case(state, given)
    try:
        TRANSFER.fire(case, step)
    except Refused as refusal:
        assert case.state == state
        return tuple(reason.code for reason in refusal.unmet)
    return case.state


_TO_GO = frozenset({"ask_to_move", "introduce"})
_REASONED = frozenset({"decline_introduction", "decline_arrival", "cancel"})
_AWAY = {"temporary": True, "from_on": MOVED, "until_on": date(2024, 8, 6)}
FAULTS = [
    Fault("still_a_member", {"is_member": False}, _TO_GO | {"receive"}),
    Fault("not_suspended", {"is_suspended": True}, _TO_GO | {"receive"}),
    Fault("destination_named", {"has_destination": False}, _TO_GO),
    Fault("comment_written", {"has_comment": False}, _TO_GO),
    Fault("dues_collected", {"dues_paid_until": None}, _TO_GO),
    Fault("dues_collected", {"dues_paid_until": date(2024, 4, 30)}, _TO_GO),
    Fault("days_of_absence", {**_AWAY, "until_on": date(2024, 8, 7)}, _TO_GO),
    Fault("days_of_absence", {**_AWAY, "until_on": None}, _TO_GO),
    Fault("receiving_branch_named", {"branch_is_of_commune": False}, frozenset({"assign_branch"})),
    Fault(
        "receiving_branch_named",
        {"answers": answers(to_branch_id=None)},
        frozenset({"assign_branch"}),
    ),
    Fault("received_in_time", {"answers": answers(received_on=None)}, frozenset({"receive"})),
    Fault(
        "received_in_time", {"answers": answers(received_on=MOVED - DAY)}, frozenset({"receive"})
    ),
    Fault(
        "received_in_time", {"answers": answers(received_on=TODAY + DAY)}, frozenset({"receive"})
    ),
    Fault("received_in_time", {"in_unit_since": RECEIVED}, frozenset({"receive"})),
    Fault("received_in_time", {**_AWAY, "from_on": RECEIVED + DAY}, frozenset({"receive"})),
    Fault("reason_told", {"answers": answers(reason=" \n")}, _REASONED),
]
FAULTS_OF_KIND = {
    Kind.OUT: [Fault("destination_named", {"outside_unit": " "}, _TO_GO)],
    Kind.IN: [
        Fault("not_ours_already", {"is_member": True}, frozenset({"receive"})),
        Fault("destination_named", {"outside_unit": ""}, _TO_GO),
    ],
}
