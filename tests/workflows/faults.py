"""Every single thing that can be wrong with a candidate, and the steps that it closes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from tests.workflows.cases import DAY, HELD, TODAY, answers, introducer, vote
from workflows.admission_facts import Schooling, Way
from workflows.voting import Ballots

_TO_ASK = frozenset({"call_to_vote", "repeat_vote"})
_OF_THE_RESULT = frozenset({"submit", "adopt_resolution", "approve", "resubmit"})
_OF_THE_VOTE = _OF_THE_RESULT | {"record_vote"}
_OF_ALL = _TO_ASK | _OF_THE_VOTE
_OF_THE_MEETING = _OF_THE_VOTE | {"correct_vote"}
_SIGNED = frozenset({"approve", "adopt_resolution"})
_MENDED = frozenset({"resubmit", "repeat_vote"})
_PROPOSED = frozenset({"submit", "approve", "resubmit"})
_REASONED = frozenset(
    {"send_back", "refuse", "ask_superior", "object", "withdraw", "lapse", "correct_vote"}
)


class Fault(NamedTuple):
    """One thing wrong: the claim that tells so, the change, and the steps it closes."""

    code: str
    changes: Mapping[str, Any]
    closes: frozenset[str]


FAULTS = [
    Fault("source_named", {"source": None}, frozenset({"begin_education"})),
    Fault("helper_assigned", {"has_helper": False}, frozenset({"begin_education"})),
    Fault("not_yet_member", {"is_member": True}, _OF_ALL | {"begin_education"}),
    Fault("identity_complete", {"sex_given": False}, _OF_ALL),
    Fault("old_enough", {"birth_date": date(2009, 5, 12)}, _OF_ALL),
    Fault("not_too_old", {"birth_date": date(1993, 5, 12)}, _OF_ALL),
    Fault("schooled", {"schooling": None}, _OF_ALL),
    Fault("schooled", {"schooling": Schooling.NONE}, _OF_ALL),
    Fault("expulsion_is_over", {"expelled_on": date(2023, 5, 13)}, _OF_ALL),
    Fault("application_written", {"applied_on": None}, _OF_ALL),
    Fault("application_written", {"applied_on": HELD + DAY}, _OF_ALL),
    Fault("background_declared", {"background_on": None}, _OF_ALL),
    Fault("background_declared", {"relative_in_custody": None}, _OF_ALL),
    Fault("introduced", {"introducer": None}, _OF_ALL),
    Fault("introduced", {"introducer": introducer(named=False)}, _OF_ALL),
    Fault("introduced", {"introducer": introducer(introduced_on=None)}, _OF_ALL),
    Fault("introduced", {"introducer": introducer(together_since=None)}, _OF_ALL),
    Fault("introduced", {"introducer": introducer(introduced_on=HELD + DAY)}, _OF_ALL),
    Fault("introducer_is_member", {"introducer": introducer(is_member=False)}, _OF_ALL),
    Fault(
        "three_months_together",
        {"introducer": introducer(together_since=date(2024, 2, 13))},
        _OF_ALL,
    ),
    Fault("study_finished", {"study_passed_on": None}, _OF_ALL),
    Fault("study_finished", {"study_passed_on": HELD + DAY}, _OF_ALL),
    Fault("party_consulted", {"relative_in_custody": True}, _OF_ALL),
    Fault(
        "party_consulted",
        {"relative_in_custody": True, "party_opinion_on": HELD + DAY},
        _OF_ALL,
    ),
    Fault("meeting_day_named", {"answers": answers(meeting_on=None)}, _TO_ASK),
    Fault("vote_in_person", {"vote": vote(online=True)}, _OF_THE_MEETING),
    Fault("committee_may_vote", {"vote": vote(by_committee=True)}, _OF_THE_MEETING),
    Fault("quorum_met", {"vote": vote(7, 7, 12)}, _OF_THE_MEETING),
    Fault("vote_passed", {"vote": vote(5, 10)}, _OF_THE_RESULT),
    Fault("proposal_written", {"proposed_on": None}, _PROPOSED),
    Fault("proposal_written", {"proposed_on": HELD - DAY}, _PROPOSED),
    Fault("has_grassroots_union", {"way": Way.GRASSROOTS_BRANCH}, frozenset({"submit"})),
    Fault("is_grassroots_branch", {"way": Way.BRANCH}, frozenset({"adopt_resolution"})),
    Fault(
        "signed_after_meeting",
        {"answers": answers(signed_on=None)},
        _SIGNED,
    ),
    Fault(
        "signed_after_meeting",
        {"answers": answers(signed_on=HELD - DAY)},
        _SIGNED,
    ),
    Fault(
        "signed_after_meeting",
        {"answers": answers(signed_on=TODAY + DAY)},
        _SIGNED,
    ),
    Fault("reason_given", {"answers": answers(reason=" \n\t")}, _REASONED),
    Fault("sections_named", {"answers": answers(sections=())}, frozenset({"send_back"})),
    Fault(
        "sections_mended",
        {
            "returned_sections": frozenset({"study", "person"}),
            "amended_sections": frozenset({"study"}),
        },
        _MENDED,
    ),
    Fault("no_new_vote_needed", {"new_vote_needed": True}, frozenset({"submit", "resubmit"})),
    Fault("new_vote_needed", {"new_vote_needed": False}, frozenset({"repeat_vote"})),
]
# Here one mistake makes others, so that more than its own claim fails.
ENTANGLED = [
    Fault("identity_complete", {"birth_date": None}, _OF_ALL),
    Fault("vote_recorded", {"vote": None}, _OF_THE_MEETING),
    Fault("vote_not_ahead", {"vote": vote(held_on=TODAY + DAY)}, _OF_THE_MEETING),
    Fault("counts_agree", {"vote": vote(ballots=Ballots(8, 1, 0, 0))}, _OF_THE_MEETING),
    Fault("counts_agree", {"vote": vote(0, 0)}, _OF_THE_MEETING),
    Fault("vote_recorded", {"vote": None, "answers": answers(signed_on=None)}, _OF_THE_MEETING),
]
OF_THE_END = [
    Fault(
        "ceremony_after_signing",
        {"answers": answers(ceremony_on=None)},
        frozenset({"record_ceremony"}),
    ),
    Fault(
        "ceremony_after_signing",
        {"answers": answers(ceremony_on=date(2024, 5, 17))},
        frozenset({"record_ceremony"}),
    ),
    Fault(
        "ceremony_after_signing",
        {"answers": answers(ceremony_on=TODAY + DAY)},
        frozenset({"record_ceremony"}),
    ),
    Fault("card_numbered", {"answers": answers(card_number=" ")}, frozenset({"issue_card"})),
    Fault(
        "card_numbered",
        {"answers": answers(card_issued_on=date(2024, 5, 17))},
        frozenset({"issue_card"}),
    ),
    Fault("no_card_yet", {"card_number": "860245000041"}, frozenset({"issue_card"})),
    Fault("past_age_or_idle", {"last_moved_on": date(2023, 5, 21)}, frozenset({"lapse"})),
    Fault("past_age_or_idle", {"last_moved_on": None}, frozenset({"lapse"})),
]
ALONE = [*FAULTS, *OF_THE_END]
ALL_FAULTS = [*ALONE, *ENTANGLED]
