"""A round of the contest being judged: its panel, its contestants, and who scores whom."""

from dataclasses import dataclass, field
from decimal import Decimal

from app.extensions import db
from app.models import Account, Contestant, ContestRound, Season, Sheet
from app.services.events import By
from app.services.judging.sharing import assign
from app.services.judging.sheets import Filled, hand_in
from tests.clock import NOW, TODAY
from tests.factories import (
    AccountFactory,
    AppointmentFactory,
    ContestantFactory,
    ContestRoundFactory,
    EntryDossierFactory,
    MemberFactory,
    PanelSeatFactory,
    SeasonFactory,
)
from tests.world import World
from workflows.contest.marking import Mark
from workflows.contest.rules import ContestRules, Criterion, Part, PartKind, Round
from workflows.levels import Level, Post

YEAR = TODAY.year
CODE = "vong_huyen"
BRANCHES = ("ap_a1", "ap_a2", "ap_b1", "co_so")
SITUATION = Part(
    *("tinh_huong", "Xử lý tình huống", PartKind.SITUATION, Decimal(30)),
    criteria=(
        Criterion("dung", "Nhận đúng vấn đề", Decimal(10)),
        Criterion("cach_lam", "Cách giải quyết", Decimal(12)),
        Criterion("trinh_bay", "Trình bày", Decimal(6), justify_below=Decimal(3)),
        Criterion("sang_tao", "Sáng tạo", Decimal(2), required=False),
    ),
)
DEBATE = Part(
    *("tranh_bien", "Tranh biện theo cặp", PartKind.DEBATE, Decimal(20)),
    criteria=(
        Criterion("lap_luan", "Lập luận", Decimal(10)),
        Criterion("phan_bien", "Phản biện", Decimal(10)),
    ),
)
GOOD = {"dung": "8,5", "cach_lam": "10.5", "trinh_bay": "5", "sang_tao": ""}


def rules(*parts: Part, level: Level = Level.DISTRICT, **rest: object) -> ContestRules:
    """Return the rules of a contest of one round."""
    return ContestRules(
        "Hội thi", (Round(CODE, "Vòng cấp huyện", level, parts or (SITUATION,)),), **rest
    )


def fields(points: dict[str, str] | None = None, **rest: str) -> dict[str, str]:
    """Return what the form of a sheet sends."""
    return {f"points-{code}": text for code, text in (points or GOOD).items()} | rest


@dataclass
class Judging:
    """A round of the district that takes scores now.

    Judges are ``giamkhao1`` and so on, the chair is ``truong_ban``; contestants are numbered from
    1 and come from the branches in turn.
    """

    world: World
    season: Season
    held: ContestRound
    contestants: list[Contestant] = field(default_factory=list)

    @property
    def home(self) -> str:
        """Return the address of the round."""
        return f"/contests/{YEAR}/rounds/{self.held.id}"

    def by(self, name: str) -> By:
        """Return an account as who acts now."""
        return By(self.world.actor(name), NOW)

    def assign(self, each: int = 3, part: str = "tinh_huong") -> None:
        """Give every contestant so many judges."""
        assign(self.held.id, YEAR, part, each, by=self.by("truong_ban"))

    def sheet(self, judge: str = "giamkhao1", number: int = 1) -> Sheet:
        """Return the sheet of a judge for a contestant, as it stands."""
        db.session.expire_all()
        account, contestant = self.world.accounts[judge], self.contestants[number - 1]
        wanted = db.session.query(Sheet).filter_by(judge_id=account.id, contestant_id=contestant.id)
        return wanted.order_by(Sheet.id.desc()).first()

    def path(self, judge: str = "giamkhao1", number: int = 1) -> str:
        """Return the address of a sheet."""
        return f"/contests/{YEAR}/sheets/{self.sheet(judge, number).id}"

    def give(
        self, judge: str, number: int = 1, points: dict[str, str] | None = None, comment: str = ""
    ) -> Sheet:
        """Make a sheet final."""
        sheet = self.sheet(judge, number)
        marks = {code: Mark(text) for code, text in (points or GOOD).items()}
        filled = Filled(marks, comment)
        hand_in(sheet.id, YEAR, filled, is_final=True, by=self.by(judge), seen=sheet.version)
        return self.sheet(judge, number)


def judging(
    world: World,
    *,
    contestants: int = 3,
    judges: int = 3,
    contest: ContestRules | None = None,
    unit: str = "huyen",
    **hours: object,
) -> Judging:
    """Set up a round with its panel and contestants; nobody is assigned yet."""
    contest = contest or rules()
    season = SeasonFactory(district=world.units["huyen"], contest=contest)
    held = ContestRoundFactory(season=season, unit=world.units[unit], code=CODE, **hours)
    made = Judging(world, season, held)
    for number in range(1, judges + 1):
        PanelSeatFactory(held=held, account=judge_of(world, f"giamkhao{number}"))
    PanelSeatFactory(held=held, account=judge_of(world, "truong_ban"), is_chair=True)
    for number in range(contestants):
        made.contestants.append(contestant(made, BRANCHES[number % len(BRANCHES)], number + 1))
    db.session.commit()
    return made


def judge_of(world: World, name: str, unit: str = "huyen") -> Account:
    """Return the account of a judge, with the post."""
    world.accounts[name] = AccountFactory(username=name, name=f"Giám khảo {name}")
    AppointmentFactory(account=world.accounts[name], unit=world.units[unit], post=Post.JUDGE)
    return world.accounts[name]


def contestant(made: Judging, branch: str, number: int) -> Contestant:
    """Let somebody of a branch compete."""
    unit = made.world.units[branch]
    person = MemberFactory(unit=unit, name=f"Thí Sinh {number}")
    dossier = EntryDossierFactory(person=person, branch=unit)
    return ContestantFactory(held=made.held, dossier=dossier, code=f"{number:03d}")
