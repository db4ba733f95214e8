"""The proof that a workflow is whole: nothing unknown, nobody missing, no way without an end."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflows.engine import Workflow


def check(workflow: "Workflow") -> None:
    """Prove that the workflow is whole.

    Every state named exists and can be reached, every open one leads to an end, every step has
    an actor and a clause, no desk is without posts, and no step is declared twice for a state.

    Raises:
        ValueError: with every fault, one a line.
    """
    faults = [*_unknown_states(workflow), *_twice(workflow), *_nobody(workflow)]
    if not faults:
        faults = [*_unreachable(workflow), *_dead_ends(workflow)]
    if faults:
        raise ValueError("\n".join(f"{workflow.name}: {fault}" for fault in faults))


def _unknown_states(workflow: "Workflow") -> list[str]:
    named = {s for e in workflow.steps for s in (*e.sources, *(r.dest for r in e.routes))}
    return [f"unknown state {name!r}" for name in sorted(named - workflow.states.keys())]


def _twice(workflow: "Workflow") -> list[str]:
    seen = [(e.name, source) for e in workflow.steps for source in e.sources]
    twice = sorted({pair for pair in seen if seen.count(pair) > 1})
    return [f"step {name!r} stands twice in {source!r}" for name, source in twice]


def _nobody(workflow: "Workflow") -> list[str]:
    desks = [(s.name, s.desk) for s in workflow.states.values() if s.desk]
    desks += [(e.name, e.desk) for e in workflow.steps if e.desk]
    return [f"nobody can hold the desk of {name!r}" for name, desk in desks if not desk.posts] + [
        f"step {e.name!r} has no clause" for e in workflow.steps if not e.clause
    ]


def _targets(workflow: "Workflow", state: str) -> set[str]:
    return {route.dest for each in workflow.steps_from(state) for route in each.routes}


def _unreachable(workflow: "Workflow") -> list[str]:
    reached, border = {workflow.initial}, [workflow.initial]
    while border:
        fresh = _targets(workflow, border.pop()) - reached
        reached |= fresh
        border += fresh
    return [f"state {name!r} cannot be reached" for name in workflow.states if name not in reached]


def _dead_ends(workflow: "Workflow") -> list[str]:
    leads = {name for name, state in workflow.states.items() if state.is_final}
    while fresh := {n for n in workflow.states if n not in leads and _targets(workflow, n) & leads}:
        leads |= fresh
    stuck = [f"state {name!r} leads to no end" for name in workflow.states if name not in leads]
    left = [n for n, s in workflow.states.items() if s.is_final and workflow.steps_from(n)]
    return stuck + [f"final state {name!r} is left by a step" for name in left]
