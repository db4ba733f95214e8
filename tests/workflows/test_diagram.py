"""The registry finds each workflow, and its picture shows what the workflow declares."""

from tests.workflows.cases import LEADS
from workflows.admission import ADMISSION
from workflows.diagram import draw
from workflows.registry import PREFIXES, WORKFLOWS


def arrows(picture: str) -> set[tuple[str, str, str]]:
    """Read source, destination and step off every arrow of the picture."""
    lines = [line.strip().split(" --> ") for line in picture.splitlines() if ": " in line]
    return {
        (source, ends.split(": ")[0], step)
        for source, ends in lines
        for step in ends.split(": ")[1].split(" | ")
    }


def test_diagram_draws_every_state_and_every_step() -> None:
    picture = draw(ADMISSION)
    assert {name for name in ADMISSION.states if f'state "{name}" as {name}' in picture} == set(
        ADMISSION.states
    )
    assert picture.splitlines()[:2] == ["---", ADMISSION.name]
    assert arrows(picture) == {
        (state, dest, step) for (state, step), ends in LEADS.items() for dest in ends
    }


def test_drawing_leaves_the_workflow_as_it_was() -> None:
    assert draw(ADMISSION) == draw(ADMISSION)


def test_registry_finds_the_admission_by_name_and_prefix() -> None:
    assert (WORKFLOWS["admission"], PREFIXES["KN"]) == (ADMISSION, ADMISSION)
    assert len(PREFIXES) == len(WORKFLOWS)
