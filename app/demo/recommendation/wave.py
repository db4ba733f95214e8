"""Members chosen together in a commune, and what each does on the way, act by act."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.demo.people import Casting
from app.demo.places import Place
from app.demo.recommendation import texts
from app.extensions import db
from app.models import Dossier, ExemplaryLine, Person
from app.queries.admission.meetings import roll_of
from app.queries.recommendation.choosing import eligible_for
from app.queries.recommendation.files import recommendation_files
from app.queries.recommendation.lists import waiting_to_be_listed
from app.services.dossiers import take_step
from app.services.events import By
from app.services.meetings.recording import Minutes, record_meeting
from app.services.papers.attachments import Attachments
from app.services.recommendation.choosing import choose
from app.services.recommendation.handing import Handover, hand_over
from app.services.recommendation.parts import save_part
from workflows.calendar import anniversary, local_day
from workflows.quarters import quarter_of
from workflows.recommendation_facts import CommitteeVote, Part, RecommendationAnswers
from workflows.requirements.exemplary import SCHOOLED
from workflows.voting import Ballots

ADULT = 18
COMMITTEE = CommitteeVote(members=11, present=10, in_favour=9, against=1)


@dataclass(slots=True)
class Wave:
    """Those whom a commune chose on one day; ``size`` is how many at the most.

    ``year`` is that of the title.
    """

    union: Place
    casting: Casting
    size: int
    year: int
    numbers: list[int] = field(default_factory=list)

    def choose(self, now: datetime) -> None:
        """Choose who suits: of age, schooled, staying here, and barred by nothing."""
        day = local_day(now)
        free = [each for each in eligible_for(self.union.unit, self.year, day) if not each.bar]
        suits = [each.person_id for each in free if self._suits(each.person_id, now)]
        self.numbers = suits[: self.size]
        self.casting.busy |= set(self.numbers)
        if self.numbers:
            self._choose(self.numbers, self.year, now)

    def choose_again(self, now: datetime, place: int) -> None:
        """Choose one of them for the next year too: the year before it counts."""
        if place < len(self.numbers):
            self._choose(self.numbers[place : place + 1], self.year + 1, now)

    def _choose(self, numbers: Collection[int], year: int, now: datetime) -> None:
        by, day = By(self.union.officers[-1], now), local_day(now)
        choose(self.union.unit.id, year, numbers, held_on=day, by=by)

    def _suits(self, number: int, now: datetime) -> bool:
        person = db.session.get_one(Person, number)
        fated = {each.id for each in self.casting.fates}
        is_adult = anniversary(person.birth_date, ADULT) <= local_day(now)
        return is_adult and person.schooling in SCHOOLED and not {number} & (fated | self.taken)

    @property
    def taken(self) -> set[int]:
        """List who holds an office or has another part to play."""
        return self.casting.busy

    def hand_over(self, now: datetime) -> None:
        """Hand everybody over to the Party committee whose file is complete."""
        files = [each for each in waiting_to_be_listed(self.union.unit.id) if _is_ready(each)]
        lines = {each.dossier.ref: each.dossier.version for each in files}
        handover = Handover(local_day(now), f"Đảng ủy {self.union.unit.name.removeprefix('Đoàn ')}")
        if lines:
            hand_over(self.union.unit.id, lines, handover, by=By(self.union.officers[0], now))

    def member(self, place: int) -> "Member | None":
        """Return one of them at work, if so many were chosen."""
        return Member(self, self.numbers[place]) if place < len(self.numbers) else None


def _is_ready(file: Any) -> bool:  # noqa: ANN401
    return bool(file.recommendation.union_comment)


@dataclass(slots=True)
class Member:
    """One exemplary member; each act is taken by who takes it in life."""

    wave: Wave
    person_id: int

    def _file(self) -> Any:  # noqa: ANN401
        dossier = select(Dossier.id).join(ExemplaryLine, ExemplaryLine.dossier_id == Dossier.id)
        number = db.session.scalar(dossier.where(ExemplaryLine.person_id == self.person_id))
        return recommendation_files(Dossier.id == number)[0]

    def _branch(self, file: Any) -> Place:  # noqa: ANN401
        below = self.wave.union.walk()
        return next(each for each in below if each.unit.id == file.dossier.branch_id)

    def _by(self, file: Any, now: datetime, *, branch: bool) -> By:  # noqa: ANN401
        place = self._branch(file) if branch else self.wave.union
        free = [each for each in place.officers if each.person_id != self.person_id]
        return By(free[0], now)

    def _write(self, part: Part, values: dict[str, Any], now: datetime, *, branch: bool) -> None:
        file = self._file()
        by, seen = self._by(file, now, branch=branch), file.dossier.version
        save_part(file.dossier.ref, part, values, Attachments(), by=by, seen=seen)

    def _take(self, step: str, now: datetime, *, branch: bool = False, **answers: Any) -> None:  # noqa: ANN401
        file = self._file()
        by, seen = self._by(file, now, branch=branch), file.dossier.version
        take_step(file.dossier.ref, step, RecommendationAnswers(**answers), by=by, seen=seen)

    def complete(self, now: datetime) -> None:
        """Write the branch's parts and send the file up."""
        day = local_day(now)
        wish = {"wish_on": day, "essay_on": day, "branch_comment": texts.BRANCH_COMMENT}
        parts = ((Part.PROFILE, texts.PROFILE), (Part.WISH, wish), (Part.EFFORT, texts.EFFORT))
        for part, values in parts:
            self._write(part, dict(values), now, branch=True)
        self._take("complete_file", now, branch=True)

    def comment(self, now: datetime) -> None:
        """Comment as the union, so that the file can be listed."""
        self._write(Part.UNION_COMMENT, {"union_comment": texts.UNION_COMMENT}, now, branch=False)

    def send_back(self, now: datetime) -> None:
        """Return the file for the branch's comment."""
        reasons = ((Part.WISH.value, texts.RETURNED),)
        named = (Part.WISH.value,)
        self._take("send_back", now, reason=texts.RETURNED, sections=named, reasons=reasons)

    def recognise(self, now: datetime) -> None:
        """Record the recognition, class and Party member."""
        day = local_day(now)
        number = f"{self.person_id % 90 + 10}-QĐ/ĐU"
        self._take("recognise", now, on=day, number=number)
        learnt = {"class_on": day, "class_ref": f"CN {self.person_id:04d}"}
        values = {**learnt, "party_helper": texts.HELPER}
        self._write(Part.PROSPECT, values, now, branch=False)

    def quarter(self, now: datetime) -> None:
        """Let both sides comment on the quarter."""
        values = {"quarter": quarter_of(local_day(now)), "comment": texts.QUARTER}
        self._write(Part.BRANCH_QUARTER, values, now, branch=True)
        self._write(Part.UNION_QUARTER, values, now, branch=False)

    def ask(self, now: datetime) -> None:
        """Ask for the branch's opinion."""
        self._take("ask_opinion", now)

    def vote(self, now: datetime) -> None:
        """Hold the branch's meeting: everybody is there, nearly all in favour."""
        file, day = self._file(), local_day(now)
        place, by = self._branch(file), self._by(file, now, branch=True)
        roll = {each.id: True for each in roll_of(place.unit, day) if each.counts}
        head = place.officers[0].name
        minutes = Minutes(day, place.hall, head, place.members[0].name, guests=texts.GUESTS)
        against = 1 if len(roll) > COMMITTEE.against + 2 else 0
        ballots = {file.dossier.ref: Ballots(len(roll) - against, against, 0, 0)}
        record_meeting(place.unit.id, minutes, roll, ballots, by=by)

    def submit(self, now: datetime) -> None:
        """Propose and hand the file up."""
        values = {"proposed_on": local_day(now), "proposal_text": texts.PROPOSAL}
        self._write(Part.PROPOSAL, values, now, branch=True)
        self._take("submit", now, branch=True)

    def resolve(self, now: datetime) -> None:
        """Record the resolution of the committee."""
        day = local_day(now)
        said: dict[str, Any] = {"on": day, "committee": COMMITTEE, **texts.RESOLUTION}
        self._take("record_resolution", now, **said)

    def hand_to_cell(self, now: datetime) -> None:
        """Hand the file over to the Party cell."""
        cell = self._branch(self._file()).unit.name.replace("Chi đoàn", "Chi bộ")
        self._take("hand_to_cell", now, on=local_day(now), to_whom=cell)

    def cell_returns(self, now: datetime) -> None:
        """Let the cell send the file back for a paper."""
        self._take("cell_returns", now, reason=texts.CELL_RETURNED)

    def accept(self, now: datetime) -> None:
        """Record that the cell accepted."""
        self._take("cell_accepts", now, on=local_day(now))

    def admit(self, now: datetime) -> None:
        """Record the admission to the Party."""
        self._take("admit_to_party", now, on=local_day(now))

    def become_full(self, now: datetime) -> None:
        """Comment on the probation from both sides, and record its end."""
        values = {"held_on": local_day(now), "asked": 9, "in_favour": 9, "against": 0}
        said = {**values, **texts.PROBATION}
        self._write(Part.BRANCH_PROBATION, said, now, branch=True)
        self._write(Part.UNION_PROBATION, said, now, branch=False)
        self._take("become_full_member", now, on=local_day(now))

    def withdraw(self, now: datetime) -> None:
        """Withdraw by own wish."""
        self._take("withdraw", now, branch=True, reason=texts.WITHDRAWN)

    def close(self, now: datetime) -> None:
        """End the way without an admission."""
        self._take("close_unadmitted", now, reason=texts.NOT_ADMITTED)
