from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from sqlalchemy import Integer, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.models import Dossier, Event, Seal, Unit
from app.models.events import Chained
from app.services.audit import Fault, Report, seal, subject_tables, verify
from app.services.events import By, Change, digest, record
from tests.clock import NOW
from tests.factories import UnitFactory

BY = By(None, NOW)
LENGTHS = (1, 3, 2)
TABLES = {each.name: each for each in (Event.__table__, Seal.__table__, Unit.__table__)}
PLACE = ("subject", "subject_id", "sequence")
COLUMNS = {
    "events": [each.name for each in Event.__table__.columns if each.name != "id"],
    "seals": [each.name for each in Seal.__table__.columns if each.name != "id"],
    "units": ["version", "chain_head"],
}
WORDS = st.sampled_from(["", "units", "people", "accounts", "nonsense", "a", "b"])


@pytest.fixture
def chains(app):  # noqa: ARG001
    """Chains of one, three and two events; each is sealed before the next begins."""
    for length in LENGTHS:
        unit = UnitFactory()
        for index in range(1, length):
            record(unit, Change("edit", "a", "b", f"Lần {index}", {"number": index}), BY)
        db.session.commit()
        seal(by=BY)
    return rows()


def rows():
    with db.engine.connect() as connection:
        return {
            name: connection.execute(select(table).order_by(table.c.id)).mappings().all()
            for name, table in TABLES.items()
        }


@contextmanager
def unguarded():
    """A connection of somebody whom the database refuses nothing."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield connection


def fault_after(*statements):
    """What the audit finds after somebody's deed, which is then undone."""
    before = rows()
    try:
        with unguarded() as connection:
            for statement in statements:
                connection.execute(statement)
        return verify().fault
    except IntegrityError:
        return reject()  # the database itself lets no two events stand in one place
    finally:
        with unguarded() as connection:
            for name, table in TABLES.items():
                connection.execute(delete(table))
                connection.execute(insert(table), [dict(row) for row in before[name]])


def chain_of(chains, row):
    return [each for each in chains["events"] if each["subject_id"] == row["subject_id"]]


def other_value(column, value):
    """Another value that a column can hold."""
    if column.name == "facts":
        values = st.dictionaries(WORDS, st.integers(), max_size=2)
    elif isinstance(value, datetime):
        values = st.timedeltas(timedelta(-9), timedelta(9)).map(lambda shift: value + shift)
    elif isinstance(column.type, Integer):
        values = st.integers(-1, 9) | st.just((value or 0) + 1)
    else:
        values = WORDS
    values = values | st.none() if column.nullable else values
    return values.filter(lambda other: other != value)


@given(st.data())
def test_a_single_change_of_any_column_is_found_and_the_first_bad_row_named(chains, data):
    name = data.draw(st.sampled_from([*TABLES]))
    row = data.draw(st.sampled_from(chains[name]))
    column = TABLES[name].c[data.draw(st.sampled_from(COLUMNS[name]))]
    value = data.draw(other_value(column, row[column.name]))
    change = update(TABLES[name]).where(TABLES[name].c.id == row["id"]).values({column: value})
    fault = fault_after(change)
    named = (fault.table, fault.id)
    if name == "events" and column.name in PLACE:  # its old place misses it
        after = [("events", each["id"]) for each in chain_of(chains, row) if each["id"] > row["id"]]
        assert named in [("events", row["id"]), *after[:1], ("units", row["subject_id"])]
    else:
        assert named == (name, row["id"])


@given(st.data())
def test_a_removed_event_is_found_by_the_one_after_it_or_by_its_subject(chains, data):
    row = data.draw(st.sampled_from(chains["events"]))
    after = [each for each in chain_of(chains, row) if each["id"] > row["id"]]
    fault = fault_after(delete(Event).where(Event.id == row["id"]))
    if after:
        assert (fault.table, fault.id) == ("events", after[0]["id"])
        assert fault.what == f"number {row['sequence']} should stand here"
    else:
        assert (fault.table, fault.id) == ("units", row["subject_id"])


@given(st.data())
def test_a_chain_that_is_cut_off_anywhere_is_found_by_its_subject(chains, data):
    row = data.draw(st.sampled_from(chains["events"]))
    length = len(chain_of(chains, row))
    tail = (Event.subject_id == row["subject_id"]) & (Event.sequence >= row["sequence"])
    what = f"it has had {length} events, of which {row['sequence'] - 1} are here"
    assert fault_after(delete(Event).where(tail)) == Fault("units", row["subject_id"], what)


@pytest.mark.parametrize("number", range(len(LENGTHS)))
def test_a_removed_subject_is_found_by_its_first_event(chains, number):
    unit = chains["units"][number]
    [first, *_] = [row for row in chains["events"] if row["subject_id"] == unit["id"]]
    fault = fault_after(delete(Unit).where(Unit.id == unit["id"]))
    chain = f"units {unit['id']}"
    assert fault == Fault("events", first["id"], "its subject is gone", chain, 1)


@pytest.mark.parametrize("number", range(len(LENGTHS)))
def test_a_subject_removed_with_its_whole_chain_is_found_by_the_seal(chains, number):
    unit = chains["units"][number]["id"]
    mine = (Event.subject == "units") & (Event.subject_id == unit)
    fault = fault_after(delete(Event).where(mine), delete(Unit).where(Unit.id == unit))
    what = "it sealed 1 chains, of which 0 are here"
    assert fault == Fault("seals", chains["seals"][number]["id"], what)


def test_a_chain_that_was_written_anew_to_fit_is_found_by_the_seal(chains):
    last = db.session.query(Event).order_by(Event.id.desc()).first()
    last.comment = "Không có gì"
    forged = {"comment": last.comment, "hash": digest(last)}
    db.session.rollback()
    fault = fault_after(
        update(Event).where(Event.id == last.id).values(forged),
        update(Unit).where(Unit.id == last.subject_id).values(chain_head=forged["hash"]),
    )
    what = "the chains here are not the ones it sealed"
    assert fault == Fault("seals", chains["seals"][-1]["id"], what)


@pytest.mark.parametrize("number", range(len(LENGTHS) - 1))
def test_a_removed_seal_is_found_by_the_one_after_it(chains, number):
    fault = fault_after(delete(Seal).where(Seal.id == chains["seals"][number]["id"]))
    what = "it does not follow the seal before it"
    assert fault == Fault("seals", chains["seals"][number + 1]["id"], what)


def test_that_the_last_seal_was_cut_off_only_shows_to_who_kept_its_hash(chains):
    first, *_, last = (row["hash"] for row in chains["seals"])
    with unguarded() as connection:
        connection.execute(delete(Seal).where(Seal.hash == last))
    assert verify().fault is None
    assert verify(first).fault is None
    assert verify(last).fault == Fault("seals", None, f"the seal {last} is not here")


def test_an_unbroken_record_is_counted_up_to_the_last_seal(chains):
    assert verify() == Report(
        dossiers=0, events=6, chains=3, seals=3, last_seal=chains["seals"][-1]["hash"], fault=None
    )


def test_every_kind_of_subject_is_walked():
    kinds = [each.class_ for each in db.Model.registry.mappers]
    chained = {kind.__tablename__ for kind in kinds if issubclass(kind, Chained)}
    walked = [each.name for each in subject_tables()]
    assert walked == sorted(chained)
    assert {"accounts", "contest_sheets", "dossiers", "meetings", "people"} <= chained


@pytest.mark.parametrize("state", ["admitted", "refused", "returned"])
def test_what_the_use_cases_record_is_unbroken(journey, state):
    journey().to(state)
    seal(by=BY)
    report = verify()
    assert report.fault is None
    assert (report.dossiers, report.seals) == (1, 1)
    assert report.events == db.session.query(Event).count()


def test_a_state_that_was_set_by_hand_is_found(journey):
    dossier = journey().to("commune_review").dossier
    with unguarded() as connection:
        connection.execute(update(Dossier).values(state="admitted"))
    what = "it stands in 'admitted', its events led to 'commune_review'"
    assert verify().fault == Fault("dossiers", dossier.id, what)


@pytest.mark.usefixtures("chains")
def test_the_record_is_walked_as_it_stands_while_others_write():
    unit = db.session.query(Unit).first()
    record(unit, Change("edit"), BY)
    db.session.flush()
    assert verify().events == 6
    db.session.commit()
    assert verify().events == 7
    assert verify().fault is None


def test_a_seal_covers_what_was_recorded_since_the_one_before(chains):
    assert seal(by=BY) is None
    units = db.session.query(Unit).order_by(Unit.id).all()
    for unit in (units[0], units[0], units[1]):
        event = record(unit, Change("edit"), BY)
    db.session.commit()
    made = seal(by=BY)
    assert (made.chains, made.last_event_id) == (2, event.id)
    assert made.previous == chains["seals"][-1]["hash"]
    assert verify().last_seal == made.hash


@pytest.mark.usefixtures("app")
def test_nothing_to_seal_makes_no_seal():
    assert seal(by=BY) is None
    assert verify() == Report()


@pytest.mark.usefixtures("chains")
def test_a_seal_waits_for_events_that_are_still_on_their_way(app):
    sealed = []

    def sealing():
        with app.app_context():
            made = seal(by=BY)
            sealed.append(made and made.last_event_id)

    event = record(db.session.query(Unit).first(), Change("edit"), BY)
    db.session.flush()
    threads = [Thread(target=sealing) for _ in range(3)]
    for thread in threads:
        thread.start()
    threads[0].join(0.2)
    assert sealed == []
    db.session.commit()
    for thread in threads:
        thread.join(10)
    assert sorted(sealed, key=bool) == [None, None, event.id]
    assert verify().fault is None
