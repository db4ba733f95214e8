"""What a use case answers when it does nothing; the door turns each into one page."""

from dataclasses import dataclass
from datetime import datetime


class NotFound(Exception):  # noqa: N818  (each name is the answer itself)
    """There is no such thing, or none that this person may know of."""


class Forbidden(Exception):  # noqa: N818
    """The person sees the thing but has no right to do this; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a thing since it was read, what they did and when."""

    who: str
    step: str
    to_state: str | None
    at: datetime


class Stale(Exception):  # noqa: N818
    """The thing changed since the person read it."""

    def __init__(self, last: LastChange | None, version: int) -> None:
        super().__init__("stale")
        self.last, self.version = last, version


class Invalid(Exception):  # noqa: N818
    """Values that a form could not know to be wrong: field name to code with its numbers."""

    def __init__(self, field: str, code: str, **values: object) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code, self.values = field, code, values
