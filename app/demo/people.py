"""The made-up people of the demo district: members with their dates, and nominees."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from random import Random

from app.demo.names import Named, draw_name
from app.models import Person
from app.vietnamese import search_key, sort_key
from workflows.admission_facts import Schooling
from workflows.levels import UnitKind
from workflows.membership import Holding, PersonStatus

YEAR = 365.25
DISTRICT_CODE = "863"  # begins the card numbers
JUST_JOINED = 120  # days: nobody on the first rolls joined later than this
WITH_CARD = 0.9  # share of members
SHARE_WITH_BADGE = (0, 1, 2)  # of every five members, by their place
LONG_EXPELLED = (720, 1000)  # days ago
NEAR_THE_LIMIT = 0.012  # share of members who turn 30 or 31 within two months

AGES = {
    UnitKind.HAMLET: (17, 30),
    UnitKind.SCHOOL: (22, 30),
    UnitKind.AGENCY: (22, 30),
    UnitKind.ENTERPRISE: (18, 30),
    UnitKind.FORCES: (19, 30),
}
PUPILS = (16.8, 18.6)
WORK = {
    UnitKind.HAMLET: (
        *("Làm ruộng", "Làm vườn", "Trồng khoai lang", "Buôn bán", "Thợ hồ", "Thợ may"),
        *("Công nhân", "Sửa xe", "Sinh viên"),
    ),
    UnitKind.SCHOOL: ("Giáo viên", "Nhân viên thư viện", "Nhân viên văn thư"),
    UnitKind.AGENCY: ("Công chức", "Cán bộ không chuyên trách", "Viên chức"),
    UnitKind.ENTERPRISE: ("Công nhân may", "Nhân viên kho", "Kỹ thuật viên"),
    UnitKind.FORCES: ("Chiến sĩ", "Cán bộ"),
}
WITH_WAGE = frozenset({UnitKind.AGENCY, UnitKind.ENTERPRISE, UnitKind.FORCES})
Ages = tuple[float, float]
Suits = Callable[[Person], bool]


class Fate(Enum):
    """What becomes of a member while the program is in use; most just stay."""

    AWAY = auto()
    DEFERRED = auto()
    LISTED = auto()  # for maturity
    STAYS = auto()  # until 35
    MATURES = auto()
    DELETED = auto()
    RESIGNS = auto()
    DIES = auto()
    EXPELLED = auto()
    MOVES = auto()


FATES = {None: 93, Fate.AWAY: 5, Fate.DEFERRED: 2}  # of a hundred members


def _anybody(_person: Person) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Drawn:
    """Somebody made up: the name as typed and the birth date."""

    named: Named
    birth_date: date

    @property
    def key(self) -> tuple[str, date]:
        """What makes two people twins (statement 31)."""
        return search_key(self.named.name), self.birth_date


class Casting:
    """Makes up people from one source of chance; no two are alike in name and birth date."""

    def __init__(self, rng: Random, today: date) -> None:
        self.rng, self.today = rng, today
        self.members: list[Drawn] = []
        self.fates: dict[Person, Fate] = {}
        self.busy: set[int] = set()
        self._known: set[tuple[str, date]] = set()
        self._cards = 0

    def draw(self, ages: Ages, on: date | None = None) -> Drawn:
        """Make up somebody who is of an age between two, in years, on a day."""
        days = self.rng.randint(int(ages[0] * YEAR), int(ages[1] * YEAR))
        return self.drawn_on((on or self.today) - timedelta(days=days))

    def drawn_on(self, birth_date: date) -> Drawn:
        """Make up somebody who was born on a day."""
        drawn = Drawn(draw_name(self.rng), birth_date)
        if drawn.key in self._known:
            return self.drawn_on(birth_date)
        self._known.add(drawn.key)
        return drawn

    def member(self, kind: UnitKind, where: str, *, pupil: bool = False) -> Person:
        """Make up a member of a unit of some kind, living somewhere; the unit is set later."""
        drawn = self._near_the_limit() or self.draw(PUPILS if pupil else AGES[kind])
        person = self._member(drawn, where)
        if fate := self.rng.choices([*FATES], [*FATES.values()])[0]:
            self.fates[person] = fate
        person.occupation = "Học sinh" if pupil else self.rng.choice(WORK[kind])
        person.has_wage = kind in WITH_WAGE or person.occupation == "Giáo viên"
        person.schooling = Schooling.LOWER_SECONDARY if pupil else self._schooling(kind)
        return person

    def fated(self, kind: UnitKind, where: str, ages: Ages, fate: Fate) -> Person:
        """Make up a member of whom something becomes."""
        person = self._member(self.draw(ages), where)
        person.occupation = self.rng.choice(WORK[kind])
        person.schooling = self._schooling(kind)
        if fate is Fate.EXPELLED:
            person.status = PersonStatus.EXPELLED
            person.expelled_on = self.today - timedelta(days=self.rng.randint(*LONG_EXPELLED))
        self.fates[person] = fate
        return person

    def one_to_leave(self, members: Iterable[Person]) -> Person:
        """Choose a member who can leave: one who is fated to, or whom nobody needs.

        Raises:
            IndexError: there is none.
        """
        free = [each for each in members if each.id not in self.busy]
        movers = [each for each in free if self.fates.get(each) is Fate.MOVES]
        person = self.rng.choice(movers or [each for each in free if each not in self.fates])
        self.busy.add(person.id)
        return person

    def one_of(self, members: Iterable[Person], suits: Suits = _anybody) -> Person:
        """Choose a member who stays; from then on they are busy.

        Raises:
            IndexError: there is none.
        """
        steady = [each for each in members if each not in self.fates and suits(each)]
        person = self.rng.choice(steady)
        self.busy.add(person.id)
        return person

    def _member(self, drawn: Drawn, where: str) -> Person:
        self.members.append(drawn)
        joined = self._joined(drawn.birth_date)
        person = self.person(drawn, where)
        person.status, person.joined_on = PersonStatus.MEMBER, joined
        person.book = Holding.LACKS if len(self.members) % 6 == 0 else Holding.HAS
        person.badge = Holding.HAS if len(self.members) % 5 in SHARE_WITH_BADGE else Holding.LACKS
        if self.rng.random() < WITH_CARD:
            person.card, person.card_number = Holding.HAS, self.next_card()
            person.card_issued_on = joined + timedelta(days=self.rng.randint(5, 30))
        return person

    def members_aged(self, ages: Ages) -> list[Drawn]:
        """List the members who are of an age between two, in years."""
        first, last = (self.today - timedelta(days=years * YEAR) for years in reversed(ages))
        return [each for each in self.members if first < each.birth_date < last]

    def person(self, drawn: Drawn, where: str) -> Person:
        """Return a row with what the member book asks first."""
        name = drawn.named.name
        return Person(
            name=name,
            name_key=search_key(name),
            sort_key=sort_key(name),
            birth_date=drawn.birth_date,
            sex=drawn.named.sex,
            ethnicity=drawn.named.ethnicity,
            residence=where,
            home_place=f"{where}, huyện Bình Tân, tỉnh Vĩnh Long",
            phone=self.phone(),
            email=self.email(name),
        )

    def phone(self) -> str:
        """Make up a number in a range that no telephone company holds."""
        return f"0100 {self.rng.randint(0, 999):03} {self.rng.randint(0, 999):03}"

    def email(self, name: str) -> str:
        """Make up an address that leads nowhere (RFC 2606)."""
        local = search_key(name).replace(" ", ".")
        return f"{local}.{self.rng.randint(100, 999)}@example.invalid"

    def next_card(self) -> str:
        """Return the next free card number."""
        self._cards += 1
        return f"{DISTRICT_CODE}{self._cards:06}"

    def _near_the_limit(self) -> Drawn | None:
        if self.rng.random() >= NEAR_THE_LIMIT:
            return None
        years = self.rng.choice((30, 31))
        birthday = self.today + timedelta(days=self.rng.randint(3, 60))
        return self.drawn_on(birthday - timedelta(days=round(years * YEAR)))

    def _joined(self, born: date) -> date:
        joined = born + timedelta(days=self.rng.randint(int(15.2 * YEAR), int(18.5 * YEAR)))
        return min(joined, self.today - timedelta(days=self.rng.randint(JUST_JOINED, 400)))

    def _schooling(self, kind: UnitKind) -> Schooling:
        if kind in {UnitKind.SCHOOL, UnitKind.AGENCY}:
            return Schooling.HIGHER
        return self.rng.choice((Schooling.LOWER_SECONDARY, Schooling.UPPER_SECONDARY))
