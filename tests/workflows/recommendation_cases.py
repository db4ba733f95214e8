"""A member for whom every step to the Party is right, where each leads, and what can be wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tests.workflows.cases import BORN, DAY, HELD, RULES, TODAY, vote
from tests.workflows.faults import Fault
from workflows.admission_facts import Schooling
from workflows.calendar import anniversary
from workflows.engine import Case, Refused
from workflows.recommendation import RECOMMENDATION
from workflows.recommendation_facts import (
    CommitteeVote,
    RecommendationAnswers,
    RecommendationFacts,
    Side,
)
from workflows.voting import Ballots

EARLIER = date(2023, 5, 1)
_ANSWERS = RecommendationAnswers(
    reason="Thiếu chữ ký",
    sections=("wish",),
    on=TODAY,
    number="15-QĐ/ĐU",
    to_whom="Đảng ủy xã",
    committee=CommitteeVote(members=9, present=8, in_favour=5, against=2),
    strengths="Gương mẫu",
    weaknesses="Còn rụt rè",
    against_reason="Còn trẻ",
)
_FACTS = RecommendationFacts(
    rules=RULES,
    today=TODAY,
    answers=_ANSWERS,
    birth_date=anniversary(BORN, -2),
    schooling=Schooling.LOWER_SECONDARY,
    title_year=2023,
    wish_on=EARLIER,
    essay_on=EARLIER,
    listed_on=EARLIER,
    prospect_on=EARLIER,
    class_on=EARLIER,
    class_ref="CN 07",
    vote=vote(),
    proposed_on=HELD,
    resolved_on=EARLIER,
    cell_on=EARLIER,
    accepted_on=EARLIER,
    admitted_on=EARLIER,
    commented_on_probation=frozenset(Side),
    opened_on=EARLIER,
)
OPEN = (
    *("chosen", "listing", "with_party", "prospect", "branch_vote", "ready"),
    *("resolution", "returned", "resolved", "with_cell", "cell_accepted", "probation"),
)
FINAL = {"full_member", "not_admitted", "withdrawn", "left_union", "moved_away"}
# Where each step leads from each state; behind the bar, where it leads on other facts.
TABLE = {
    "complete_file": "chosen>listing",
    "hand_list": "listing>with_party",
    "recognise": "with_party>prospect",
    "ask_opinion": "prospect>branch_vote",
    "postpone_vote": "branch_vote>prospect",
    "record_vote": "branch_vote>ready|prospect",
    "correct_vote": "prospect>ready|prospect ready>ready|prospect "
    "resolution>resolution|prospect returned>returned|prospect",
    "submit": "ready>resolution",
    "send_back": "listing>returned resolution>returned",
    "resubmit": "returned>resolution|listing",
    "repeat_vote": "returned>branch_vote",
    "renew_class": "ready>prospect resolution>prospect returned>prospect",
    "record_resolution": "resolution>resolved|prospect",
    "hand_to_cell": "resolved>with_cell",
    "cell_returns": "with_cell>resolved|prospect cell_accepted>resolved|prospect",
    "cell_accepts": "with_cell>cell_accepted",
    "admit_to_party": "cell_accepted>probation",
    "become_full_member": "probation>full_member",
    "close_unadmitted": " ".join(f"{state}>not_admitted" for state in OPEN),
    "withdraw": " ".join(f"{state}>withdrawn" for state in OPEN),
    "close_left": " ".join(f"{state}>left_union|moved_away" for state in OPEN),
}
LEADS = {
    (cell.partition(">")[0], name): cell.partition(">")[2].split("|")
    for name, row in TABLE.items()
    for cell in row.split()
}


def answers(**changes: Any) -> RecommendationAnswers:
    """Return complete answers, changed as named."""
    return replace(_ANSWERS, **changes)


_FIVE_YEARS_AGO = anniversary(TODAY, -5)
# What a step needs that the member for whom everything is right does not have.
SETTING: Mapping[str, Mapping[str, Any]] = {
    "repeat_vote": {"new_vote_needed": True},
    "renew_class": {"class_on": _FIVE_YEARS_AGO},
    "close_left": {"is_member": False},
}
OTHER_WAY: Mapping[str, Mapping[str, Any]] = {
    "record_vote": {"vote": vote(5, 10)},
    "correct_vote": {"vote": vote(5, 10)},
    "resubmit": {"listed_on": None, "vote": None},
    "record_resolution": {"answers": answers(committee=CommitteeVote(9, 9, 4, 5))},
    "cell_returns": {"answers": answers(new_vote_needed=True)},
    "close_left": {"moved_out": True},
}


def facts(**changes: Any) -> RecommendationFacts:
    """Return the facts of a member for whom everything is right, changed as named."""
    return replace(_FACTS, **changes)


def facts_for(step: str, **changes: Any) -> RecommendationFacts:
    """Return facts that open the step, changed as named."""
    return facts(**{**SETTING.get(step, {}), **changes})


def outcome(state: str, step: str, given: RecommendationFacts) -> str | tuple[str, ...]:
    """Return where the step leads, or the codes that close it; a closed one leaves the state."""
    case = Case(state, given)
    try:
        RECOMMENDATION.fire(case, step)
    except Refused as refusal:
        assert case.state == state
        return tuple(reason.code for reason in refusal.unmet)
    return case.state


_FILED = frozenset({"complete_file", "hand_list", "resubmit"})
_READY = frozenset({"ask_opinion", "record_vote", "submit", "repeat_vote", "record_resolution"})
_STANDING = _FILED | _READY | {"recognise", "hand_to_cell"}
_MEETING = frozenset({"record_vote", "correct_vote", "submit"})
_RESULT = frozenset({"submit", "resubmit", "record_resolution"})
_PROPOSED = frozenset({"submit", "resubmit"})
_MENDED = frozenset({"resubmit", "repeat_vote"})
_RESOLVED = frozenset({"record_resolution"})
_REASONED = frozenset({"correct_vote", "send_back", "cell_returns", "close_unadmitted", "withdraw"})
_TOMORROW = TODAY + DAY


def _committee(*numbers: int) -> dict[str, Any]:
    return {"answers": answers(committee=CommitteeVote(*numbers))}


FAULTS = [
    Fault("still_a_member", {"is_member": False}, _STANDING),
    Fault("in_good_standing", {"is_suspended": True}, _STANDING),
    Fault("graded_excellent", {"is_graded_excellent": False}, _READY),
    Fault("of_party_age", {"birth_date": anniversary(HELD, -18) + DAY}, _READY),
    Fault("schooled_for_party", {"schooling": Schooling.PRIMARY}, _READY),
    Fault("schooled_for_party", {"schooling": None}, _READY),
    Fault("profile_written", {"has_profile": False}, _FILED),
    Fault("own_wish_written", {"wish_on": None}, _FILED | _READY),
    Fault("own_wish_written", {"wish_on": _TOMORROW}, _FILED | _READY),
    Fault("own_wish_written", {"wish_on": anniversary(BORN, -2)}, _FILED | _READY),
    Fault("essay_received", {"essay_on": None}, _FILED),
    Fault("essay_received", {"essay_on": anniversary(BORN, -2)}, _FILED),
    Fault("branch_commented", {"has_branch_comment": False}, _FILED),
    Fault("effort_written", {"has_effort": False}, _FILED),
    Fault("union_commented", {"has_union_comment": False}, frozenset({"hand_list"})),
    Fault("class_attended", {"class_ref": " "}, _READY | {"renew_class"}),
    Fault("class_attended", {"class_on": None}, _READY | {"renew_class"}),
    Fault("class_still_valid", {"class_on": _FIVE_YEARS_AGO}, _READY),
    Fault("class_lapsed", {"class_on": _FIVE_YEARS_AGO + DAY}, frozenset({"renew_class"})),
    Fault("party_member_assigned", {"has_party_helper": False}, _READY),
    Fault("vote_recorded", {"vote": None}, _MEETING),
    Fault("vote_in_person", {"vote": vote(online=True)}, _MEETING),
    Fault("members_gave_opinion", {"vote": vote(by_committee=True)}, _MEETING),
    Fault("counts_agree", {"vote": vote(ballots=Ballots(8, 1, 0, 0))}, _MEETING),
    Fault("met_as_prospect", {"prospect_on": HELD + DAY}, frozenset({"record_vote"})),
    Fault("quorum_met", {"vote": vote(entitled=16)}, _MEETING),
    Fault("opinion_passed", {"vote": vote(5, 10)}, _RESULT),
    Fault("proposal_written", {"proposed_on": HELD - DAY}, _PROPOSED),
    Fault("proposal_written", {"proposed_on": None}, _PROPOSED),
    Fault("no_new_vote_needed", {"new_vote_needed": True}, _PROPOSED),
    Fault("new_vote_needed", {"new_vote_needed": False}, frozenset({"repeat_vote"})),
    Fault("sections_mended", {"returned_sections": frozenset({"wish"})}, _MENDED),
    Fault("sections_named", {"answers": answers(sections=())}, frozenset({"send_back"})),
    Fault("sections_named", {"answers": answers(sections=("member",))}, frozenset({"send_back"})),
    Fault("reason_given", {"answers": answers(reason=" \n")}, _REASONED),
    Fault("listed_in_time", {"opened_on": _TOMORROW}, frozenset({"hand_list"})),
    Fault(
        "party_named", {"answers": answers(to_whom=" ")}, frozenset({"hand_list", "hand_to_cell"})
    ),
    Fault("recognised_in_time", {"listed_on": _TOMORROW}, frozenset({"recognise"})),
    Fault("recognition_numbered", {"answers": answers(number="")}, frozenset({"recognise"})),
    Fault("resolved_in_time", {"answers": answers(on=HELD - DAY)}, _RESOLVED),
    Fault("resolved_in_time", {"proposed_on": _TOMORROW}, _RESOLVED),
    Fault("committee_counted", {"answers": answers(committee=None)}, _RESOLVED),
    Fault("committee_counted", _committee(9, 10, 6, 2), _RESOLVED),
    Fault("committee_counted", _committee(9, 7, 6, 2), _RESOLVED),
    Fault("committee_counted", _committee(9, 8, -1, 2), _RESOLVED),
    Fault("committee_counted", _committee(9, 0, 0, 0), _RESOLVED),
    Fault("against_explained", {"answers": answers(against_reason=" ")}, _RESOLVED),
    Fault("member_described", {"answers": answers(weaknesses="")}, _RESOLVED),
    Fault("handed_in_time", {"resolved_on": _TOMORROW}, frozenset({"hand_to_cell"})),
    Fault("accepted_in_time", {"cell_on": _TOMORROW}, frozenset({"cell_accepts"})),
    Fault("admitted_in_time", {"accepted_on": _TOMORROW}, frozenset({"admit_to_party"})),
    Fault(
        "probation_served",
        {"admitted_on": anniversary(TODAY, -1) + DAY},
        frozenset({"become_full_member"}),
    ),
    Fault(
        "branch_commented_on_probation",
        {"commented_on_probation": frozenset({Side.UNION})},
        frozenset({"become_full_member"}),
    ),
    Fault(
        "union_commented_on_probation",
        {"commented_on_probation": frozenset({Side.BRANCH})},
        frozenset({"become_full_member"}),
    ),
    Fault("has_left", {"is_member": True}, frozenset({"close_left"})),
]
# A meeting ahead of today is at fault, and so is every day that is counted from it.
AHEAD = {"vote": vote(held_on=_TOMORROW), "proposed_on": _TOMORROW}
