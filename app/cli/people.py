"""The first unit and its first account, which nobody is there yet to found and invite."""

import re
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app.queries.units.tree import unit_by_id
from app.services.events import By
from app.services.offices import accounts
from app.services.refusals import Invalid
from app.services.units import top_units
from workflows.calendar import local_day
from workflows.levels import Level, Post


@click.command("found-unit")
@click.argument("name")
@click.argument("level", type=click.Choice([Level.PROVINCE.value, Level.DISTRICT.value]))
@with_appcontext
def found_unit(name: str, level: str) -> None:
    """Found the unit at the top, the direct superior of the communes' unions; print its id."""
    try:
        unit_id = top_units.found_top_unit(name, Level(level), by=_by_the_program())
    except Invalid as error:
        raise _told(error) from None
    click.echo(unit_id)


@click.command()
@click.argument("unit")
@click.argument("post", type=click.Choice([each.value for each in Post]))
@click.option("--name", required=True, help="Name of the person.")
@click.option("--username", required=True, help="Name to sign in with.")
@click.option("--email", default="", help="Address of the person.")
@with_appcontext
def invite(*, unit: str, post: str, name: str, username: str, email: str) -> None:
    """Invite someone to a POST of a UNIT (its id, or its path like 1.5.23.).

    Prints the path of the page where they choose their password.
    """
    by = _by_the_program()
    asked = accounts.Invitation(
        unit_id=_unit_id(unit),
        post=Post(post),
        username=username,
        name=name,
        email=email,
        from_on=local_day(by.now),
    )
    try:
        secret = accounts.invite(asked, by=by)
    except Invalid as error:
        raise _told(error) from None
    click.echo(current_app.url_map.bind("").build("auth.accept", {"secret": secret}))


def _by_the_program() -> By:
    return By(None, datetime.now(UTC))


def _told(error: Invalid) -> click.ClickException:
    return click.ClickException(f"{error.field}: {error.code}")


def _unit_id(text: str) -> int:
    last = text.rstrip(".").rpartition(".")[2]
    unit = unit_by_id(int(last)) if re.fullmatch("[0-9]{1,9}", last) else None
    if unit is None or text not in {str(unit.id), unit.path}:
        raise click.BadParameter("there is no such unit", param_hint="UNIT")
    return unit.id
