"""``flask audit``: prove that what was recorded is whole, and seal it."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from app.services import audit as audits
from app.services.events import By

audit = AppGroup("audit", help="Prove that what was recorded is whole, and seal it.")


@audit.command()
@click.option("--kept", metavar="HASH", help="Hash of a seal that was kept elsewhere.")
def verify(kept: str | None) -> None:
    """Walk all chains and seals; name the first bad row and leave with 1."""
    report = audits.verify(kept)
    if report.fault:
        raise click.ClickException(str(report.fault))
    click.echo(
        f"unbroken: {report.dossiers} dossiers, "
        f"{report.events} events in {report.chains} chains, {report.seals} seals"
    )
    if report.last_seal:
        click.echo(f"last seal: {report.last_seal}")


@audit.command()
def seal() -> None:
    """Seal what was recorded since the last seal, and print the hash to keep elsewhere."""
    made = audits.seal(by=By(None, datetime.now(UTC)))
    if made is None:
        click.echo("nothing was recorded since the last seal")
    else:
        click.echo(f"sealed {made.chains} chains up to event {made.last_event_id}: {made.hash}")
