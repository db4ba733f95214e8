"""A small district: two communes, branches with members, and everyone who works there."""

from dataclasses import dataclass, field

from app.actors import Actor
from app.extensions import db
from app.models import Account, Person, Unit
from app.queries.accounts import actor_for
from tests.clock import TODAY
from tests.factories import AccountFactory, AppointmentFactory, MemberFactory, UnitFactory
from workflows.levels import Level, Post, UnitKind


@dataclass
class World:
    """Units and accounts by the short names that tests use: ``xa_a``, ``ap_a1``, ``ap_a1.pho``."""

    units: dict[str, Unit] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    members: dict[str, list[Person]] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Return an account as the actor it is today."""
        account = self.accounts[name]
        actor = actor_for(account.id, account.session_epoch, TODAY)
        assert actor is not None
        return actor


PEOPLE = {
    "huyen": ("huyen", Post.SECRETARY),
    "huyen.canbo": ("huyen", Post.OFFICER),
    "xa_a": ("xa_a", Post.SECRETARY),
    "xa_a.pho": ("xa_a", Post.DEPUTY),
    "xa_a.canbo": ("xa_a", Post.OFFICER),
    "xa_b": ("xa_b", Post.SECRETARY),
    "xa_b.pho": ("xa_b", Post.DEPUTY),
    "ap_a1": ("ap_a1", Post.SECRETARY),
    "ap_a1.pho": ("ap_a1", Post.DEPUTY),
    "ap_a2": ("ap_a2", Post.SECRETARY),
    "ap_b1": ("ap_b1", Post.SECRETARY),
    "co_so": ("co_so", Post.SECRETARY),
    "co_so.pho": ("co_so", Post.DEPUTY),
}
BRANCHES = {"ap_a1": "xa_a", "ap_a2": "xa_a", "ap_b1": "xa_b"}


def build_world(*, with_district: bool = True, members: int = 9) -> World:
    """Build the district of 2015; without a district, the province of 2025 is the superior."""
    world = World()
    province = UnitFactory(name="Tỉnh đoàn Vĩnh Long", level=Level.PROVINCE, kind=None)
    top = province
    if with_district:
        top = UnitFactory(
            name="Huyện đoàn Bình Tân", level=Level.DISTRICT, kind=None, parent=province
        )
    top.district_id = top.id
    world.units = {"tinh": province, "huyen": top}
    for key, name in (("xa_a", "Đoàn xã Tân Quới"), ("xa_b", "Đoàn xã Mỹ Thuận")):
        world.units[key] = _below(top, name=name, level=Level.COMMUNE, kind=None)
    for key, commune in BRANCHES.items():
        world.units[key] = _below(world.units[commune], name=f"Chi đoàn {key}")
    world.units["co_so"] = _below(
        top, name="Chi đoàn cơ sở Công an", is_grassroots=True, kind=UnitKind.FORCES
    )
    for key in (*BRANCHES, "co_so"):
        world.members[key] = MemberFactory.create_batch(members, unit=world.units[key])
    for name, (unit, post) in PEOPLE.items():
        world.accounts[name] = AccountFactory(username=name)
        AppointmentFactory(account=world.accounts[name], unit=world.units[unit], post=post)
    db.session.commit()
    return world


def _below(parent: Unit, **rest: object) -> Unit:
    return UnitFactory(parent=parent, district_id=parent.district_id, **rest)
