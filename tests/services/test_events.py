from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.extensions import db
from app.models import Event, Seal
from app.services.audit import seal, verify
from app.services.events import By, Change, digest, legible, record, seen_before
from tests.clock import NOW
from tests.factories import UnitFactory

BY = By(None, NOW)
WORDS = st.text(st.characters(codec=None, categories=None), max_size=20)
FACTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(WORDS, inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.fixture
def unit(app):  # noqa: ARG001
    made = UnitFactory()
    db.session.commit()
    return made


def kept(event):
    """The event as the database gives it back, and not as the session remembers it."""
    db.session.commit()
    db.session.expire_all()
    return db.session.get_one(Event, event.id)


@given(facts=st.dictionaries(WORDS, FACTS, max_size=4), comment=WORDS)
def test_an_event_reads_back_with_the_hash_it_was_written_with(unit, facts, comment):
    event = record(unit, Change("edit", comment=comment, facts=facts), BY)
    written = (event.facts, event.comment, event.hash)
    read = kept(event)
    assert (read.facts, read.comment, digest(read)) == written


@pytest.mark.parametrize(
    ("given_value", "read_value"),
    [
        (1e22, 10**22),
        (-1.5e300, int(-1.5e300)),
        (-0.0, 0.0),
        (0.1, 0.1),
        (5e-324, 5e-324),
        ((1, "a"), [1, "a"]),
        ({"b": 1, "a": {"d": 2, "c": 3}}, {"a": {"c": 3, "d": 2}, "b": 1}),
        ("𠮷 😀 \u202e", "𠮷 😀 \u202e"),
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("\ufeffa", "\ufeffa"),
    ],
)
def test_facts_are_kept_as_jsonb_gives_them_back(unit, given_value, read_value):
    read = kept(record(unit, Change("edit", facts={"value": given_value}), BY))
    assert repr(read.facts["value"]) == repr(read_value) or read.facts["value"] == read_value
    assert read.hash == digest(read)


@pytest.mark.parametrize(
    ("value", "refusal"),
    [(float("nan"), ValueError), (float("inf"), ValueError), (NOW, TypeError), ({1}, TypeError)],
)
def test_facts_that_json_cannot_say_are_refused(unit, value, refusal):
    with pytest.raises(refusal):
        record(unit, Change("edit", facts={"value": value}), BY)


@pytest.mark.parametrize(
    "comment",
    ["đ" * 20_000, "<script>alert(1)</script>", "dòng một\r\ndòng hai\t😀\u202e", "' OR 1=1 --"],
)
def test_a_comment_is_kept_as_typed(unit, comment):
    assert kept(record(unit, Change("edit", comment=comment), BY)).comment == comment


@given(WORDS)
def test_what_postgresql_can_keep_stays_as_it_is(words):
    if not any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in words):
        assert legible(words) == words


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 26, tzinfo=UTC),
        datetime(2026, 3, 26, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 3, 26, 6, 30, tzinfo=timezone(timedelta(hours=7))),
    ],
)
def test_times_read_back_equal(unit, moment):
    read = kept(record(unit, Change("edit"), By(None, moment)))
    assert read.at == moment
    assert read.hash == digest(read)


def test_events_of_a_subject_are_numbered_and_chained(unit):
    [first] = db.session.query(Event).filter_by(subject="units", subject_id=unit.id)
    second = record(unit, Change("edit"), BY)
    third = record(unit, Change("edit"), BY)
    assert [(each.sequence, each.previous) for each in (first, second, third)] == [
        (1, ""),
        (2, first.hash),
        (3, second.hash),
    ]
    assert (unit.version, unit.chain_head) == (3, third.hash)


def test_a_repeated_request_is_known_again_by_its_key(unit):
    event = record(unit, Change("edit"), By(None, NOW, request_key="k\x00y"))
    db.session.commit()
    assert seen_before("k\x00y") == event
    assert seen_before("other") is None
    assert seen_before("") is None


@pytest.mark.usefixtures("unit")
@pytest.mark.parametrize("table", ["events", "seals"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET hash = hash",
        "UPDATE {} SET hash = hash WHERE false",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "INSERT INTO {0} SELECT * FROM {0} ON CONFLICT (id) DO UPDATE SET hash = ''",
        "MERGE INTO {0} USING {0} AS other ON {0}.id = other.id WHEN MATCHED THEN DELETE",
    ],
)
def test_the_database_refuses_to_change_or_remove_what_was_recorded(table, statement):
    seal(by=BY)
    rows = db.session.query(Event).count(), db.session.query(Seal).count()
    with pytest.raises(ProgrammingError, match="what was recorded stays") as refusal:
        db.session.execute(text(statement.format(table)))
    db.session.rollback()
    assert isinstance(refusal.value.orig, psycopg.errors.InsufficientPrivilege)
    assert (db.session.query(Event).count(), db.session.query(Seal).count()) == rows
    assert verify().fault is None
