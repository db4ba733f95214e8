"""A programme of a year, opened above and carried out in a branch, act by act."""

from app.extensions import db
from app.models import ProgrammeRegistration
from app.queries.programme.contents import in_force, programme_of
from app.queries.programme.sheets import registrations_of
from app.services.events import By
from app.services.programme.contents import Origin, begin_draft, open_edition, write_draft
from app.services.programme.registering import Wanted, register
from app.services.programme.steps import Said, take_step
from app.services.programme.tracking import Progress, Told, track
from tests.clock import NOW, TODAY
from tests.world import World
from workflows.programme_facts import Content, Field, Mark

YEAR = TODAY.year
CONTENTS = (
    Content("Học bài lý luận chính trị", Field.POLITICS, is_required=True, target=4, measure="bài"),
    Content("Không vi phạm luật giao thông", Field.ETHICS),
    Content("Tập một môn thể thao", Field.FITNESS, target=20, measure="buổi"),
)


class Programme:
    """The programme of the district, and one branch that carries it out."""

    def __init__(self, world: World, branch: str = "ap_a1", year: int = YEAR) -> None:
        self.world, self.branch, self.year = world, branch, year
        self.unit = world.units[branch]
        self.people = world.members[branch]

    def by(self, who: str | None = None, key: str | None = None) -> By:
        """Return somebody as who acts."""
        return By(self.world.actor(who or self.branch), NOW, request_key=key)

    def opened(self, who: str = "huyen", contents=CONTENTS):
        """Write and open a programme of the unit of somebody."""
        unit, by = self.world.units[who], self.by(who)
        seen = begin_draft(unit.id, self.year, Origin.BLANK, by=by, seen=self.seen_of(unit))
        seen = write_draft(unit.id, self.year, contents, by=by, seen=seen)
        open_edition(unit.id, self.year, TODAY, by=by, seen=seen)
        return self

    def seen_of(self, unit) -> int:
        """Return the version of the programme of a unit."""
        row = programme_of(unit.id, self.year)
        return row.version if row else 0

    @property
    def contents(self) -> list[int]:
        """The ids of what is offered to the branch, in order."""
        db.session.expire_all()
        return [each.id for each in in_force(self.unit, self.year, TODAY).contents]

    def row(self, person) -> ProgrammeRegistration | None:
        """Return the registration of a member as it stands."""
        db.session.expire_all()
        return registrations_of([person.id], self.year).get(person.id)

    def seen(self, person) -> int:
        """Return its version."""
        row = self.row(person)
        return row.version if row else 0

    def register(self, *people, contents=None, who=None, key=None):
        """Register some members, all of them unless named."""
        chosen = contents or self.contents[:2]
        wanted = {each.id: Wanted(self.seen(each), chosen) for each in people or self.people}
        return register(self.unit.id, self.year, wanted, by=self.by(who, key))

    def take(self, name, *people, who=None, key=None, **said):
        """Take a step on some members, all of them unless named."""
        asked = {each.id: Said(self.seen(each), **said) for each in people or self.people}
        return take_step(self.unit.id, self.year, name, asked, by=self.by(who, key))

    def track(self, person, *, who=None, key=None, evaluates=False, comment="", **rest):
        """Write of every content of a member how it went."""
        numbers = [each.content_id for each in self.row(person).choices]
        contents = {number: Progress(**rest) for number in numbers}
        told = Told(self.seen(person), contents, comment, evaluates)
        return track(self.unit.id, self.year, person.id, told, by=self.by(who, key))

    def conclude(self, person, *marks: Mark, result=None, reason="", who=None):
        """Conclude on a member with a mark for each content."""
        numbers = sorted(each.content_id for each in self.row(person).choices)
        given = dict(zip(numbers, marks, strict=True))
        return self.take("conclude", person, who=who, marks=given, result=result, reason=reason)
