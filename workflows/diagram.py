"""The picture of a workflow as Mermaid text, for documents and for ``flask workflow draw``."""

from types import SimpleNamespace

from transitions.extensions import GraphMachine

from workflows.engine import Workflow


def draw(workflow: Workflow) -> str:
    """Return the workflow as a Mermaid state diagram, drawn from the same declarations."""
    model = SimpleNamespace()
    machine = GraphMachine(
        model=model,
        states=[*workflow.states],
        initial=workflow.initial,
        transitions=[
            {"trigger": each.name, "source": [*each.sources], "dest": route.dest}
            for each in workflow.steps
            for route in each.routes
        ],
        auto_transitions=False,
        title=workflow.name,
        graph_engine="mermaid",
    )
    return str(machine.get_combined_graph().draw(None))
