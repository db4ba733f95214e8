"""Rows as tests need them: units, people, accounts and posts, each with a sensible default."""

from datetime import date, timedelta

import factory
from factory.alchemy import SQLAlchemyModelFactory

from app.extensions import db
from app.models import (
    Account,
    Appointment,
    Contestant,
    ContestRound,
    Dossier,
    Entry,
    Membership,
    PanelSeat,
    Person,
    Season,
    Unit,
)
from app.services.events import By, Change, found
from app.services.offices.accounts import hasher
from app.vietnamese import natural_key, search_key, sort_key
from tests.clock import NOW, TODAY
from workflows.contest.plain import to_plain
from workflows.contest.season import SeasonState
from workflows.levels import Area, Level, Post, UnitKind
from workflows.membership import PersonStatus, Sex

PASSWORD = "mat-khau-thu-nghiem"
PASSWORD_HASH = hasher.hash(PASSWORD)


class RowFactory(SQLAlchemyModelFactory):
    """Rows that are events' subjects are founded with their first event, as services do."""

    class Meta:
        abstract = True
        sqlalchemy_session = db.session

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, **kwargs)
        if hasattr(model_class, "chain_head"):
            found(row, Change("enter"), By(None, NOW))
        else:
            db.session.add(row)
        db.session.flush()
        return row


class UnitFactory(RowFactory):
    class Meta:
        model = Unit

    class Params:
        parent = None

    name = factory.Sequence(lambda n: f"Chi đoàn Ấp {n}")
    sort_key = factory.LazyAttribute(lambda unit: natural_key(unit.name))
    level = Level.BRANCH
    kind = UnitKind.HAMLET
    area = Area.RURAL
    is_grassroots = factory.LazyAttribute(lambda unit: unit.level is Level.COMMUNE)
    is_disadvantaged = False
    parent_id = factory.LazyAttribute(lambda unit: unit.parent.id if unit.parent else None)
    path = ""
    valid_from = date(2012, 1, 1)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        parent = kwargs.pop("parent", None)
        unit = super()._create(model_class, *args, **kwargs)
        above = db.session.get(Unit, unit.parent_id) if unit.parent_id else parent
        unit.path = f"{above.path if above else ''}{unit.id}."
        db.session.flush()
        return unit


class PersonFactory(RowFactory):
    class Meta:
        model = Person

    class Params:
        unit = None

    name = factory.Sequence(lambda n: f"Nguyễn Văn Người {n}")
    name_key = factory.LazyAttribute(lambda person: search_key(person.name))
    sort_key = factory.LazyAttribute(lambda person: sort_key(person.name))
    birth_date = TODAY.replace(day=1) - timedelta(days=20 * 365)
    sex = Sex.FEMALE
    status = PersonStatus.CANDIDATE
    unit_id = factory.LazyAttribute(lambda person: person.unit.id)
    district_id = factory.LazyAttribute(lambda person: person.unit.district_id)


class MemberFactory(PersonFactory):
    """A member since 2022, with the stay that the roll of a meeting reads."""

    status = PersonStatus.MEMBER
    joined_on = date(2022, 3, 26)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        person = super()._create(model_class, *args, **kwargs)
        stay = Membership(
            district_id=person.district_id,
            person_id=person.id,
            unit_id=person.unit_id,
            from_on=person.joined_on,
        )
        db.session.add(stay)
        db.session.flush()
        return person


class AccountFactory(RowFactory):
    class Meta:
        model = Account

    username = factory.Sequence(lambda n: f"nguoi{n}")
    name = factory.Sequence(lambda n: f"Trần Thị Tài Khoản {n}")
    password_hash = PASSWORD_HASH
    is_active = True


class AppointmentFactory(RowFactory):
    class Meta:
        model = Appointment

    class Params:
        account = None
        unit = None

    account_id = factory.LazyAttribute(lambda row: row.account.id)
    unit_id = factory.LazyAttribute(lambda row: row.unit.id)
    post = Post.SECRETARY
    from_on = date(2020, 1, 1)


class SeasonFactory(RowFactory):
    class Meta:
        model = Season

    class Params:
        district = None
        contest = None

    district_id = factory.LazyAttribute(lambda season: season.district.id)
    year = TODAY.year
    title = "Bí thư chi đoàn giỏi"
    state = SeasonState.ROUNDS
    publish_on = date(TODAY.year, 3, 26)
    planned = factory.LazyFunction(dict)
    rules = factory.LazyAttribute(lambda season: to_plain(season.contest))


class ContestRoundFactory(RowFactory):
    """A round that takes scores: open since yesterday, until tomorrow."""

    class Meta:
        model = ContestRound

    class Params:
        season = None
        unit = None

    district_id = factory.LazyAttribute(lambda held: held.season.district_id)
    season_id = factory.LazyAttribute(lambda held: held.season.id)
    unit_id = factory.LazyAttribute(lambda held: held.unit.id)
    opens_at = NOW - timedelta(days=1)
    closes_at = NOW + timedelta(days=1)


class EntryDossierFactory(RowFactory):
    """The dossier of an entry that the district accepted."""

    class Meta:
        model = Dossier

    class Params:
        person = None
        branch = None

    ref = factory.Sequence(lambda n: f"DT-2026-{n:06d}")
    workflow = "contest"
    state = "accepted"
    rule_set = "XII"
    district_id = factory.LazyAttribute(lambda row: row.branch.district_id)
    commune_id = factory.LazyAttribute(
        lambda row: row.branch.id if row.branch.is_grassroots else row.branch.parent_id
    )
    branch_id = factory.LazyAttribute(lambda row: row.branch.id)
    entered_desk_at = NOW
    person_id = factory.LazyAttribute(lambda row: row.person.id)
    person_name = factory.LazyAttribute(lambda row: row.person.name)
    name_key = factory.LazyAttribute(lambda row: row.person.name_key)
    opened_at = NOW


class ContestantFactory(RowFactory):
    """Who competes in a round, with the dossier and entry behind it."""

    class Meta:
        model = Contestant

    class Params:
        held = None
        dossier = None

    district_id = factory.LazyAttribute(lambda row: row.held.district_id)
    round_id = factory.LazyAttribute(lambda row: row.held.id)
    dossier_id = factory.LazyAttribute(lambda row: row.dossier.id)
    code = factory.Sequence(lambda n: f"{n:04d}")
    entered_at = NOW

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = super()._create(model_class, *args, **kwargs)
        if db.session.get(Entry, row.dossier_id) is None:
            held = db.session.get_one(ContestRound, row.round_id)
            db.session.add(Entry(dossier_id=row.dossier_id, season_id=held.season_id))
            db.session.flush()
        return row


class PanelSeatFactory(RowFactory):
    class Meta:
        model = PanelSeat

    class Params:
        held = None
        account = None

    district_id = factory.LazyAttribute(lambda seat: seat.held.district_id)
    round_id = factory.LazyAttribute(lambda seat: seat.held.id)
    account_id = factory.LazyAttribute(lambda seat: seat.account.id)
    seated_at = NOW
