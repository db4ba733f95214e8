"""The ranking of a round with the names of those in it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import Contestant, Dossier, Person, Unit
from app.queries.contest.sheets import scores_of
from app.queries.judging.rounds import RoundFile
from workflows.contest.ranking import rank
from workflows.contest.rules import Part
from workflows.contest.scoring import Place, Ranking, RoundScores

Commune = aliased(Unit, name="commune")


@dataclass(frozen=True, slots=True)
class Competitor:
    """Who competes in a round, as results name them."""

    id: int
    code: str
    dossier_id: int
    person_id: int
    name: str
    birth_date: date
    branch: str
    commune: str


@dataclass(frozen=True, slots=True)
class RankedRound:
    """A round with its scores, its ranking, and who stands behind the numbers."""

    file: RoundFile
    scores: RoundScores
    ranking: Ranking
    people: dict[int, Competitor]

    @property
    def lines(self) -> list[tuple[Place, Competitor]]:
        """The places in order, each with its contestant."""
        return [(place, self.people[place.entry]) for place in self.ranking.places]

    @property
    def judges(self) -> set[int]:
        """The accounts of all judges whose sheets count."""
        lines = [line for place in self.ranking.places for line in place.parts]
        return {judge for line in lines for judge in line.by_judge}

    @property
    def untimed(self) -> list[tuple[str, list[Competitor]]]:
        """The parts that give points for time, each with whose time nobody wrote down."""
        found = [
            (
                part.title,
                [who for number, who in self.people.items() if not self._timed(number, part)],
            )
            for part in self.file.rules.parts
            if part.time_points
        ]
        return [(title, people) for title, people in found if people]

    def _timed(self, number: int, part: Part) -> bool:
        scores = self.scores.entries[number].get(part.code)
        return scores is not None and scores.seconds is not None

    @property
    def lacking(self) -> int:
        """How many final sheets are missing in all."""
        return sum(sum(place.lacks.values()) for place in self.ranking.places)


def ranked(file: RoundFile) -> RankedRound:
    """Rank a round as it stands now."""
    scores = scores_of(file.round.id)
    return RankedRound(
        file, scores, rank(file.rules, scores), {each.id: each for each in competitors(file)}
    )


def competitors(file: RoundFile) -> list[Competitor]:
    """List who competes in a round, by their numbers."""
    rows = db.session.execute(
        select(
            *(Contestant.id, Contestant.code, Dossier.id, Dossier.person_id),
            *(Dossier.person_name, Person.birth_date, Unit.name, Commune.name),
        )
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .join(Person, Person.id == Dossier.person_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .join(Commune, Commune.id == Dossier.commune_id)
        .where(Contestant.round_id == file.round.id, Contestant.out_at.is_(None))
        .order_by(Contestant.code, Contestant.id)
    )
    return [Competitor(*row) for row in rows]
