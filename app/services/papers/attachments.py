"""Papers on their way into a dossier: received with a form, kept while it is mended, attached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import IO
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, select

from app.actors import Actor
from app.extensions import db
from app.models import Dossier, Paper, StagedFile
from app.services.events import By
from app.services.papers.file_kinds import prove
from app.services.papers.store import keep
from app.services.use_case import use_case
from config import MEGABYTE, Settings

STAGED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Attachments:
    """What a form does to the papers of a section: staged files to add, papers to take away."""

    staged: tuple[UUID, ...] = ()
    removed: tuple[UUID, ...] = ()


@use_case
def stage(stream: IO[bytes], filename: str, *, by: By) -> StagedFile:
    """Receive one file with a form, before the form itself is judged.

    Raises:
        UnfitFile: it is not what we accept; the sentence says why.
    """
    settings: Settings = current_app.config["SETTINGS"]
    proven = prove(stream, filename, max_bytes=settings.paper_max_mb * MEGABYTE)
    keep(settings.papers_dir, proven)
    account_id = _account(by.actor)
    old = StagedFile.received_at < by.now - STAGED_FOR
    db.session.execute(delete(StagedFile).where(StagedFile.account_id == account_id, old))
    row = StagedFile(
        account_id=account_id,
        received_at=by.now,
        filename=proven.filename,
        media_type=proven.media_type,
        size=proven.size,
        sha256=proven.sha256,
    )
    db.session.add(row)
    db.session.flush()
    db.session.refresh(row)
    return row


def _account(actor: Actor | None) -> int:
    if actor is None:
        raise LookupError("only a person hands in files")
    return actor.account_id


def attach(dossier: Dossier, section: str, papers: Attachments, by: By) -> dict[str, list[str]]:
    """Add staged files to a section and take papers away; return names for the event."""
    taken = _take_away(dossier, section, papers.removed, by)
    added = [_add(dossier, section, each, by) for each in _staged(papers.staged, by)]
    changes = {"added": added, "removed": taken}
    return {key: names for key, names in changes.items() if names}


def _staged(wanted: Sequence[UUID], by: By) -> list[StagedFile]:
    if not wanted:
        return []
    own = select(StagedFile).where(
        StagedFile.id.in_(wanted), StagedFile.account_id == _account(by.actor)
    )
    return list(db.session.scalars(own.order_by(StagedFile.received_at)))


def _add(dossier: Dossier, section: str, staged: StagedFile, by: By) -> str:
    paper = Paper(
        dossier_id=dossier.id,
        section=section,
        uploaded_by_id=_account(by.actor),
        uploaded_at=by.now,
        filename=staged.filename,
        media_type=staged.media_type,
        size=staged.size,
        sha256=staged.sha256,
    )
    db.session.add(paper)
    db.session.delete(staged)
    return f"{paper.filename} {paper.sha256}"


def _take_away(dossier: Dossier, section: str, wanted: Sequence[UUID], by: By) -> list[str]:
    """The row stays, and the file; only the list of the section gets shorter."""
    if not wanted:
        return []
    own = select(Paper).where(
        Paper.id.in_(wanted),
        Paper.dossier_id == dossier.id,
        Paper.section == section,
        Paper.removed_at.is_(None),
    )
    papers = list(db.session.scalars(own))
    for paper in papers:
        paper.removed_at = by.now
    return [f"{paper.filename} {paper.sha256}" for paper in papers]
