"""Bringing a recommendation to a state the way people do: through the use cases, in their days."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from app.extensions import db
from app.models import ClassificationLine, ClassificationSheet, Dossier, Person, Recommendation
from app.queries.admission.meetings import roll_of
from app.services.dossiers import Receipt, take_step
from app.services.events import By, Change, found
from app.services.meetings.recording import Minutes, record_meeting
from app.services.papers.attachments import Attachments
from app.services.recommendation.choosing import choose
from app.services.recommendation.handing import Handover, hand_over
from app.services.recommendation.parts import save_part
from tests.clock import NOW, TODAY
from tests.world import World
from workflows.admission_facts import Schooling
from workflows.classification import Grade
from workflows.membership import PersonStatus
from workflows.quarters import quarter_of
from workflows.recommendation_facts import CommitteeVote, Part, RecommendationAnswers
from workflows.voting import Ballots

DAY = timedelta(days=1)
# How many days ago each stage of the way was: probation has lasted its twelve months.
CHOSEN, LISTED, RECOGNISED, ASKED, HELD = (TODAY - n * DAY for n in (520, 510, 480, 430, 420))
RESOLVED, HANDED, ACCEPTED, ADMITTED = (TODAY - n * DAY for n in (410, 405, 400, 380))
YEAR = CHOSEN.year
SECRET = "Kín tiếng, sống trong sạch"
PROFILE = {
    "birth_place": "Bình Tân",
    "permanent_address": "Ấp 1, xã Tân Quới",
    "position": "Phó bí thư chi đoàn, giáo viên mầm non",
    "it_skills": "Cơ bản",
    "awards": "Giấy khen của Huyện đoàn",
    "joined_at": "Trường THPT Tân Quới",
    "own_class": "Nông dân",
}
COMMITTEE = CommitteeVote(members=9, present=8, in_favour=6, against=2)


def grade(person: Person, year: int, given: Grade = Grade.EXCELLENT) -> None:
    """Let a member have a confirmed grade of a year."""
    wanted = {"unit_id": person.unit_id, "year": year}
    sheet = db.session.query(ClassificationSheet).filter_by(**wanted).one_or_none()
    if sheet is None:
        sheet = ClassificationSheet(
            district_id=person.district_id,
            confirming_unit_id=person.unit_id,
            state="confirmed",
            **wanted,
        )
        found(sheet, Change("confirm_grades", None, "confirmed"), By(None, NOW))
    line = ClassificationLine(
        sheet_id=sheet.id,
        person_id=person.id,
        year=year,
        place=person.id,
        name=person.name,
        grade=given,
        is_confirmed=True,
    )
    db.session.add(line)
    db.session.commit()


class Way:
    """An exemplary member on the way; each stage is taken by who takes it in life, on its day."""

    def __init__(self, world: World, branch: str = "ap_a1", member: int = 5) -> None:
        """Have a member chosen who was graded excellent the year before."""
        self.world, self.branch = world, branch
        self.commune = {"ap_b1": "xa_b", "co_so": "co_so"}.get(branch, "xa_a")
        self.chooser = "co_so.pho" if branch == "co_so" else f"{self.commune}.pho"
        self.person_id = world.members[branch][member].id
        person = db.session.get_one(Person, self.person_id)
        person.schooling = Schooling.UPPER_SECONDARY
        grade(person, YEAR - 1)
        unit = world.units[self.commune].id
        choose(unit, YEAR, [self.person_id], held_on=CHOSEN, by=self.by(self.chooser, CHOSEN))
        self.ref = db.session.query(Dossier).filter_by(person_id=self.person_id).one().ref

    def by(self, who: str, on: date = TODAY) -> By:
        """Return an account as who asks for a change on a day."""
        return By(self.world.actor(who), NOW - (TODAY - on))

    @property
    def dossier(self) -> Dossier:
        """Return the dossier as the database holds it."""
        db.session.expire_all()
        return db.session.query(Dossier).filter_by(ref=self.ref).one()

    @property
    def kept(self) -> Recommendation:
        """Return what the dossier carries of the recommendation."""
        return db.session.get_one(Recommendation, self.dossier.id)

    @property
    def person(self) -> Person:
        """Return the person as the database holds them."""
        db.session.expire_all()
        return db.session.get_one(Person, self.person_id)

    def take(self, step: str, who: str, when: date = TODAY, **answers: Any) -> Receipt:
        """Take a step on the version that stands."""
        seen, by = self.dossier.version, self.by(who, when)
        return take_step(self.ref, step, RecommendationAnswers(**answers), by=by, seen=seen)

    def write(self, part: Part, who: str, when: date = TODAY, **values: Any) -> Receipt:
        """Write a part as who writes it."""
        seen, by = self.dossier.version, self.by(who, when)
        return save_part(self.ref, part, values, Attachments(), by=by, seen=seen)

    def complete(self) -> None:
        """Write the branch's parts and send the file up."""
        on = CHOSEN + DAY
        self.write(Part.PROFILE, self.branch, on, **PROFILE)
        wish = {"wish_on": CHOSEN, "essay_on": CHOSEN, "branch_comment": SECRET}
        self.write(Part.WISH, self.branch, on, **wish)
        work = {"union_work": "Tổ chức ba đợt tình nguyện", "work_results": "Lao động tiên tiến"}
        self.write(Part.EFFORT, self.branch, on, **work)
        self.take("complete_file", self.branch, on)

    def hand_over(self) -> None:
        """Comment as the union, and hand the list over to the Party committee."""
        self.write(Part.UNION_COMMENT, self.commune, LISTED, union_comment=SECRET)
        lines, unit = {self.ref: self.dossier.version}, self.world.units[self.commune].id
        handover = Handover(LISTED, "Đảng ủy xã Tân Quới")
        hand_over(unit, lines, handover, by=self.by(self.commune, LISTED))

    def recognise(self) -> None:
        """Record that the Party committee recognised a prospect."""
        self.take("recognise", self.commune, RECOGNISED, on=RECOGNISED, number="15-QĐ/ĐU")

    def comment(self, part: Part, who: str, when: date, text: str = SECRET) -> Receipt:
        """Comment on the quarter of a day."""
        return self.write(part, who, when, quarter=quarter_of(when), comment=text)

    def ask(self) -> None:
        """Record class and Party member, and ask for the branch's opinion."""
        learnt = {"class_on": RECOGNISED + DAY, "class_ref": "CN 07/2025", "party_helper": SECRET}
        self.write(Part.PROSPECT, self.commune, ASKED, **learnt)
        self.take("ask_opinion", self.commune, ASKED)

    def vote(self, in_favour: int = 8, against: int = 1) -> int:
        """Record the meeting with everybody present and return its id."""
        unit = self.world.units[self.branch]
        roll = {person.id: True for person in roll_of(unit, HELD)}
        minutes = Minutes(held_on=HELD, place="Nhà văn hóa ấp", chair="Bí thư", minute_taker="Phó")
        ballots = Ballots(in_favour, against, len(roll) - in_favour - against, 0)
        return record_meeting(unit.id, minutes, roll, {self.ref: ballots}, by=self.by(self.branch))

    def submit(self) -> None:
        """Propose and hand the file up."""
        self.write(Part.PROPOSAL, self.branch, HELD, proposed_on=HELD, proposal_text=SECRET)
        self.take("submit", self.branch, HELD)

    def resolve(self, committee: CommitteeVote = COMMITTEE) -> None:
        """Record the resolution of the union's committee."""
        self.take(
            "record_resolution",
            self.commune,
            RESOLVED,
            on=RESOLVED,
            committee=committee,
            strengths=SECRET,
            weaknesses=SECRET,
            against_reason=SECRET,
        )

    def hand_to_cell(self) -> None:
        """Hand the file over to the Party cell."""
        self.take("hand_to_cell", self.commune, HANDED, on=HANDED, to_whom="Chi bộ Ấp 1")

    def accept(self) -> None:
        """Record that the cell accepted."""
        self.take("cell_accepts", self.commune, ACCEPTED, on=ACCEPTED)

    def admit(self) -> None:
        """Record that the Party admitted the person."""
        self.take("admit_to_party", self.commune, ADMITTED, on=ADMITTED)

    def become_full(self) -> None:
        """Comment on the probation from both sides, and record its end."""
        said = {"held_on": TODAY, "asked": 9, "in_favour": 8, "against": 1}
        said |= dict.fromkeys(("strengths", "weaknesses", "against_reason"), SECRET)
        self.write(Part.BRANCH_PROBATION, self.branch, TODAY, **said)
        self.write(Part.UNION_PROBATION, self.commune, TODAY, **said)
        self.take("become_full_member", self.commune, TODAY, on=TODAY)

    def send_back(self, *sections: str, again: bool = False) -> None:
        """Return the file for some parts."""
        sections = sections or ("wish", "effort")
        why = tuple((name, f"Thiếu ở mục {name}") for name in sections)
        reason = "\n".join(text for _name, text in why)
        more = {"sections": sections, "reasons": why, "new_vote_needed": again}
        self.take("send_back", self.commune, reason=reason, **more)

    def to(self, state: str) -> "Way":
        """Go on until the dossier stands in a state."""
        for stage in PATHS[state]:
            stage(self)
        assert self.dossier.state == state
        return self


_MAIN: list[tuple[str, Callable[[Way], Any]]] = [
    ("listing", Way.complete),
    ("with_party", Way.hand_over),
    ("prospect", Way.recognise),
    ("branch_vote", Way.ask),
    ("ready", Way.vote),
    ("resolution", Way.submit),
    ("resolved", Way.resolve),
    ("with_cell", Way.hand_to_cell),
    ("cell_accepted", Way.accept),
    ("probation", Way.admit),
    ("full_member", Way.become_full),
]
PATHS: dict[str, list[Callable[[Way], Any]]] = {"chosen": []}
for _index, (_state, _stage) in enumerate(_MAIN):
    PATHS[_state] = [stage for _, stage in _MAIN[: _index + 1]]
PATHS["returned"] = [*PATHS["resolution"], Way.send_back]
PATHS["not_admitted"] = [
    *PATHS["with_party"],
    lambda way: way.take("close_unadmitted", way.commune, reason="Chưa đủ điều kiện"),
]
PATHS["withdrawn"] = [lambda way: way.take("withdraw", way.branch, reason="Chưa sẵn sàng")]


def _leave(way: Way, status: Any) -> None:
    way.person.status = status
    db.session.commit()
    way.take("close_left", way.commune)


PATHS["left_union"] = [lambda way: _leave(way, PersonStatus.RESIGNED)]
PATHS["moved_away"] = [lambda way: _leave(way, PersonStatus.TRANSFERRED)]
