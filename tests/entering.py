"""Bringing a contest entry to a state the way people do: through the use cases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.extensions import db
from app.models import Contestant, ContestRound, Dossier, Entry, Season
from app.services.dossiers import Receipt, take_step
from app.services.entry.openings import open_entry
from app.services.entry.sections import save_section
from app.services.events import By
from app.services.papers.attachments import Attachments
from tests.clock import NOW, TODAY
from tests.factories import ContestRoundFactory, SeasonFactory
from tests.panels import SITUATION
from tests.world import World
from workflows.contest.entry_facts import EntryAnswers, Section
from workflows.contest.rules import Advance, AdvanceBy, ContestRules, Round
from workflows.contest.season import SeasonState
from workflows.levels import Level

YEAR = TODAY.year
DAY = timedelta(days=1)
COMMUNE, SECOND, DISTRICT = "vong_xa", "vong_xa_2", "vong_huyen"
POSTS = "Bí thư chi đoàn, từ tháng 3/2023"
DEEDS = {"achievements": "Giấy khen Huyện đoàn 2024", "branch_results": "Chi đoàn vững mạnh"}
LEADERS = ("ap_a1", "ap_a1.pho", "ap_a2", "ap_b1", "co_so", "co_so.pho")


def rules(*, with_commune: bool = True, twice: bool = False, **rest: Any) -> ContestRules:
    """Return rules with a round of the district, and one or two of each commune before it."""
    best = Advance(AdvanceBy.TOP, 1)
    rounds = [Round(DISTRICT, "Vòng cấp huyện", Level.DISTRICT, (SITUATION,))]
    if twice:
        rounds.insert(0, Round(SECOND, "Vòng xã, lượt hai", Level.COMMUNE, (SITUATION,)))
    if with_commune:
        advance = best if twice else Advance()
        rounds.insert(0, Round(COMMUNE, "Vòng cấp xã", Level.COMMUNE, (SITUATION,), advance))
    return ContestRules("Hội thi", tuple(rounds), **rest)


def season(
    world: World, contest: ContestRules | None = None, state: str = SeasonState.CALL_OPEN
) -> Season:
    """Hold a season that takes entries, with all rounds; who leads a branch is a member there."""
    contest = contest or rules()
    made = SeasonFactory(
        district=world.units["huyen"],
        contest=contest,
        state=state,
        call_from=NOW - 10 * DAY,
        call_until=NOW + 10 * DAY,
    )
    for each in contest.rounds:
        units = ("xa_a", "xa_b", "co_so") if each.level is Level.COMMUNE else ("huyen",)
        for unit in units:
            ContestRoundFactory(season=made, unit=world.units[unit], code=each.code)
    for name in LEADERS:
        place = 1 if name.endswith(".pho") else 0
        world.accounts[name].person_id = world.members[name.removesuffix(".pho")][place].id
    db.session.commit()
    return made


class Way:
    """An entry of a branch, of its secretary unless the deputy is named."""

    def __init__(self, world: World, branch: str = "ap_a1", member: int = 0) -> None:
        """Open the entry in the season of the year."""
        self.world, self.branch = world, branch
        self.commune = {"ap_b1": "xa_b", "co_so": "co_so"}.get(branch, "xa_a")
        self.chooser = "co_so.pho" if branch == "co_so" else self.commune
        self.person_id = world.members[branch][member].id
        unit = world.units[branch].id
        self.ref = open_entry(YEAR, unit, self.person_id, by=self.by(branch)).ref

    def by(self, who: str) -> By:
        """Return an account as who asks for a change now."""
        return By(self.world.actor(who), NOW)

    @property
    def dossier(self) -> Dossier:
        """Return the dossier as the database holds it."""
        db.session.expire_all()
        return db.session.query(Dossier).filter_by(ref=self.ref).one()

    @property
    def entry(self) -> Entry:
        """Return what the dossier carries of the entry."""
        return db.session.get_one(Entry, self.dossier.id)

    def places(self) -> list[tuple[str, str, bool]]:
        """Return the rounds that the contestant is or was in: code, number, and whether out."""
        rows = (
            db.session.query(ContestRound.code, Contestant.code, Contestant.out_at)
            .join(Contestant, Contestant.round_id == ContestRound.id)
            .filter(Contestant.dossier_id == self.dossier.id)
            .order_by(Contestant.id)
        )
        return [(held, code, out is not None) for held, code, out in rows]

    def take(self, step: str, who: str, **answers: Any) -> Receipt:
        """Take a step on the version that stands."""
        seen, by = self.dossier.version, self.by(who)
        return take_step(self.ref, step, EntryAnswers(**answers), by=by, seen=seen)

    def write(self, section: Section, **values: Any) -> Receipt:
        """Write a section as the branch."""
        seen, by = self.dossier.version, self.by(self.branch)
        return save_section(self.ref, section, values, Attachments(), by=by, seen=seen)

    def fill(self) -> None:
        """Write all that an entry needs."""
        self.write(Section.CONTESTANT, posts_held=POSTS, phone="0907 123 456")
        self.write(Section.ACHIEVEMENTS, **DEEDS)

    def enter(self) -> None:
        """Hand the entry up."""
        self.fill()
        self.take("enter_contest", self.branch)

    def admit(self) -> None:
        """Take the contestant into the commune's round."""
        self.take("admit_to_round", self.chooser)

    def end_round(self) -> None:
        """Let the commune's rounds be over."""
        unit = self.world.units[self.commune].id
        db.session.query(ContestRound).filter_by(unit_id=unit).update({"closed_at": NOW})
        db.session.commit()

    def endorse(self) -> None:
        """Endorse the contestant."""
        self.end_round()
        self.take("endorse", self.chooser)

    def accept(self) -> None:
        """Accept the contestant as the district."""
        self.take("accept_entry", "huyen")

    def send_back(self, *sections: str) -> None:
        """Return the entry for some sections, from whoever has it."""
        who = "huyen" if self.dossier.state == "endorsed" else self.chooser
        sections = sections or ("achievements",)
        why = tuple((name, f"Thiếu ở mục {name}") for name in sections)
        reason = "\n".join(text for _name, text in why)
        self.take("send_back", who, reason=reason, sections=sections, reasons=why)

    def to(self, state: str) -> "Way":
        """Go on until the dossier stands in a state."""
        for stage in PATHS[state]:
            stage(self)
        assert self.dossier.state == state
        return self


_ENDORSED = [Way.enter, Way.admit, Way.endorse]
PATHS: dict[str, list[Callable[[Way], Any]]] = {
    "preparing": [],
    "entered": [Way.enter],
    "commune_round": [Way.enter, Way.admit],
    "returned": [Way.enter, Way.send_back],
    "endorsed": _ENDORSED,
    "accepted": [*_ENDORSED, Way.accept],
    "not_endorsed": [
        *(Way.enter, lambda way: way.take("not_endorse", way.chooser, reason="Chưa đủ")),
    ],
    "not_accepted": [
        *(*_ENDORSED, lambda way: way.take("decline_entry", "huyen", reason="Quá số lượng")),
    ],
    "withdrawn_entry": [
        *(Way.enter, lambda way: way.take("withdraw_entry", way.branch, reason="Bận thi")),
    ],
}
