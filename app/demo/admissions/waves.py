"""Waves of candidates: who goes the way of an admission together, and how a step is taken."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.actors import Actor
from app.demo.people import Casting, Drawn
from app.demo.places import Place
from app.queries.rules import rulebook
from app.services.admission.sections import save_section
from app.services.dossiers import take_step
from app.services.events import By
from app.services.papers.attachments import Attachments
from workflows.admission_facts import Answers, Section
from workflows.calendar import local_day
from workflows.levels import Seat
from workflows.voting import Ballots

BETWEEN_TWO = timedelta(minutes=6)


@dataclass
class Candidate:
    """A nominee of a place with those who help, and the dossier once it is opened."""

    place: Place
    drawn: Drawn
    helper_id: int
    introducer_id: int
    twin_reason: str = ""
    in_custody: bool = False
    ref: str = ""
    version: int = 0
    meeting_id: int = 0
    ballots: Ballots = field(default_factory=lambda: Ballots(0, 0, 0, 0))
    returned: tuple[Section, ...] = ()

    @property
    def preparer(self) -> Actor:
        """Who prepares the dossier: not the secretary where the unit decides itself."""
        officers = self.place.officers
        return officers[-1] if self.place.unit.is_grassroots else officers[0]

    def take(self, step: str, who: Actor, now: datetime, **answers: Any) -> None:  # noqa: ANN401
        """Take a step on the dossier as it stands."""
        take_step(self.ref, step, Answers(**answers), by=By(who, now), seen=self.version)
        self.version += 1

    def write(self, section: Section, now: datetime, **values: Any) -> None:  # noqa: ANN401
        """Write a section of the dossier; the values differ from what is there."""
        by, papers = By(self.preparer, now), Attachments()
        save_section(self.ref, section, values, papers, by=by, seen=self.version)
        self.version += 1


@dataclass
class Wave:
    """Candidates of one grass-roots union who are admitted together."""

    union: Place
    candidates: list[Candidate]
    casting: Casting
    class_id: int = 0

    @property
    def rng(self) -> Random:
        """The one source of chance."""
        return self.casting.rng

    @property
    def superior(self) -> Place:
        """The district above the grass-roots union."""
        return self.union.above or self.union

    def card_issuer(self, now: datetime) -> Place:
        """Who issues cards under the rules of a day."""
        rules = rulebook().on(local_day(now))
        return self.superior if rules.card_issuer is Seat.SUPERIOR else self.union

    def each(self, now: datetime) -> Iterator[tuple[Candidate, datetime]]:
        """Yield the candidates with the moments at which their turns come."""
        for turn, candidate in enumerate(self.candidates):
            yield candidate, now + turn * BETWEEN_TWO

    def by_place(self) -> dict[str, list[Candidate]]:
        """Group the candidates by the unit that does the branch's part."""
        groups: dict[str, list[Candidate]] = {}
        for candidate in self.candidates:
            groups.setdefault(candidate.place.key, []).append(candidate)
        return groups

    def decide(self, step: str, who: Actor, now: datetime, **answers: Any) -> None:  # noqa: ANN401
        """Take one step on every dossier, one after the other."""
        for candidate, at in self.each(now):
            candidate.take(step, who, at, **answers)
