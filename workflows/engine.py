"""The workflow language: states, steps and requirements over one shared machine per workflow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from transitions import Machine

from workflows.levels import Desk

Values = Mapping[str, object]


class NoSuchStep(Exception):  # noqa: N818  (reads as the sentence the user gets)
    """The workflow has no such step from the state the dossier is in."""

    def __init__(self, state: str, step: str) -> None:
        super().__init__(f"no step {step!r} from {state!r}")
        self.state, self.step = state, step


class Refused(Exception):  # noqa: N818
    """Requirements of a step are not met; ``unmet`` lists all of them at once."""

    def __init__(self, unmet: Sequence["Unmet"]) -> None:
        super().__init__(", ".join(reason.code for reason in unmet))
        self.unmet = tuple(unmet)


@dataclass(frozen=True, slots=True)
class Unmet:
    """Why a step is closed: the claim that fails, its section, the numbers and the clause."""

    code: str
    section: str
    clause: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A claim a step makes about the facts.

    ``test`` is pure: it gets the facts and returns ``None`` where the claim holds, else the
    values that its sentence names. ``of_answer`` marks claims about what the actor types with
    the step; a checklist leaves those out.
    """

    code: str
    section: str
    clause: str
    test: Callable[[Any], Values | None]
    of_answer: bool = False

    def __call__(self, facts: Any) -> Unmet | None:  # noqa: ANN401  (each workflow has its own facts)
        """Return what is missing, or ``None``."""
        values = self.test(facts)
        return None if values is None else Unmet(self.code, self.section, self.clause, values)


def requirement(
    code: str, *, section: str, clause: str, of_answer: bool = False
) -> Callable[[Callable[[Any], Values | None]], Requirement]:
    """Turn a pure test into a named requirement with its section and clause."""

    def named(test: Callable[[Any], Values | None]) -> Requirement:
        return Requirement(code, section, clause, test, of_answer)

    return named


@dataclass(frozen=True, slots=True)
class Due:
    """How long a dossier may stay in a state: days since entry, or months since a dated fact.

    ``setting`` names a value of the rule set (``review_days``); ``since`` a date of the facts.
    """

    setting: str
    since: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A place where a dossier lies (with its desk) or a result (without)."""

    name: str
    desk: Desk | None = None
    due: Due | None = None

    @property
    def is_final(self) -> bool:
        """Whether the dossier is closed here."""
        return self.desk is None


@dataclass(frozen=True, slots=True)
class Route:
    """Where a step leads when ``when`` holds; the first route that holds is taken."""

    dest: str
    when: Callable[[Any], bool] = lambda _facts: True


@dataclass(frozen=True, slots=True)
class Step:
    """A verb that leads on: from where, to where, what it requires, and the clause.

    ``desk`` overrides the state's own desk (a branch withdraws what lies at the commune).
    ``decides`` marks decisions: nobody takes one on a dossier that is about them, that they
    created, introduced or handed up. ``through`` names the group act that alone takes the step.
    """

    name: str
    sources: tuple[str, ...]
    routes: tuple[Route, ...]
    clause: str
    requires: tuple[Requirement, ...] = ()
    desk: Desk | None = None
    decides: bool = False
    hands_up: bool = False
    through: str | None = None
    produces: str | None = None

    def unmet(self, facts: Any) -> list[Unmet]:  # noqa: ANN401
        """List every requirement that fails, in the order the file names them."""
        return [reason for claim in self.requires if (reason := claim(facts))]


def step(name: str, sources: str, dest: str | Sequence[Route], **rest: Any) -> Step:  # noqa: ANN401
    """Write a step as a sentence: ``step("submit", "ready", "commune_review", clause=…)``."""
    routes = (Route(dest),) if isinstance(dest, str) else tuple(dest)
    return Step(name, tuple(sources.split()), routes, **rest)


@dataclass(slots=True)
class Case:
    """What a request lends the machine: the state, and the facts the requirements read."""

    state: str
    facts: Any


class Workflow:
    """One process: its states, its steps, and one machine that all threads share."""

    def __init__(
        self, name: str, prefix: str, states: Sequence[State], steps: Sequence[Step]
    ) -> None:
        self.name, self.prefix = name, prefix
        self.states = {state.name: state for state in states}
        self.steps = tuple(steps)
        self.initial = states[0].name
        check(self)
        self._machine = Machine(
            model=None,
            states=[*self.states],
            initial=self.initial,
            transitions=[edge for each in self.steps for edge in _edges(each)],
            auto_transitions=False,
            send_event=True,
            queued=False,
        )

    def steps_from(self, state: str) -> list[Step]:
        """List the steps that the regulation knows from a state, open or closed."""
        return [each for each in self.steps if state in each.sources]

    def step_from(self, state: str, name: str) -> Step:
        """Find a step by name.

        Raises:
            NoSuchStep: the state has no such step.
        """
        for each in self.steps_from(state):
            if each.name == name:
                return each
        raise NoSuchStep(state, name)

    def desk_for(self, each: Step, state: str) -> Desk:
        """Return who takes the step from the state: its own desk, else the state's."""
        desk = each.desk or self.states[state].desk
        if desk is None:
            raise NoSuchStep(state, each.name)
        return desk

    def fire(self, case: Case, name: str) -> None:
        """Move the case along a step.

        Raises:
            NoSuchStep: the state has no such step.
            Refused: requirements are not met; all of them are named.
        """
        each = self.step_from(case.state, name)
        if unmet := each.unmet(case.facts):
            raise Refused(unmet)
        if not self._machine.events[name].trigger(case):
            raise NoSuchStep(case.state, name)


def _edges(each: Step) -> list[dict[str, Any]]:
    return [
        {
            "trigger": each.name,
            "source": list(each.sources),
            "dest": route.dest,
            "conditions": [_condition(route)],
        }
        for route in each.routes
    ]


def _condition(route: Route) -> Callable[[Any], bool]:
    return lambda event: route.when(event.model.facts)


def check(workflow: Workflow) -> None:
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


def _unknown_states(workflow: Workflow) -> list[str]:
    named = {s for e in workflow.steps for s in (*e.sources, *(r.dest for r in e.routes))}
    return [f"unknown state {name!r}" for name in sorted(named - workflow.states.keys())]


def _twice(workflow: Workflow) -> list[str]:
    seen = [(e.name, source) for e in workflow.steps for source in e.sources]
    return [f"step {n!r} stands twice in {s!r}" for n, s in sorted({p for p in seen if seen.count(p) > 1})]


def _nobody(workflow: Workflow) -> list[str]:
    desks = [(s.name, s.desk) for s in workflow.states.values() if s.desk]
    desks += [(e.name, e.desk) for e in workflow.steps if e.desk]
    return [f"nobody can hold the desk of {name!r}" for name, desk in desks if not desk.posts] + [
        f"step {e.name!r} has no clause" for e in workflow.steps if not e.clause
    ]


def _targets(workflow: Workflow, state: str) -> set[str]:
    return {route.dest for each in workflow.steps_from(state) for route in each.routes}


def _unreachable(workflow: Workflow) -> list[str]:
    reached, border = {workflow.initial}, [workflow.initial]
    while border:
        fresh = _targets(workflow, border.pop()) - reached
        reached |= fresh
        border += fresh
    return [f"state {name!r} cannot be reached" for name in workflow.states if name not in reached]


def _dead_ends(workflow: Workflow) -> list[str]:
    leads = {name for name, state in workflow.states.items() if state.is_final}
    while fresh := {n for n in workflow.states if n not in leads and _targets(workflow, n) & leads}:
        leads |= fresh
    stuck = [f"state {name!r} leads to no end" for name in workflow.states if name not in leads]
    left = [n for n, s in workflow.states.items() if s.is_final and workflow.steps_from(n)]
    return stuck + [f"final state {name!r} is left by a step" for name in left]
