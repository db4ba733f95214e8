"""Entries in the demo: branch secretaries on their way, so that every station has some."""

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.actors import Actor
from app.demo.contest import texts
from app.demo.places import Place
from app.extensions import db
from app.models import Person
from app.queries.contest.entries import leads, open_entry_of
from app.queries.contest.seasons import season_of
from app.services.dossiers import file_for, take_step
from app.services.entry.openings import open_entry
from app.services.entry.sections import save_section
from app.services.events import By
from app.services.papers.attachments import Attachments
from workflows.calendar import local_day
from workflows.contest.entry_facts import EntryAnswers, Section
from workflows.engine import Refused


@dataclass(frozen=True, slots=True)
class Run:
    """One secretary's entry of a season; each act is taken by who takes it in life."""

    district: Place
    branch: Place
    year: int

    @property
    def _secretary(self) -> Actor:
        return self.branch.officers[0]

    @property
    def _union(self) -> Actor:
        """Who decides in the union; not the contestant, where the branch is one itself."""
        return self.branch.union.officers[self.branch.unit.is_grassroots]

    def open(self, now: datetime) -> None:
        """Open the entry and write what is asked; who leads the branch no longer does not."""
        person, unit = self._secretary.person_id, self.branch.unit
        if person is None or not leads(person, unit, local_day(now)):
            return
        if db.session.get_one(Person, person).unit_id == unit.id:
            open_entry(self.year, unit.id, person, by=By(self._secretary, now))

    def write(self, now: datetime) -> None:
        """Write both sections."""
        dice = random.Random(f"{self.branch.key} {self.year}")  # noqa: S311  (nothing secret)
        for section, values in texts.sections(dice, self.year).items():
            self._save(section, values, now)

    def _save(self, section: Section, values: dict[str, str], now: datetime) -> None:
        if file := self._file():
            by, seen = By(self._secretary, now), file.dossier.version
            save_section(file.dossier.ref, section, values, Attachments(), by=by, seen=seen)

    def take(self, step: str, who: Actor, now: datetime, **answers: Any) -> None:  # noqa: ANN401
        """Take a step, where there is an entry."""
        if file := self._file():
            by, seen = By(who, now), file.dossier.version
            take_step(file.dossier.ref, step, EntryAnswers(**answers), by=by, seen=seen)

    def enter(self, now: datetime) -> None:
        """Hand the entry up."""
        self.take("enter_contest", self._secretary, now)

    def admit(self, now: datetime) -> None:
        """Take the contestant into the round of the commune."""
        self.take("admit_to_round", self._union, now)

    def withdraw(self, now: datetime) -> None:
        """Withdraw."""
        self.take("withdraw_entry", self._secretary, now, reason=texts.WITHDRAWN)

    def endorse(self, now: datetime) -> None:
        """Endorse who may be by the rules of the round, and tell the others why not."""
        try:
            self.take("endorse", self._union, now)
        except Refused:
            self.refuse(now)

    def refuse(self, now: datetime) -> None:
        """Endorse them not."""
        self.take("not_endorse", self._union, now, reason=texts.NOT_ENDORSED)

    def accept(self, now: datetime) -> None:
        """Accept who was endorsed."""
        self._decide("accept_entry", now)

    def decline(self, now: datetime) -> None:
        """Do not accept who was endorsed."""
        self._decide("decline_entry", now, reason=texts.NOT_ACCEPTED)

    def send_back(self, now: datetime) -> None:
        """Have the achievements of who was endorsed told better."""
        self._decide("send_back", now, **_to_mend())

    def send_back_early(self, now: datetime) -> None:
        """Have them told better before anything is decided."""
        self.take("send_back", self._union, now, **_to_mend())

    def _decide(self, step: str, now: datetime, **answers: Any) -> None:  # noqa: ANN401
        file = self._file()
        if file and file.dossier.state == "endorsed":
            self.take(step, self.district.officers[0], now, **answers)

    def _file(self) -> Any:  # noqa: ANN401
        season, person = season_of(self.district.unit.id, self.year), self._secretary.person_id
        ref = open_entry_of(person, season.id) if season and person else None
        return file_for(ref, None, lock=False) if ref else None


def _to_mend() -> dict[str, Any]:
    name = Section.ACHIEVEMENTS.value
    reasons = ((name, texts.TO_MEND),)
    return {"reason": texts.TO_MEND, "sections": (name,), "reasons": reasons}
