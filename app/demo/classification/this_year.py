"""The running year: some branches classify their members, one at each stage, act by act."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from app.demo.acting import ActingBranch
from app.demo.places import Place
from app.queries.admission.meetings import roll_of
from app.queries.classification.members import Member, Typed
from app.queries.classification.sheets import members_of, sheet_of
from app.services.classification.meetings import Held, hold_meeting
from app.services.classification.sheets import write_sheet
from app.services.classification.steps import Decision, take_step
from app.services.meetings.recording import Minutes
from workflows.calendar import local_day
from workflows.voting import Ballots

# How far the branches are; of the first commune the first is that of the start page.
FAR = {
    "ap.tanquoi.1": "submitted",
    "ap.tanquoi.2": "submitted",
    "ap.tanquoi.3": "confirmed",
    "ap.tanquoi.4": "returned",
    "ap.tanquoi.5": "voted",
    "ap.tanquoi.6": "draft",
    "ap.tanluoc.1": "confirmed",
    "ap.tanluoc.2": "submitted",
}
RETURNED = "Ghi rõ số việc được giao và đã xong trong năm."


class Branch(ActingBranch):
    """A branch at work on its sheet, and the moment of its next act."""

    between = timedelta(minutes=7)

    @property
    def seen(self) -> int:
        """Return the version of the sheet as it stands."""
        sheet = sheet_of(self.place.unit.id, self.year)
        return sheet.version if sheet else 0

    def members(self) -> list[Member]:
        """Return the members of the sheet as they stand."""
        unit, day = self.place.unit, local_day(self.now)
        return members_of(unit, self.year, sheet_of(unit.id, self.year), day)

    def write(self) -> None:
        """Write the whole sheet: tasks for all, a word of the unit before where it is asked."""
        written = {
            each.person_id: Typed(
                own_grade=each.computed,
                tasks_assigned=4,
                tasks_done=3 if place % 7 == 3 else 4,  # noqa: PLR2004
                former_comment="Tham gia đều." if each.asks_former_unit else "",
            )
            for place, each in enumerate(self.members())
        }
        unit, seen = self.place.unit.id, self.seen
        write_sheet(unit, self.year, written, by=self.by(), seen=seen)

    def meet(self) -> None:
        """Hold the meeting: most are there, nearly all in favour."""
        unit, held_on = self.place.unit, local_day(self.now)
        people = roll_of(unit, held_on)
        roll = {each.id: place % 9 != 8 for place, each in enumerate(people) if each.counts}  # noqa: PLR2004
        present = sum(roll.values())
        votes = {
            each.person_id: Ballots(present - place % 2, place % 2, 0, 0)
            for place, each in enumerate(self.members())
            if each.grade
        }
        head = self.place.officers[0].name
        minutes = Minutes(held_on, self.place.hall, head, self.place.members[0].name)
        held, seen = Held(minutes, roll, votes), self.seen
        hold_meeting(unit.id, self.year, held, by=self.by(), seen=seen)

    def hand_up(self) -> None:
        """Hand the sheet up to the commune."""
        self._take("submit")

    def confirm(self) -> None:
        """Let the commune confirm it."""
        self._take("confirm", self.place.union)

    def send_back(self) -> None:
        """Let the commune return it for one member."""
        first = next(each for each in self.members() if each.grade)
        self._take("send_back", self.place.union, Decision({first.person_id: RETURNED}))

    def _take(self, step: str, who: Place | None = None, decision: Decision | None = None) -> None:
        unit, seen = self.place.unit.id, self.seen
        take_step(unit, self.year, step, decision, by=self.by(who), seen=seen)


ACTS: dict[str, tuple[Callable[[Branch], None], ...]] = {
    "draft": (Branch.write,),
    "voted": (Branch.write, Branch.meet),
    "submitted": (Branch.write, Branch.meet, Branch.hand_up),
    "returned": (Branch.write, Branch.meet, Branch.hand_up, Branch.send_back),
    "confirmed": (Branch.write, Branch.meet, Branch.hand_up, Branch.confirm),
}


def classify_this_year(place: Place, stage: str, year: int, now: datetime) -> None:
    """Bring the sheet of a branch to a stage."""
    branch = Branch(place, year, now)
    for act in ACTS[stage]:
        act(branch)


def first_day(today: date) -> date:
    """Return the day on which this year's sheets are worked on: some days ago, within the year."""
    return max(today - timedelta(days=5), date(today.year, 1, 1))
