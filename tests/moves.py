"""Bringing a transfer to a state the way people do: through the use cases, one after another."""

from datetime import date, timedelta
from typing import Any

from app.extensions import db
from app.models import Dossier, Membership, Person, Transfer
from app.services.dossiers import Receipt, take_step
from app.services.events import By
from app.services.transfer.openings import Arrival, open_arrival, open_transfer
from app.services.transfer.parts import save_part
from tests.clock import NOW, TODAY
from tests.world import World
from workflows.membership import Sex
from workflows.transfer_facts import Part, TransferAnswers

DAY = timedelta(days=1)
MOVED = TODAY - 3 * DAY
ARRIVAL = Arrival(
    "Trần Thị Về", date(TODAY.year - 20, 3, 26), Sex.FEMALE, joined_on=date(2023, 3, 26)
)
OUTSIDE = "Đoàn phường 1, thành phố Vĩnh Long"


class Move:
    """A member of ap_a1 on the way; each stage is taken by who takes it in life."""

    def __init__(self, world: World, to: str | None, **values: Any) -> None:
        """Open a transfer to a unit of the world, or outside where none is named."""
        self.world, self.to_unit = world, to
        self.person_id = world.members["ap_a1"][5].id
        given: dict[str, Any] = {"moved_on": MOVED, **values}
        if to is None:
            given = {"outside_unit": OUTSIDE, **given}
        else:
            given["destination_id"] = world.units[to].id
        self.ref = open_transfer(self.person_id, given, by=self.by("ap_a1")).ref

    def by(self, who: str) -> By:
        """Return an account as who asks for a change now."""
        return By(self.world.actor(who), NOW)

    @property
    def dossier(self) -> Dossier:
        """Return the dossier as the database holds it."""
        db.session.expire_all()
        return db.session.query(Dossier).filter_by(ref=self.ref).one()

    @property
    def transfer(self) -> Transfer:
        """Return what the dossier carries of the transfer."""
        return db.session.get_one(Transfer, self.dossier.id)

    @property
    def person(self) -> Person:
        """Return the person as the database holds them."""
        db.session.expire_all()
        return db.session.get_one(Person, self.person_id)

    def stays(self) -> list[tuple[int, date, date | None]]:
        """Return the stays of the person: unit, first and last day."""
        rows = db.session.query(Membership).filter_by(person_id=self.person_id)
        return [(row.unit_id, row.from_on, row.to_on) for row in rows.order_by(Membership.from_on)]

    def take(self, step: str, who: str, **answers: Any) -> Receipt:
        """Take a step on the version that stands."""
        seen, by = self.dossier.version, self.by(who)
        return take_step(self.ref, step, TransferAnswers(**answers), by=by, seen=seen)

    def write(self, part: Part, **values: Any) -> Receipt:
        """Write a part as the branch."""
        return save_part(self.ref, part, values, by=self.by("ap_a1"), seen=self.dossier.version)

    def ask(self) -> "Move":
        """Write the comment, collect the dues, and ask the commune to introduce."""
        self.write(Part.COMMENT, comment="Sinh hoạt đều.", dues_paid_until=TODAY)
        self.take("ask_to_move", "ap_a1")
        return self

    def introduce(self) -> "Move":
        """Introduce as the commune's secretary."""
        self.ask().take("introduce", "xa_a")
        return self

    def assign(self) -> "Move":
        """Give the member to the branch of the other commune."""
        self.introduce().take("assign_branch", "xa_b", to_branch_id=self.unit("ap_b1"))
        return self

    def unit(self, name: str) -> int:
        """Return the id of a unit of the world."""
        return self.world.units[name].id


class Coming(Move):
    """A member from outside the district, received by the commune xa_b."""

    def __init__(self, world: World, arrival: Arrival = ARRIVAL, **values: Any) -> None:
        self.world = world
        given = {"outside_unit": OUTSIDE, "moved_on": MOVED, **values}
        unit = world.units["xa_b"].id
        self.ref = open_arrival(unit, arrival, given, by=self.by("xa_b.pho")).ref
        self.person_id = self.dossier.person_id

    def assign(self) -> "Coming":
        """Give the member to a branch."""
        self.take("assign_branch", "xa_b", to_branch_id=self.unit("ap_b1"))
        return self
