"""The way of a member's training programme through a year, from registration to its result.

The member registers contents and the branch approves them; the member carries them out, with
evidence; the branch looks at mid-year; the member evaluates, the branch concludes for each (the
plan's "cơ chế đánh giá rõ ràng, cụ thể"; Hướng dẫn 13-HD/TWĐTN-BTC (2018)). What is concluded is
frozen; the yearly classification reads it.
"""

from workflows.engine import State, Workflow, step
from workflows.levels import BRANCH_DESK
from workflows.requirements import programme as claims

_CONTENTS = (claims.enough_contents, claims.required_chosen)

PROGRAMME = Workflow(
    "programme",
    "RL",
    states=[
        State("registered", BRANCH_DESK),
        State("returned", BRANCH_DESK),
        State("approved", BRANCH_DESK),
        State("reviewed", BRANCH_DESK),
        State("self_evaluated", BRANCH_DESK),
        State("concluded"),
    ],
    steps=[
        # By the member or for them; until it is approved it can be changed.
        step(
            "register",
            "registered returned",
            "registered",
            clause="programme",
            requires=_CONTENTS,
        ),
        step(
            "approve",
            "registered",
            "approved",
            clause="programme",
            requires=_CONTENTS,
            decides=True,
        ),
        step(
            "send_back",
            "registered approved",
            "returned",
            clause="programme_return",
            requires=(claims.programme_return_reasoned,),
            decides=True,
        ),
        # The look at mid-year can be written anew until the member has evaluated.
        step(
            "review",
            "approved reviewed",
            "reviewed",
            clause="programme_plan",
            requires=(claims.remark_given,),
        ),
        step(
            "self_evaluate",
            "approved reviewed self_evaluated",
            "self_evaluated",
            clause="programme_plan",
            requires=(claims.each_self_marked,),
        ),
        step(
            "conclude",
            "approved reviewed self_evaluated",
            "concluded",
            clause="programme_result",
            requires=(
                claims.each_content_marked,
                claims.other_result_reasoned,
                claims.silence_reasoned,
            ),
            decides=True,
        ),
    ],
)
# Where a registration was approved and is not over: what is done can be written down.
TRACKED = ("approved", "reviewed", "self_evaluated")
