"""Books, cards and badges that got lost, and how far their re-issue has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from app.actors import Actor
from app.demo.days import Turn, moment
from app.demo.people import Casting
from app.demo.places import MARKET, Place
from app.demo.roster import texts
from app.demo.roster.standings import version_of
from app.models import Person
from app.queries.rules import rulebook
from app.services.events import By
from app.services.people.holdings import answer_loss, keep_holdings
from workflows.calendar import local_day
from workflows.holdings import Item, LossAnswers, Move
from workflows.levels import Seat
from workflows.membership import Holding

REISSUES = frozenset({Move.REISSUE_BOOK, Move.REISSUE_CARD})
APART = 5  # days from one move to the next


@dataclass(frozen=True, slots=True)
class Loss:
    """What a member of a branch lost, what was done about it, and how many days ago the last."""

    key: str
    item: Item
    moves: tuple[Move, ...]
    rest: int


LOSSES = (
    Loss(MARKET, Item.CARD, (Move.REPORT,), 3),
    Loss(MARKET, Item.BOOK, (Move.REPORT, Move.REISSUE_BOOK), 30),
    Loss("ap.tanquoi.2", Item.CARD, (Move.REPORT, Move.PROPOSE), 6),
    Loss("ap.tanquoi.2", Item.BOOK, (Move.REPORT,), 4),
    Loss("ap.tanluoc.1", Item.CARD, (Move.REPORT, Move.PROPOSE, Move.REISSUE_CARD), 25),
    Loss("ap.mythuan.1", Item.BOOK, (Move.REPORT, Move.DECLINE), 12),
    Loss("ap.thanhloi.1", Item.BOOK, (Move.REPORT, Move.REISSUE_BOOK), 70),
    Loss("ap.tanbinh.1", Item.CARD, (), 9),
    Loss(MARKET, Item.BADGE, (), 15),
)


def turns_of_holdings(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield for each loss the mark on the sheet of the branch, then the moves that follow."""
    for loss in LOSSES:
        place = district.find(loss.key)
        case = Case(
            casting.one_of(place.members, partial(_has, loss.item)), loss.item, place, casting
        )
        day = casting.today - timedelta(days=loss.rest + APART * len(loss.moves))
        yield Turn(moment(day), case.mark_lost)
        for move in loss.moves:
            day += timedelta(days=APART)
            yield Turn(moment(day), partial(case.answer, move))


def _has(item: Item, person: Person) -> bool:
    return getattr(person, item) is Holding.HAS


@dataclass(frozen=True, slots=True)
class Case:
    """A member who lost something."""

    person: Person
    item: Item
    place: Place
    casting: Casting

    def mark_lost(self, now: datetime) -> None:
        """Say on the sheet of the branch that it is lost."""
        sheet = {self.person.id: {self.item: (Holding.HAS, Holding.LOST)}}
        keep_holdings(self.place.unit.id, sheet, by=By(self.place.officers[0], now))

    def answer(self, move: Move, now: datetime) -> None:
        """Make a move; where the grass-roots union issues cards, nothing is proposed to anybody."""
        number, day = self.person.id, local_day(now)
        if move is Move.PROPOSE and rulebook().on(day).card_issuer is Seat.GRASSROOTS:
            return
        answers = LossAnswers(
            applied_on=day,
            was_active=True,
            decided_on=day,
            decision=f"{day:%d%m}-QĐ/ĐTN" if move in REISSUES else "",
            card_number=self.casting.next_card() if move is Move.REISSUE_CARD else "",
            reason=texts.NO_REISSUE if move is Move.DECLINE else "",
        )
        by = By(self._who(move, day), now)
        answer_loss(number, self.item, move, answers, by=by, seen=version_of(number))

    def _who(self, move: Move, day: date) -> Actor:
        if move is Move.REPORT:
            return self.place.officers[0]
        union = self.place.union
        is_issued_above = rulebook().on(day).card_issuer is Seat.SUPERIOR
        above = union.above if move is Move.REISSUE_CARD and is_issued_above else None
        return (above or union).officers[0]
