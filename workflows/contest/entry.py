"""A contest entry: branch, round of the commune, endorsement, acceptance by the district."""

from workflows.contest.entry_facts import MENDABLE, EntryFacts, Section
from workflows.engine import Due, Route, State, Workflow, step
from workflows.levels import BRANCH_DESK, GRASSROOTS_DESK, SUPERIOR_DESK
from workflows.requirements import entering

CLAUSE = "contest"

STATES = (
    State("preparing", BRANCH_DESK),
    State("entered", GRASSROOTS_DESK, Due("review_days")),
    State("commune_round", GRASSROOTS_DESK),
    State("returned", BRANCH_DESK, Due("return_days")),
    State("endorsed", SUPERIOR_DESK, Due("review_days")),
    State("accepted"),
    State("not_endorsed"),
    State("not_accepted"),
    State("withdrawn_entry"),
)

COMPLETE = (
    entering.contestant_is_member,
    entering.leads_a_branch,
    entering.contestant_age,
    entering.posts_told,
    entering.achievements_told,
)


def _was_endorsed(facts: EntryFacts) -> bool:
    return facts.is_endorsed


STEPS = (
    # The secretary may enter themselves: it is the commune that decides.
    step(
        "enter_contest",
        "preparing",
        "entered",
        clause=CLAUSE,
        requires=(entering.call_takes_entries, *COMPLETE),
    ),
    step(
        "enter_again",
        "returned",
        (Route("endorsed", _was_endorsed), Route("entered")),
        clause=CLAUSE,
        requires=(*COMPLETE, entering.entry_mended),
    ),
    step(
        "admit_to_round",
        "entered",
        "commune_round",
        clause=CLAUSE,
        requires=(*COMPLETE, entering.rules_have_commune_round, entering.takes_contestants),
        decides=True,
    ),
    step(
        "send_back",
        "entered endorsed",
        "returned",
        clause="return",
        requires=(entering.entry_sections_named,),
        decides=True,
    ),
    step(
        "endorse",
        "entered commune_round",
        "endorsed",
        clause=CLAUSE,
        requires=(
            *COMPLETE,
            entering.commune_round_held,
            entering.went_on,
            entering.endorsement_left,
        ),
        decides=True,
    ),
    step(
        "not_endorse",
        "entered commune_round",
        "not_endorsed",
        clause="return",
        requires=(entering.entry_reason,),
        decides=True,
    ),
    step(
        "accept_entry",
        "endorsed",
        "accepted",
        clause=CLAUSE,
        requires=(*COMPLETE, entering.takes_contestants),
        decides=True,
    ),
    step(
        "decline_entry",
        "endorsed",
        "not_accepted",
        clause="return",
        requires=(entering.entry_reason,),
        decides=True,
    ),
    step(
        "withdraw_entry",
        "preparing entered commune_round returned endorsed",
        "withdrawn_entry",
        clause="return",
        requires=(entering.entry_reason,),
        desk=BRANCH_DESK,
    ),
)

ENTRY = Workflow("contest", "DT", STATES, STEPS)


def open_sections(state: str, returned: frozenset[str]) -> frozenset[Section]:
    """Return the sections that the branch may write in a state: all, or those sent back."""
    if state == "preparing":
        return MENDABLE
    if state == "returned":
        return frozenset(each for each in MENDABLE if each in returned)
    return frozenset()
