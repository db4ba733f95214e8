"""Recommendation of an exemplary member to the Party (domain §3; HD30 §III.2)."""

from workflows.engine import Due, Route, State, Workflow, step
from workflows.levels import BRANCH_DESK, GRASSROOTS_DESK
from workflows.recommendation_facts import RecommendationFacts
from workflows.requirements import decision, exemplary, opinion, party

STATES = (
    State("chosen", BRANCH_DESK),
    State("listing", GRASSROOTS_DESK),
    State("with_party", GRASSROOTS_DESK),
    State("prospect", GRASSROOTS_DESK),
    State("branch_vote", BRANCH_DESK),
    State("ready", BRANCH_DESK),
    State("resolution", GRASSROOTS_DESK, Due("review_days")),
    State("returned", BRANCH_DESK, Due("return_days")),
    State("resolved", GRASSROOTS_DESK),
    State("with_cell", GRASSROOTS_DESK),
    State("cell_accepted", GRASSROOTS_DESK),
    State("probation", GRASSROOTS_DESK),
    State("full_member"),
    State("not_admitted"),
    State("withdrawn"),
    State("left_union"),
    State("moved_away"),
)
OPEN = " ".join(state.name for state in STATES if state.desk)

STANDING = (exemplary.still_a_member, exemplary.in_good_standing)
FILED = (
    *STANDING,
    exemplary.profile_written,
    exemplary.own_wish_written,
    exemplary.essay_received,
    exemplary.branch_commented,
    exemplary.effort_written,
)
READY = (
    *STANDING,
    exemplary.graded_excellent,
    exemplary.of_party_age,
    exemplary.schooled_for_party,
    exemplary.own_wish_written,
    opinion.class_attended,
    opinion.class_still_valid,
    opinion.party_member_assigned,
)
OF_THE_MEETING = (
    opinion.vote_recorded,
    opinion.vote_not_ahead,
    opinion.vote_in_person,
    opinion.members_gave_opinion,
    opinion.counts_agree,
    opinion.quorum_met,
)
# A vote may be corrected until the committee above decides.
CORRECTABLE = {
    "prospect": "ready",
    "ready": "ready",
    "resolution": "resolution",
    "returned": "returned",
}


def _passed(facts: RecommendationFacts) -> bool:
    return opinion.opinion_passed(facts) is None


def _stands(facts: RecommendationFacts) -> bool:
    return _passed(facts) and not facts.new_vote_needed


STEPS = (
    step("complete_file", "chosen", "listing", clause="selection", requires=FILED, hands_up=True),
    step(
        "hand_list",
        "listing",
        "with_party",
        clause="party_list",
        requires=(*FILED, exemplary.union_commented, party.listed_in_time, party.party_named),
        through="party_list",
        produces="exemplary_list",
    ),
    step(
        "recognise",
        "with_party",
        "prospect",
        clause="prospect",
        requires=(*STANDING, party.recognised_in_time, party.recognition_numbered),
    ),
    step("ask_opinion", "prospect", "branch_vote", clause="opinion", requires=READY),
    step("postpone_vote", "branch_vote", "prospect", clause="opinion"),
    step(
        "record_vote",
        "branch_vote",
        (Route("ready", _passed), Route("prospect")),
        clause="opinion",
        requires=(*READY, opinion.met_as_prospect, *OF_THE_MEETING),
        through="meeting",
        produces="minutes",
    ),
    *(
        step(
            "correct_vote",
            source,
            (Route(stays, _passed if stays == source else _stands), Route("prospect")),
            clause="opinion",
            requires=(*OF_THE_MEETING, decision.reason_given),
            desk=BRANCH_DESK,
            through="meeting",
        )
        for source, stays in CORRECTABLE.items()
    ),
    step(
        "submit",
        "ready",
        "resolution",
        clause="opinion",
        requires=(
            *READY,
            *OF_THE_MEETING,
            opinion.opinion_passed,
            exemplary.proposal_written,
            decision.no_new_vote_needed,
        ),
        hands_up=True,
        produces="proposal",
    ),
    step(
        "send_back",
        "listing resolution",
        "returned",
        clause="return",
        requires=(exemplary.sections_named, decision.reason_given),
        decides=True,
    ),
    step(
        "resubmit",
        "returned",
        (Route("listing", lambda facts: facts.listed_on is None), Route("resolution")),
        clause="selection",
        requires=(
            *FILED,
            opinion.opinion_passed,
            exemplary.proposal_written,
            decision.sections_mended,
            decision.no_new_vote_needed,
        ),
        hands_up=True,
    ),
    step(
        "repeat_vote",
        "returned",
        "branch_vote",
        clause="opinion",
        requires=(*READY, decision.new_vote_needed, decision.sections_mended),
    ),
    # A certificate that ran out meanwhile is renewed, and the branch gives its opinion anew.
    step(
        "renew_class",
        "ready resolution returned",
        "prospect",
        clause="party_class",
        requires=(opinion.class_attended, opinion.class_lapsed),
        desk=GRASSROOTS_DESK,
    ),
    step(
        "record_resolution",
        "resolution",
        (Route("resolved", opinion.carried), Route("prospect")),
        clause="resolution_share",
        requires=(
            *READY,
            opinion.opinion_passed,
            party.resolved_in_time,
            opinion.committee_counted,
            opinion.against_explained,
            opinion.member_described,
        ),
        decides=True,
        produces="recommendation",
    ),
    step(
        "hand_to_cell",
        "resolved",
        "with_cell",
        clause="resolution",
        requires=(*STANDING, party.handed_in_time, party.party_named),
        produces="covering_letter",
    ),
    # What the cell sends back is handed over again, or begins anew with the branch's opinion.
    step(
        "cell_returns",
        "with_cell cell_accepted",
        (Route("prospect", lambda facts: facts.answers.new_vote_needed), Route("resolved")),
        clause="resolution",
        requires=(decision.reason_given,),
    ),
    step(
        *("cell_accepts", "with_cell", "cell_accepted"),
        clause="resolution",
        requires=(party.accepted_in_time,),
    ),
    step(
        "admit_to_party",
        "cell_accepted",
        "probation",
        clause="party_admission",
        requires=(party.admitted_in_time,),
    ),
    step(
        "become_full_member",
        "probation",
        "full_member",
        clause="probation",
        requires=(
            party.branch_commented_on_probation,
            party.union_commented_on_probation,
            party.probation_served,
        ),
        produces="probation_comments",
    ),
    step(
        "close_unadmitted",
        OPEN,
        "not_admitted",
        clause="return",
        requires=(decision.reason_given,),
        desk=GRASSROOTS_DESK,
        decides=True,
    ),
    step(
        "withdraw",
        OPEN,
        "withdrawn",
        clause="exemplary",
        requires=(decision.reason_given,),
        desk=BRANCH_DESK,
    ),
    step(
        "close_left",
        OPEN,
        (Route("moved_away", lambda facts: facts.moved_out), Route("left_union")),
        clause="exemplary",
        requires=(exemplary.has_left,),
        desk=GRASSROOTS_DESK,
    ),
)

RECOMMENDATION = Workflow("recommendation", "UT", STATES, STEPS)
