"""The append-only record of every change: one hash chain per subject, sealed from time to time."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.extensions import Model


class Chained:
    """A row whose changes are events: ``version`` counts them, ``chain_head`` is the last hash."""

    version: Mapped[int] = mapped_column(default=0)
    chain_head: Mapped[str] = mapped_column(default="")

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let every UPDATE name the version it was made for: a second writer finds none."""
        return {"version_id_col": cls.version, "version_id_generator": False}


class Event(Model):
    """One change: who, acting in which post, did what to which subject, and what became of it.

    The database refuses UPDATE, DELETE and TRUNCATE on this table (see the migration).
    """

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "sequence"),
        Index(
            "uq_events_request_key",
            "request_key",
            unique=True,
            postgresql_where=text("request_key IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int | None]
    subject: Mapped[str]
    subject_id: Mapped[int]
    sequence: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    actor_name: Mapped[str]
    post: Mapped[str | None]
    on_behalf_of: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    step: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    comment: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    request_key: Mapped[str | None]
    previous: Mapped[str]
    hash: Mapped[str]


class Seal(Model):
    """A root over the heads of the chains that grew since the seal before, chained to it."""

    __tablename__ = "seals"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    last_event_id: Mapped[int]
    chains: Mapped[int]
    root: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]
