"""``flask demo``: the demo district, for trying things out."""

import secrets
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app.demo import DemoRefused, build_demo
from config import Settings


@click.command()
@with_appcontext
def demo() -> None:
    """Build the demo district in an empty database; refused in production.

    All accounts have the password DEMO_PASSWORD, or one that is made up and printed.
    """
    settings: Settings = current_app.config["SETTINGS"]
    password = settings.demo_password or secrets.token_urlsafe(9)
    click.echo("building the demo district: made-up people and a year of their admissions …")
    try:
        built = build_demo(settings, password, datetime.now(UTC))
    except DemoRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(
        f"{built.communes} communes, {built.branches} branches, {built.people} people, "
        f"{built.dossiers} dossiers, {built.accounts} accounts"
    )
    if not settings.demo_password:
        click.echo(f"password of all accounts: {password}")
