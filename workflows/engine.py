"""The workflow language: states, steps and requirements over one shared machine per workflow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from transitions import Machine

from workflows.checks import check
from workflows.levels import Desk

Values = Mapping[str, object]
# What a claim answers when there is nothing to judge yet: another claim says what is missing.
NOT_YET: Values = MappingProxyType({})


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

    ``test`` is pure: it gets the facts and returns ``None`` where the claim holds, ``NOT_YET``
    where there is nothing to judge, else the values that its sentence names. ``of_answer``
    marks claims about what the actor types with the step; a checklist leaves those out.
    """

    code: str
    section: str
    clause: str
    test: Callable[[Any], Values | None]
    of_answer: bool = False

    def __call__(self, facts: Any) -> Unmet | None:  # noqa: ANN401  (each workflow has its own facts)
        """Return what is missing, or ``None``."""
        values = self.test(facts)
        if values is None or values is NOT_YET:
            return None
        return Unmet(self.code, self.section, self.clause, values)

    def concerns(self, facts: Any) -> bool:  # noqa: ANN401
        """Whether a checklist shows the claim: it is about the dossier, and can be judged."""
        return not self.of_answer and self.test(facts) is not NOT_YET


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

    def checklist(self, facts: Any) -> list[tuple[Requirement, Unmet | None]]:  # noqa: ANN401
        """List the claims that the dossier's page shows, each with what is missing or ``None``."""
        shown = [claim for claim in self.requires if claim.concerns(facts)]
        return [(claim, claim(facts)) for claim in shown]


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
            # Plain strings: of an enum the library would take the member's name.
            states=[str(name) for name in self.states],
            initial=str(self.initial),
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
