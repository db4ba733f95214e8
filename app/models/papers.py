"""Papers of a dossier, and files kept between a mistake in a form and its mending."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class StoredFile:
    """Columns of a file in the store: its bytes lie under their SHA-256."""

    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]


class Paper(StoredFile, Model):
    """A file that belongs to a section of a dossier; removing one keeps the row."""

    __tablename__ = "papers"
    __table_args__ = (Index("ix_papers_dossier", "dossier_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    section: Mapped[str]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    uploaded_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class StagedFile(StoredFile, Model):
    """A file received with a form that was refused, waiting for the form to come again."""

    __tablename__ = "staged_files"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    received_at: Mapped[datetime]
