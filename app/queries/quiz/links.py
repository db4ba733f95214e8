"""Personal links to the quizzes of a round: whose one is, and who of the round has one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import Account, Contestant, ContestRound, Dossier, QuizLink, Season, Unit
from app.queries.links import digest_of
from app.queries.quiz.attempts import QuizFile, Taker, files_asked
from workflows.contest.hours import Times
from workflows.contest.season import UNPUBLISHED

Branch = aliased(Unit, name="branch")
Commune = aliased(Unit, name="commune")


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Whose a personal link is: the contestant by name and branch, and their place in the round."""

    link_id: int
    name: str
    branch: str
    file: QuizFile

    @property
    def taker(self) -> Taker:
        """Who acts through the link."""
        return Taker(contestant_id=self.file.contestant.id, link_id=self.link_id)


def holder_of(token: str, now: datetime) -> LinkHolder | None:
    """Return whose a personal link is, while it opens and they compete."""
    query = (
        files_asked()
        .join(QuizLink, QuizLink.contestant_id == Contestant.id)
        .join(Branch, Branch.id == Dossier.branch_id)
        .where(QuizLink.token_hash == digest_of(token), QuizLink.revoked_at.is_(None))
        .where(Contestant.out_at.is_(None))
    )
    asked = query.add_columns(QuizLink.id, Dossier.person_name, Branch.name)
    row = db.session.execute(asked).one_or_none()
    if row is None:
        return None
    *file, link_id, name, branch = row
    holder = LinkHolder(link_id, name, branch, QuizFile(*file))
    return holder if links_open(holder.file.round, holder.file.season, now) else None


def links_open(round_: ContestRound, season: Season, now: datetime) -> bool:
    """Whether the links of a round open: until it ends, by the clock or by its chair, no longer."""
    ends = Times(round_.opens_at, round_.closes_at, round_.closed_at).ends_at
    return season.state in UNPUBLISHED and (ends is None or now <= ends)


def links_of(contestant_id: int) -> list[QuizLink]:
    """List the links of a contestant that were neither taken back nor replaced."""
    query = select(QuizLink).where(
        QuizLink.contestant_id == contestant_id, QuizLink.revoked_at.is_(None)
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True, slots=True)
class TakerLine:
    """Who competes in a round: can they sign in, and when were they given a link that holds."""

    id: int
    code: str
    name: str
    branch: str
    commune: str
    signs_in: bool
    link_made_at: datetime | None


def takers_of(round_id: int) -> list[TakerLine]:
    """List who competes in a round, by their numbers."""
    signs_in = exists().where(
        Account.person_id == Dossier.person_id,
        Account.is_active,
        Account.password_hash.is_not(None),
    )
    made_at = (
        select(func.max(QuizLink.made_at))
        .where(QuizLink.contestant_id == Contestant.id, QuizLink.revoked_at.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            *(Contestant.id, Contestant.code, Dossier.person_name, Branch.name, Commune.name),
            *(signs_in, made_at),
        )
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .join(Branch, Branch.id == Dossier.branch_id)
        .join(Commune, Commune.id == Dossier.commune_id)
        .where(Contestant.round_id == round_id, Contestant.out_at.is_(None))
        .order_by(Contestant.code, Contestant.id)
    )
    return [TakerLine(*row) for row in rows]
