"""``flask workflow``: prove that the workflows are whole, and draw them."""

import click
from flask.cli import AppGroup

from workflows.checks import check as prove
from workflows.diagram import draw as picture
from workflows.registry import PROCESSES

workflow = AppGroup("workflow", help="Prove that the workflows are whole, and draw them.")


@workflow.command()
def check() -> None:
    """Say of each workflow that it is whole, or name what is wrong and leave with 1."""
    for each in PROCESSES.values():
        try:
            prove(each)
        except ValueError as faults:
            raise click.ClickException(str(faults)) from None
        click.echo(f"{each.name}: whole, {len(each.states)} states, {len(each.steps)} steps")


@workflow.command()
@click.argument("name", type=click.Choice(sorted(PROCESSES)))
def draw(name: str) -> None:
    """Print a workflow as a Mermaid state diagram."""
    click.echo(picture(PROCESSES[name]))
