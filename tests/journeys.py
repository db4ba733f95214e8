"""Bringing an admission to a state the way people do: through the use cases, one after another."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from app.extensions import db
from app.models import Dossier
from app.queries.admission.meetings import roll_of
from app.services.admission.openings import Nominee, open_admission
from app.services.admission.sections import save_section
from app.services.dossiers import take_step
from app.services.events import By
from app.services.meetings.recording import Minutes, record_meeting
from app.services.papers.attachments import Attachments
from tests.clock import NOW, TODAY
from tests.world import World
from workflows.admission_facts import Answers, IntroducerKind, Schooling, Section, Source
from workflows.membership import Sex
from workflows.voting import Ballots

BORN = date(TODAY.year - 18, 3, 26)
HELD = TODAY - timedelta(days=3)
MONTHS_AGO = TODAY - timedelta(days=200)


class Journey:
    """One candidate on the way; each stage is taken by who takes it in life."""

    def __init__(self, world: World, branch: str = "ap_a1", name: str = "Lê Thị Mới") -> None:
        self.world, self.branch = world, branch
        self.commune = {"ap_b1": "xa_b"}.get(branch, "xa_a")
        nominee = Nominee(name=name, birth_date=BORN, sex=Sex.FEMALE, source=Source.RESIDENT)
        unit = world.units[branch]
        self.ref = open_admission(unit.id, nominee, by=self.by(branch)).ref

    def by(self, who: str) -> By:
        """Return an account as who asks for a change now."""
        return By(self.world.actor(who), NOW)

    @property
    def dossier(self) -> Dossier:
        """Return the dossier as the database holds it."""
        db.session.expire_all()
        return db.session.query(Dossier).filter_by(ref=self.ref).one()

    def take(self, step: str, who: str, **answers: Any) -> Any:
        """Take a step on the version that stands."""
        seen = self.dossier.version
        return take_step(self.ref, step, Answers(**answers), by=self.by(who), seen=seen)

    def write(self, section: Section, **values: Any) -> None:
        """Write a section as the branch."""
        seen, by = self.dossier.version, self.by(self.branch)
        save_section(self.ref, section, values, Attachments(), by=by, seen=seen)

    def nominate(self) -> None:
        """Assign a member who helps and begin the education."""
        helper = self.world.members[self.branch][1]
        self.write(Section.NOMINATION, source=Source.RESIDENT, helper_id=helper.id)
        self.take("begin_education", self.branch)

    def educate(self) -> None:
        """Fill in every section that the vote needs and call to it."""
        member = self.world.members[self.branch][2]
        self.write(Section.PERSON, schooling=Schooling.UPPER_SECONDARY, ethnicity="Kinh")
        self.write(Section.APPLICATION, applied_on=HELD - timedelta(days=9), own_words="Em xin…")
        self.write(Section.BACKGROUND, background_on=HELD - timedelta(days=9), custody="no")
        self.write(
            Section.INTRODUCER,
            introducer_kind=IntroducerKind.MEMBER,
            introducer_id=member.id,
            together_since=MONTHS_AGO,
            introduced_on=HELD - timedelta(days=9),
        )
        self.write(
            Section.STUDY, self_study_on=HELD - timedelta(days=9), self_study_result="Đạt 8/10"
        )
        self.take("call_to_vote", self.branch, meeting_on=HELD)

    def vote(self, in_favour: int = 8, against: int = 1) -> int:
        """Record the meeting with everybody present and return its id."""
        roll = {person.id: True for person in roll_of(self.world.units[self.branch], HELD)}
        minutes = Minutes(
            held_on=HELD, place="Nhà văn hóa ấp", chair="Bí thư", minute_taker="Phó bí thư"
        )
        blank = len(roll) - in_favour - against
        ballots = Ballots(in_favour, against, blank, 0)
        unit, by = self.world.units[self.branch], self.by(self.branch)
        return record_meeting(unit.id, minutes, roll, {self.ref: ballots}, by=by)

    def submit(self) -> None:
        """Propose and hand the dossier up."""
        self.write(Section.PROPOSAL, proposed_on=HELD, proposal="Đề nghị chuẩn y")
        self.take("submit", self.branch)

    def approve(self) -> None:
        """Approve as the commune's secretary."""
        self.take("approve", self.commune, signed_on=TODAY)

    def celebrate(self) -> None:
        """Record the ceremony."""
        self.take("record_ceremony", self.branch, ceremony_on=TODAY)

    def send_back(self) -> None:
        """Return the dossier for two sections."""
        self.take(
            "send_back",
            self.commune,
            sections=("study", "application"),
            reasons=(("study", "Thiếu bài kiểm tra"), ("application", "Đơn chưa ký")),
            reason="Thiếu bài kiểm tra\nĐơn chưa ký",
        )

    def to(self, state: str) -> "Journey":
        """Go on until the dossier stands in a state."""
        for stage in PATHS[state]:
            stage(self)
        assert self.dossier.state == state
        return self


_MAIN: list[tuple[str, Callable[[Journey], Any]]] = [
    ("education", Journey.nominate),
    ("branch_vote", Journey.educate),
    ("ready", Journey.vote),
    ("commune_review", Journey.submit),
    ("ceremony", Journey.approve),
    ("card_issue", Journey.celebrate),
]
PATHS: dict[str, list[Callable[[Journey], Any]]] = {"nomination": []}
for _index, (_state, _stage) in enumerate(_MAIN):
    PATHS[_state] = [stage for _, stage in _MAIN[: _index + 1]]
PATHS["admitted"] = [
    *PATHS["card_issue"],
    lambda j: j.take("issue_card", "huyen", card_number=f"V{j.ref}", card_issued_on=TODAY),
]
PATHS["returned"] = [*PATHS["commune_review"], Journey.send_back]
PATHS["refused"] = [
    *PATHS["commune_review"],
    lambda j: j.take("refuse", j.commune, reason="Khai không đúng"),
]
PATHS["superior_review"] = [
    *PATHS["commune_review"],
    lambda j: j.take("ask_superior", j.commune, reason="Xin ý kiến"),
]
PATHS["withdrawn"] = [lambda j: j.take("withdraw", j.branch, reason="Chuyển đi nơi khác")]
