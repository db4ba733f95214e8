"""Admission of a member: from nomination to the card (domain §2; HD 20-HD/TWĐTN-BTC (2023) §1)."""

from collections.abc import Iterable

from workflows.admission_facts import EDITABLE, AdmissionFacts, Section
from workflows.engine import Due, Route, State, Workflow, step
from workflows.levels import BRANCH_DESK, CARD_DESK, GRASSROOTS_DESK, SUPERIOR_DESK
from workflows.requirements import decision, introducer, meeting, papers, person, study

STATES = (
    State("nomination", BRANCH_DESK),
    State("education", BRANCH_DESK),
    State("branch_vote", BRANCH_DESK),
    State("ready", BRANCH_DESK),
    State("commune_review", GRASSROOTS_DESK, Due("review_days")),
    State("returned", BRANCH_DESK, Due("return_days")),
    State("superior_review", SUPERIOR_DESK, Due("review_days")),
    State("ceremony", BRANCH_DESK, Due("ceremony_months", since="signed_on")),
    State("card_issue", CARD_DESK, Due("card_months", since="signed_on")),
    State("admitted"),
    State("refused"),
    State("withdrawn"),
    State("lapsed"),
)

BEFORE_THE_VOTE = (
    person.identity_complete,
    person.not_yet_member,
    person.old_enough,
    person.not_too_old,
    person.schooled,
    person.expulsion_is_over,
    papers.application_written,
    papers.background_declared,
    introducer.introduced,
    introducer.introducer_is_member,
    introducer.three_months_together,
    study.study_finished,
    papers.party_consulted,
)
OF_THE_MEETING = (
    meeting.vote_recorded,
    meeting.vote_not_ahead,
    meeting.vote_in_person,
    meeting.committee_may_vote,
    meeting.counts_agree,
    meeting.quorum_met,
)
TO_BE_ADMITTED = (*BEFORE_THE_VOTE, *OF_THE_MEETING, meeting.vote_passed)

UNDECIDED = "nomination education branch_vote ready returned commune_review superior_review"
# A vote may be corrected until the commune decides; where the verdict stands, so does the dossier.
CORRECTABLE = {
    "education": "ready",
    "ready": "ready",
    "commune_review": "commune_review",
    "returned": "returned",
    "superior_review": "superior_review",
}
AT_THE_BRANCH = "nomination education branch_vote ready returned"


def _passed(facts: AdmissionFacts) -> bool:
    return meeting.vote_passed(facts) is None


def _stands(facts: AdmissionFacts) -> bool:
    """Whether the vote leads on: passed, and not found at fault by the commune."""
    return _passed(facts) and not facts.new_vote_needed


def _has_ceremony(facts: AdmissionFacts) -> bool:
    return facts.ceremony_on is not None


def _has_card(facts: AdmissionFacts) -> bool:
    return bool(facts.card_number)


STEPS = (
    step(
        "begin_education",
        "nomination",
        "education",
        clause="plan",
        requires=(papers.source_named, papers.helper_assigned, person.not_yet_member),
    ),
    step(
        "call_to_vote",
        "education",
        "branch_vote",
        clause="vote",
        requires=(*BEFORE_THE_VOTE, meeting.meeting_day_named),
    ),
    step("postpone_vote", "branch_vote", "education", clause="vote"),
    step(
        "record_vote",
        "branch_vote",
        (Route("ready", _passed), Route("education")),
        clause="vote",
        requires=(*BEFORE_THE_VOTE, *OF_THE_MEETING),
        through="meeting",
        produces="minutes",
    ),
    *(
        step(
            "correct_vote",
            source,
            (Route(stays, _passed if stays == source else _stands), Route("education")),
            clause="vote",
            requires=(*OF_THE_MEETING, decision.reason_given),
            desk=BRANCH_DESK,
            through="meeting",
        )
        for source, stays in CORRECTABLE.items()
    ),
    step(
        "submit",
        "ready",
        "commune_review",
        clause="application",
        requires=(
            *TO_BE_ADMITTED,
            papers.proposal_written,
            decision.has_grassroots_union,
            decision.no_new_vote_needed,
        ),
        hands_up=True,
        produces="proposal",
    ),
    step(
        "adopt_resolution",
        "ready",
        "ceremony",
        clause="vote",
        requires=(*TO_BE_ADMITTED, decision.is_grassroots_branch, decision.signed_after_meeting),
        decides=True,
        produces="resolution",
    ),
    step(
        "approve",
        "commune_review",
        "ceremony",
        clause="ratify",
        requires=(*TO_BE_ADMITTED, papers.proposal_written, decision.signed_after_meeting),
        decides=True,
        produces="resolution",
    ),
    step(
        "send_back",
        "commune_review",
        "returned",
        clause="return",
        requires=(decision.sections_named, decision.reason_given),
        decides=True,
    ),
    step(
        "refuse",
        "commune_review",
        "refused",
        clause="return",
        requires=(decision.reason_given,),
        decides=True,
    ),
    step(
        "ask_superior",
        "commune_review",
        "superior_review",
        clause="consult",
        requires=(decision.reason_given,),
        decides=True,
    ),
    step("consent", "superior_review", "commune_review", clause="consult", decides=True),
    step(
        "object",
        "superior_review",
        "commune_review",
        clause="consult",
        requires=(decision.reason_given,),
        decides=True,
    ),
    step(
        "resubmit",
        "returned",
        "commune_review",
        clause="application",
        requires=(
            *TO_BE_ADMITTED,
            papers.proposal_written,
            decision.sections_mended,
            decision.no_new_vote_needed,
        ),
        hands_up=True,
    ),
    step(
        "repeat_vote",
        "returned",
        "branch_vote",
        clause="vote",
        requires=(
            *BEFORE_THE_VOTE,
            decision.new_vote_needed,
            decision.sections_mended,
            meeting.meeting_day_named,
        ),
    ),
    step(
        "record_ceremony",
        "ceremony",
        (Route("admitted", _has_card), Route("card_issue")),
        clause="ceremony",
        requires=(decision.ceremony_after_signing,),
    ),
    step(
        "issue_card",
        "ceremony card_issue",
        (Route("admitted", _has_ceremony), Route("ceremony")),
        clause="card",
        requires=(decision.no_card_yet, decision.card_numbered),
        desk=CARD_DESK,
        produces="card_list",
    ),
    step(
        "withdraw",
        UNDECIDED,
        "withdrawn",
        clause="return",
        requires=(decision.reason_given,),
        desk=BRANCH_DESK,
    ),
    step(
        "lapse",
        AT_THE_BRANCH,
        "lapsed",
        clause="lapse",
        requires=(decision.past_age_or_idle, decision.reason_given),
        desk=GRASSROOTS_DESK,
    ),
)

ADMISSION = Workflow("admission", "KN", STATES, STEPS)


def open_sections(state: str, returned: Iterable[str]) -> frozenset[str]:
    """Return the sections the branch may write in a state; after a return only those named."""
    if state in {"nomination", "education"}:
        return frozenset(EDITABLE) - {Section.PROPOSAL}
    if state == "ready":
        return frozenset({Section.PROPOSAL})
    return frozenset(returned) & frozenset(EDITABLE) if state == "returned" else frozenset()
