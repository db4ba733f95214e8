"""A district whose units change: merging them, and what must not be lost by it."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from app.extensions import db
from app.models import (
    Account,
    Appointment,
    ClassificationSheet,
    ContestRound,
    Dossier,
    Entry,
    Meeting,
    Membership,
    Person,
    Season,
    TrainingClass,
    Unit,
)
from app.queries.accounts import actor_for
from app.queries.queues import QueueFilter, waiting_for
from app.services.events import By
from app.services.units.founding import Description
from app.services.units.merging import Merger, merge_units
from app.services.units.register import Decision
from tests.clock import NOW, TODAY
from workflows.levels import ACTING_POSTS, Area, UnitKind
from workflows.membership import MEMBER_STATUSES

DAY = timedelta(days=1)
PAPER = Decision(TODAY, "12-QĐ/ĐTN")


def said(name, kind=None):
    return Description(name=name, kind=kind, area=Area.RURAL, valid_from=TODAY)


def number(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def held_today():
    return Appointment.to_on.is_(None) | (Appointment.to_on >= TODAY)


def figures():
    """Count everything that a change of units must not lose."""
    members = Person.status.in_(MEMBER_STATUSES)
    return {
        "people": number(Person),
        "members": number(Person, members),
        "stays": number(Membership, Membership.to_on.is_(None)),
        "dossiers": number(Dossier),
        "states": Counter(db.session.scalars(select(Dossier.state))),
        "open": number(Dossier, Dossier.desk_unit_id.is_not(None)),
        "posts": number(Appointment, held_today()),
        "classes": number(TrainingClass),
        "meetings": number(Meeting),
        "rounds": number(ContestRound),
        "sheets": number(ClassificationSheet),
    }


def queued():
    """Count what waits in the queues of everybody who holds a post."""
    found = set()
    for account in db.session.query(Account).all():
        actor = actor_for(account.id, account.session_epoch, TODAY)
        if actor:
            last = None
            while lines := waiting_for(actor, QueueFilter(), last):
                found |= {line.ref for line in lines}
                last = (lines[-1].entered_desk_at, lines[-1].id)
    return found


def astray():
    """List what refers to a unit that is over, or lies at a desk that nobody holds."""
    over = select(Unit.id).where(Unit.valid_to < TODAY)
    under_way = select(Season.id).where(Season.state.not_in(("published", "closed")))
    acting = select(Appointment.unit_id).where(Appointment.post.in_(ACTING_POSTS), held_today())
    is_open = Dossier.desk_unit_id.is_not(None)
    checks = {
        "people": number(Person, Person.unit_id.in_(over)),
        "stays": number(Membership, Membership.unit_id.in_(over), Membership.to_on.is_(None)),
        "branches": number(Dossier, Dossier.branch_id.in_(over)),
        "communes": number(Dossier, Dossier.commune_id.in_(over)),
        "districts": number(Dossier, Dossier.district_id.in_(over)),
        "desks": number(Dossier, is_open, Dossier.desk_unit_id.not_in(acting)),
        "posts": number(Appointment, Appointment.unit_id.in_(over), held_today()),
        "units": number(Unit, Unit.parent_id.in_(over), Unit.valid_to.is_(None)),
        "rounds": number(
            ContestRound, ContestRound.unit_id.in_(over), ContestRound.season_id.in_(under_way)
        ),
        "places": number(Entry, Entry.endorsing_unit_id.in_(over), Entry.season_id.in_(under_way)),
        "sheets": number(
            ClassificationSheet,
            ClassificationSheet.unit_id.in_(over),
            ClassificationSheet.state.in_(("draft", "voted", "returned")),
        ),
        "confirming": number(
            ClassificationSheet,
            ClassificationSheet.confirming_unit_id.in_(over),
        ),
    }
    return {name: lost for name, lost in checks.items() if lost}


def crooked():
    """List the units whose path does not lead from the root through their parent."""
    paths = {unit.id: unit.path for unit in db.session.query(Unit).all()}
    return [
        unit.name
        for unit in db.session.query(Unit).all()
        if unit.path != f"{paths.get(unit.parent_id, '')}{unit.id}."
    ]


def by(world, who, key=None):
    return By(world.actor(who), NOW, request_key=key)


def merge(world, units, who="xa_a", **rest):
    ids = [world.units[name].id for name in units]
    decision = rest.pop("decision", PAPER)
    key = rest.pop("key", None)
    return merge_units(Merger(unit_ids=ids, decision=decision, **rest), by=by(world, who, key))


def two_branches(world, into=None, **rest):
    target = (
        {"into_id": world.units[into].id}
        if into
        else {"said": said("Chi đoàn Ấp Mới", UnitKind.HAMLET)}
    )
    return merge(world, ("ap_a1", "ap_a2"), **{**target, **rest})


def posts_at(unit_id):
    rows = db.session.query(Appointment).filter(Appointment.unit_id == unit_id, held_today())
    names = {row.id: row.username for row in db.session.query(Account).all()}
    return sorted((names[row.account_id], row.post.value) for row in rows)
