"""The units of the demo district: the 11 communes of 2015; hamlets have neutral names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app.actors import Actor
from app.demo.people import Casting, Fate
from app.models import Person, Unit
from app.vietnamese import fold, natural_key
from workflows.admission_facts import Source
from workflows.levels import Level, UnitKind

FOUNDED = date(2008, 1, 1)  # of the district
COMMUNES = (
    *("Mỹ Thuận", "Nguyễn Văn Thảnh", "Tân An Thạnh", "Tân Bình", "Tân Hưng", "Tân Lược"),
    *("Tân Quới", "Tân Thành", "Thành Đông", "Thành Lợi", "Thành Trung"),
)
WITH_PUPILS = {"Mỹ Thuận", "Tân Lược", "Tân Quới"}
COMMITTEE_FROM = 9  # members: from here on a branch has a committee (HD 20-HD/TWĐTN-BTC §4.1)
# Members of the hamlets' branches; half of them have a committee.
HAMLET_SIZES = (2, 4, 5, 6, 7, 8, 9, 9, 10, 11, 12, 14, 16, 20, 3, 6, 8, 9, 13)
GRASSROOTS_BRANCHES = (
    ("coso.congan", "Chi đoàn cơ sở Công an huyện Bình Tân", Source.SOLDIER, 24),
    ("coso.coquan", "Chi đoàn cơ sở Khối Cơ quan huyện Bình Tân", Source.OFFICIAL, 20),
    ("coso.xinghiep", "Chi đoàn cơ sở Xí nghiệp May Bình Tân", Source.WORKER, 30),
)
KINDS = {
    Source.SOLDIER: UnitKind.FORCES,
    Source.OFFICIAL: UnitKind.AGENCY,
    Source.WORKER: UnitKind.ENTERPRISE,
}
MARKET = "ap.tanquoi.1"
SCATTERED = "ap.tanhung.2"  # its committee votes, with the superior's consent
WITHOUT_BRANCH = "xa.tanhung"  # one hamlet of this commune has no branch
MERGED = "ap.thanhtrung.10"  # was too small, and is a part of its neighbour by now
MERGED_INTO = "ap.thanhtrung.7"
COMPANY = "coso.xinghiep"  # bears another name by now
MERGED_SIZE = 4
# In which branch somebody leaves, or is to; at which ages in years; how many.
FATED = (
    (MARKET, Fate.LISTED, (30.2, 31.9), 2),
    (MARKET, Fate.STAYS, (31, 33), 1),
    ("ap.tanquoi.2", Fate.MATURES, (30.2, 31.9), 3),
    ("ap.tanquoi.2", Fate.RESIGNS, (19, 26), 1),
    ("ap.tanquoi.3", Fate.DELETED, (19, 27), 1),
    ("ap.tanquoi.3", Fate.EXPELLED, (23, 28), 1),
    ("ap.tanluoc.1", Fate.LISTED, (30.2, 31.9), 2),
    ("ap.tanluoc.2", Fate.DELETED, (19, 27), 1),
    ("ap.thanhloi.1", Fate.MATURES, (30.2, 31.9), 4),
    ("ap.thanhloi.2", Fate.STAYS, (31, 33), 1),
    ("ap.mythuan.1", Fate.LISTED, (30.2, 31.9), 1),
    ("ap.mythuan.2", Fate.RESIGNS, (20, 27), 1),
    ("ap.tanbinh.1", Fate.DIES, (22, 28), 1),
    ("ap.tananthanh.1", Fate.EXPELLED, (23, 28), 1),
)
# How many ask to move from which branch of a hamlet.
MOVING = (18, 27)
MOVERS = {
    "tanquoi": (4, 3, 2, 1),
    "tanluoc": (2, 1),
    "mythuan": (1, 1),
    "thanhloi": (1, 1),
    "tanbinh": (1, 1),
    **dict.fromkeys(("tanthanh", "tanhung", "thanhdong", "thanhtrung", "tananthanh"), (1,)),
}


@dataclass(eq=False)
class Place:
    """A unit with its members and those who act for it, the secretary first.

    ``key`` is the user name of its secretary. ``committee`` names the people who vote where the
    members do not; ``source`` tells what its candidates are.
    """

    key: str
    unit: Unit
    above: "Place | None" = None
    below: list["Place"] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    officers: list[Actor] = field(default_factory=list)
    committee: list[int] = field(default_factory=list)
    source: Source = Source.RESIDENT

    def walk(self) -> Iterator["Place"]:
        """Yield the place and all below it, parents first."""
        yield self
        for each in self.below:
            yield from each.walk()

    def find(self, key: str) -> "Place":
        """Return the place of a key, here or below."""
        return next(each for each in self.walk() if each.key == key)

    @property
    def is_commune(self) -> bool:
        """Whether branches lie below it."""
        return self.unit.level is Level.COMMUNE

    @property
    def union(self) -> "Place":
        """The grass-roots union that a branch belongs to; a chi đoàn cơ sở is one itself."""
        return self if self.unit.is_grassroots or self.above is None else self.above

    @property
    def agency(self) -> "Place":
        """The branch that a commune's own officers belong to."""
        return next(each for each in self.below if each.unit.kind is UnitKind.AGENCY)

    @property
    def hall(self) -> str:
        """Where it meets."""
        if self.is_commune:
            return f"Văn phòng {self.unit.name}"
        return "Nhà văn hóa ấp" if self.unit.kind is UnitKind.HAMLET else "Phòng họp"

    @property
    def company(self) -> list[Person]:
        """The members who help and introduce; a commune has them in its agency."""
        return self.agency.members if self.is_commune else self.members

    def add(self, key: str, unit: Unit) -> "Place":
        """Put a unit below this one."""
        place = Place(key, unit, above=self)
        self.below.append(place)
        return place


def draw_district(casting: Casting) -> Place:
    """Draw the province with the district below it, all communes, branches and members."""
    province = Place("tinh", _unit("Tỉnh đoàn Vĩnh Long", Level.PROVINCE))
    district = province.add("huyen", _unit("Huyện đoàn Bình Tân", Level.DISTRICT))
    sizes = [HAMLET_SIZES[number % len(HAMLET_SIZES)] for number in range(8 * len(COMMUNES))]
    casting.rng.shuffle(sizes)
    for index, name in enumerate(COMMUNES):
        _draw_commune(district, name, sorted(sizes[8 * index :][: 6 + index % 3]), casting)
    for key, name, source, size in GRASSROOTS_BRANCHES:
        kind = KINDS[source]
        unit = _unit(name, Level.BRANCH, kind)
        unit.is_grassroots = True
        branch = district.add(key, unit)
        branch.source = source
        branch.members = [casting.member(kind, "Ấp 1, xã Tân Quới") for _ in range(size)]
    _draw_merged(district, casting)
    _draw_fated(district, casting)
    return province


def _draw_commune(district: Place, name: str, sizes: list[int], casting: Casting) -> None:
    """Draw a commune: hamlets, the market's one the largest, then its school and its agency."""
    slug = fold(name).replace(" ", "")
    unit = _unit(f"Đoàn xã {name}", Level.COMMUNE)
    unit.is_grassroots = True
    commune = district.add(f"xa.{slug}", unit)
    for number, size in enumerate(reversed(sizes), 1):
        branch = commune.add(f"ap.{slug}.{number}", _hamlet(number, name))
        home = f"Ấp {number}, xã {name}"
        branch.members = [casting.member(UnitKind.HAMLET, home) for _ in range(size)]
    _draw_school(commune, name, len(sizes), casting)
    agency = _unit(f"Chi đoàn Cơ quan xã {name}", Level.BRANCH, UnitKind.AGENCY)
    branch = commune.add(f"ap.{slug}.{len(sizes) + 2}", agency)
    branch.source = Source.OFFICIAL
    size = casting.rng.randint(11, 18)
    branch.members = [casting.member(UnitKind.AGENCY, f"Ấp 1, xã {name}") for _ in range(size)]


def _draw_merged(district: Place, casting: Casting) -> None:
    """Draw a hamlet's branch that has merged since; nothing else happens there."""
    commune = district.find("xa.thanhtrung")
    number = sum(each.unit.kind is UnitKind.HAMLET for each in commune.below) + 1
    name = commune.unit.name.removeprefix("Đoàn xã ")
    branch, home = commune.add(MERGED, _hamlet(number, name)), f"Ấp {number}, xã {name}"
    branch.members = [casting.member(UnitKind.HAMLET, home) for _ in range(MERGED_SIZE)]
    for person in branch.members:
        casting.fates.pop(person, None)


def _draw_fated(district: Place, casting: Casting) -> None:
    movers = (
        (f"ap.{slug}.{hamlet}", Fate.MOVES, MOVING, number)
        for slug, numbers in MOVERS.items()
        for hamlet, number in enumerate(numbers, 1)
    )
    for key, fate, ages, number in (*FATED, *movers):
        branch = district.find(key)
        home = branch.members[0].residence
        for _ in range(number):
            branch.members.append(casting.fated(UnitKind.HAMLET, home, ages, fate))


def _draw_school(commune: Place, name: str, hamlets: int, casting: Casting) -> None:
    pupils = name in WITH_PUPILS
    title = "Học sinh Trường THPT" if pupils else "Giáo viên Trường THCS"
    unit = _unit(f"Chi đoàn {title} xã {name}", Level.BRANCH, UnitKind.SCHOOL)
    branch = commune.add(f"ap.{commune.key.removeprefix('xa.')}.{hamlets + 1}", unit)
    branch.source = Source.PUPIL if pupils else Source.OFFICIAL
    for _ in range(casting.rng.randint(16, 30)):
        home = f"Ấp {casting.rng.randint(1, hamlets)}, xã {name}"
        branch.members.append(casting.member(UnitKind.SCHOOL, home, pupil=pupils))


def _hamlet(number: int, commune: str) -> Unit:
    return _unit(f"Chi đoàn Ấp {number} xã {commune}", Level.BRANCH, UnitKind.HAMLET)


def _unit(name: str, level: Level, kind: UnitKind | None = None) -> Unit:
    return Unit(name=name, sort_key=natural_key(name), level=level, kind=kind, valid_from=FOUNDED)
