"""Every change is an event: who, in which post, did what; each hashed onto the one before."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row, select

from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import Event
from app.models.events import Chained

HASHED = (
    *("district_id", "subject", "subject_id", "sequence", "at", "actor_id", "actor_name"),
    *("post", "unit_id", "on_behalf_of", "step", "from_state", "to_state", "comment", "facts"),
    "request_key",
)
# From here on a float has no digits behind its point, and Python writes it with an exponent.
WHOLE_FROM = 1e16


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, when, in which post, and the key of the request that asks for it."""

    actor: Actor | None
    now: datetime
    post: HeldPost | None = None
    request_key: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a subject: the step, the states, the words and the facts that go with it."""

    step: str
    from_state: str | None = None
    to_state: str | None = None
    comment: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def record(subject: Chained, change: Change, by: By) -> Event:
    """Append an event to the chain of its subject; the subject must have its id.

    Raises:
        TypeError, ValueError: the facts are nothing that JSON can say.
    """
    row: Any = subject
    row.version += 1
    event = Event(
        district_id=getattr(row, "district_id", None),
        subject=row.__tablename__,
        subject_id=row.id,
        sequence=row.version,
        previous=row.chain_head,
        **_written(change),
        **_signed(by),
    )
    event.hash = digest(event)
    row.chain_head = event.hash
    db.session.add(event)
    return event


def _written(change: Change) -> dict[str, Any]:
    return {
        "step": change.step,
        "from_state": change.from_state,
        "to_state": change.to_state,
        "comment": legible(change.comment),
        "facts": _as_stored(change.facts),
    }


def _signed(by: By) -> dict[str, Any]:
    return {
        "at": by.now.astimezone(UTC),
        "actor_id": by.actor.account_id if by.actor else None,
        "actor_name": by.actor.name if by.actor else "",
        "post": by.post.post.value if by.post else None,
        "on_behalf_of": by.post.on_behalf_of if by.post else "",
        "unit_id": by.post.unit_id if by.post else None,
        "request_key": legible(by.request_key) if by.request_key else None,
    }


def found(subject: Chained, change: Change, by: By) -> Event:
    """Add a new subject and record how it came to be."""
    row: Any = subject
    row.version, row.chain_head = 0, ""
    db.session.add(row)
    db.session.flush()
    return record(row, change, by)


def digest(event: Event | Row[Any] | SimpleNamespace) -> str:
    """Return the hash of an event as the chain keeps it: SHA-256 over all columns but the id."""
    values: dict[str, Any] = {name: getattr(event, name) for name in HASHED}
    values["at"] = values["at"].astimezone(UTC).isoformat()
    return hash_of([event.previous, values])


def hash_of(value: object) -> str:
    """Return the SHA-256 of a JSON value, whatever the order of its keys."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return hashlib.sha256(written.encode()).hexdigest()


def legible(text: str) -> str:
    """Put U+FFFD where PostgreSQL keeps no character: at NUL and at halves of surrogate pairs."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "\ufffd")


def _as_stored(value: Any) -> Any:  # noqa: ANN401
    """Return facts as JSONB gives them back, so that they are hashed as they will be read."""
    match value:
        case str():
            return legible(value)
        case float():
            return int(value) if WHOLE_FROM <= abs(value) < math.inf else value + 0.0  # no -0.0
        case dict():
            return {legible(str(key)): _as_stored(each) for key, each in value.items()}
        case list() | tuple():
            return [_as_stored(each) for each in value]
    return value


def seen_before(request_key: str | None) -> Event | None:
    """Return the event of a request that was already done, so that it is done once."""
    if not request_key:
        return None
    return db.session.scalar(select(Event).where(Event.request_key == legible(request_key)))


def first_events(
    table: str, district_id: int, changes: Mapping[int, Change], by: By
) -> list[dict[str, Any]]:
    """Make the first events of many new subjects, by their ids, as rows to insert at once.

    Each subject's own row takes version 1, and the hash of its event as ``chain_head``.
    """
    first = {"district_id": district_id, "subject": table, "sequence": 1, "previous": ""}
    alike = first | _signed(by)
    rows = (alike | {"subject_id": each} | _written(change) for each, change in changes.items())
    return [row | {"hash": digest(SimpleNamespace(**row))} for row in rows]
