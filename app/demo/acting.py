"""A branch of the demo at work through a year: each of its acts takes some minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from app.demo.places import Place
from app.services.events import By


@dataclass(slots=True)
class ActingBranch:
    """A branch at work on its sheet of a year, and the moment of its next act."""

    place: Place
    year: int
    now: datetime
    between: ClassVar[timedelta] = timedelta(minutes=3)

    def by(self, place: Place | None = None) -> By:
        """Return who acts next: the secretary, or that of another place."""
        self.now += self.between
        return By((place or self.place).officers[0], self.now)
