"""Who is nominated in which wave, and who helps: drawn from one source of chance."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.demo.admissions import texts
from app.demo.admissions.plots import Plot, Where, Who
from app.demo.admissions.waves import Candidate
from app.demo.people import YEAR, Casting, Drawn
from app.demo.places import MARKET, SCATTERED, Place
from app.models import Person
from app.queries.rules import rulebook
from workflows.admission_facts import Source

SMALLEST = 6  # members of a branch that takes in candidates
PLACES_IN_A_WAVE = 3
AGES = {Source.PUPIL: (16.3, 18), Source.RESIDENT: (16.3, 24)}
GROWN_UP = (20, 26)
CHILD = (14.2, 14.95)
YOUNG = (17.5, 22)


@dataclass(frozen=True, slots=True)
class Nomination:
    """One wave of a plot in a grass-roots union, nominated on a day."""

    plot: Plot
    union: Place
    casting: Casting
    first: date

    def candidates(self) -> list[Candidate]:
        """Draw the candidates, with the members who help them."""
        places = self._places()
        return [self._candidate(places[turn % len(places)]) for turn in range(self.plot.size)]

    def _places(self) -> list[Place]:
        if self.plot.where is Where.MARKET:
            return [self.union.find(MARKET)]
        if self.plot.where is Where.SCATTERED:
            return [self.union.find(SCATTERED)]
        if self.plot.where is not Where.COMMUNES:
            return [self.union]
        large = [each for each in self.union.below if len(each.members) >= SMALLEST]
        usual = [each for each in large if not each.committee]
        return self.casting.rng.sample(usual, min(PLACES_IN_A_WAVE, (self.plot.size + 1) // 2))

    def _candidate(self, place: Place) -> Candidate:
        helper, introducer = self.casting.rng.sample(self._friends(place), 2)
        candidate = Candidate(place, self._drawn(place), helper.id, introducer.id)
        candidate.in_custody = self.plot.who is Who.RELATIVE_IN_CUSTODY
        candidate.twin_reason = texts.TWIN_REASON if self.plot.who is Who.TWIN else ""
        return candidate

    def _friends(self, place: Place) -> list[Person]:
        """List the members who may help and introduce; who decides stays out of it."""
        deciding = {officer.person_id for officer in self.union.officers}
        steady = [each for each in place.company if each not in self.casting.fates]
        return [each for each in steady if each.id not in deciding]

    def _drawn(self, place: Place) -> Drawn:
        casting = self.casting
        if self.plot.who is Who.TOO_YOUNG:
            return casting.draw(CHILD)
        if self.plot.who is Who.TOO_OLD:
            return self._grown_too_old()
        if self.plot.who is Who.TWIN:
            return casting.rng.choice(casting.members_aged(YOUNG))
        return casting.draw(AGES.get(place.source, GROWN_UP), self.first)

    def _grown_too_old(self) -> Drawn:
        """Make up somebody who passed the limit shortly before the dossier is closed."""
        years = rulebook().on(self.first).local.age_limit_birthday
        closed = self.casting.today - timedelta(days=self.plot.rest[1])
        return self.casting.drawn_on(closed - timedelta(days=round(years * YEAR) + 3))
