"""The way of a sheet of members, and of the rating of a branch: proposed below, confirmed above.

The branch proposes and meets, hands up; the grass-roots union confirms or returns with reasons
(Hướng dẫn 30-HD/TWĐTN-BTC (2023) §III). What is confirmed is frozen: the union alone corrects it,
with a reason, and both versions stay. Where branches merge, what is still with the branch is put
together in the sheet of the merged one, which votes on all of it.
"""

from workflows.engine import State, Workflow, step
from workflows.levels import BRANCH_DESK, GRASSROOTS_DESK
from workflows.requirements import branch_rating as rating
from workflows.requirements import classification as claims

_WRITTEN = (claims.somebody_graded, claims.other_grade_reasoned, claims.former_unit_heard)
_VOTED = (
    claims.classified_in_person,
    claims.met_in_time,
    claims.enough_at_the_meeting,
    claims.each_grade_voted,
    claims.grade_counts_agree,
    claims.grades_passed,
)

# Units that merge take these steps, and nobody at a desk.
MERGER = "merger"

CLASSIFICATION = Workflow(
    "classification",
    "XL",
    states=[
        State("draft", BRANCH_DESK),
        State("voted", BRANCH_DESK),
        State("submitted", GRASSROOTS_DESK),
        State("returned", BRANCH_DESK),
        State("confirmed"),
        State("joined"),
    ],
    steps=[
        # The meeting classifies each member by itself, never online.
        step(
            "hold_meeting",
            "draft returned",
            "voted",
            clause="offline",
            requires=(*_WRITTEN, claims.returns_mended, *_VOTED),
            through="meeting",
        ),
        step("reopen", "voted", "draft", clause="grade_return"),
        step(
            "submit",
            "voted",
            "submitted",
            clause="classification",
            requires=(*_WRITTEN, claims.ceiling_kept, claims.votes_stand),
            hands_up=True,
        ),
        step(
            "send_back",
            "submitted",
            "returned",
            clause="grade_return",
            requires=(claims.return_reasoned,),
            decides=True,
        ),
        # What was returned may need no new vote: a reason, or the comment of the unit before.
        step(
            "resubmit",
            "returned",
            "submitted",
            clause="classification",
            requires=(*_WRITTEN, claims.ceiling_kept, claims.votes_stand, claims.returns_mended),
            hands_up=True,
        ),
        step(
            "confirm",
            "submitted",
            "confirmed",
            clause="classification",
            requires=(claims.ceiling_kept, claims.graded_once),
            decides=True,
        ),
        step("join", "draft voted returned", "joined", clause="grade_merger", through=MERGER),
        step(
            "take_in",
            "voted submitted returned",
            "draft",
            clause="grade_merger",
            desk=BRANCH_DESK,
            through=MERGER,
        ),
    ],
)

BRANCH_RATING = Workflow(
    "branch_rating",
    "XLCĐ",
    states=[
        State("draft", BRANCH_DESK),
        State("submitted", GRASSROOTS_DESK),
        State("returned", BRANCH_DESK),
        State("confirmed"),
        State("joined"),
    ],
    steps=[
        step(
            "submit",
            "draft returned",
            "submitted",
            clause="classification",
            requires=(rating.members_voted, rating.rating_reasoned),
            hands_up=True,
        ),
        step(
            "send_back",
            "submitted",
            "returned",
            clause="grade_return",
            requires=(rating.return_said,),
            decides=True,
        ),
        step(
            "confirm",
            "submitted",
            "confirmed",
            clause="classification",
            requires=(rating.members_confirmed,),
            decides=True,
        ),
        step(
            "join",
            "draft submitted returned",
            "joined",
            clause="grade_merger",
            desk=BRANCH_DESK,
            through=MERGER,
        ),
        step(
            "take_in",
            "submitted returned",
            "draft",
            clause="grade_merger",
            desk=BRANCH_DESK,
            through=MERGER,
        ),
    ],
)
