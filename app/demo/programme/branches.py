"""The running year in the branches of one commune: act by act, through the use cases."""

from random import Random

from app.demo.acting import ActingBranch
from app.demo.places import Place
from app.demo.programme import texts
from app.demo.programme.paper_books import UNREGISTERED, chosen_contents
from app.models import ProgrammeRegistration
from app.queries.programme.contents import in_force
from app.queries.programme.sheets import members_of, registrations_of
from app.services.programme.registering import Wanted, register
from app.services.programme.steps import Said, take_step
from app.services.programme.tracking import Progress, Told, track
from workflows.calendar import local_day
from workflows.programme_facts import Mark


class Branch(ActingBranch):
    """A branch at work on its sheet of a year, and the moment of its next act."""

    def rows(self, *states: str) -> dict[int, ProgrammeRegistration]:
        """Return the registrations in some states, by member."""
        people = members_of(self.place.unit.id, self.year, local_day(self.now))
        found = registrations_of(people, self.year)
        return {number: row for number, row in found.items() if row.state in states}

    def register(self) -> None:
        """Register nearly everybody on one sheet."""
        rng, unit, day = Random(self.place.unit.id), self.place.unit, local_day(self.now)  # noqa: S311
        edition = in_force(unit, self.year, day)
        people = members_of(unit.id, self.year, day)
        if edition is None:
            return
        wanted = {
            number: Wanted(0, [each.id for each in chosen_contents(edition, rng)])
            for number in people
            if rng.random() > UNREGISTERED
        }
        register(unit.id, self.year, wanted, by=self.by())

    def approve(self) -> None:
        """Approve all but one, who is asked for more; on the secretary the commune decides."""
        own = self.place.officers[0].person_id
        rows = self.rows("registered")
        returned = next((number for number in rows if number != own), None)
        if returned:
            self.take("send_back", {returned: Said(rows[returned].version, texts.RETURNED)})
        rest = {number: Said(row.version) for number, row in rows.items() if number != returned}
        mine = {own: rest.pop(own)} if own in rest and own else {}
        self.take("approve", rest)
        self.take("approve", mine, self.place.union)

    def review(self) -> None:
        """Write a remark on each."""
        rows = self.rows("approved")
        remarks = {
            number: Said(row.version, texts.REMARKS[number % len(texts.REMARKS)])
            for number, row in rows.items()
        }
        self.take("review", remarks)

    def evaluate(self) -> None:
        """Let every other member evaluate the year."""
        for number, row in self.rows("reviewed").items():
            if number % 2:
                contents = {each.content_id: _done(each.content.target) for each in row.choices}
                told = Told(row.version, contents, texts.COMMENTS[0], evaluates=True)
                track(self.place.unit.id, self.year, number, told, by=self.by())

    def take(self, name: str, said: dict[int, Said], who: Place | None = None) -> None:
        """Take a step on some members, if there are any."""
        if said:
            take_step(self.place.unit.id, self.year, name, said, by=self.by(who))


def _done(target: int | None) -> Progress:
    return Progress(done=target, evidence=texts.EVIDENCE[0], self_mark=Mark.DONE_WELL)
