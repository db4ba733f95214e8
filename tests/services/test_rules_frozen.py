"""Rules are frozen once: whoever changes them at the same moment comes before, or is refused."""

import pytest
from sqlalchemy import update

from app.extensions import db
from app.models import Event, Season
from app.services.audit import verify
from app.services.contest.rules_file import example
from app.services.contest.rules_freeze import freeze
from app.services.contest.seasons import SeasonPlan, open_season
from app.services.events import By, hash_of
from tests.clock import NOW, TODAY
from tests.services.at_once import Desk, at_once, row_of, statuses
from workflows.contest.plain import to_plain
from workflows.contest.timeline import founding_day

YEAR = TODAY.year + 1
RULES = f"/contests/{YEAR}/rules"
HEAD = {"title": "Thể lệ sửa vội", "endorsed": "1"}


@pytest.fixture
def opened(world):
    """A season whose call is open."""
    plan = SeasonPlan(YEAR, "Hội thi", founding_day(YEAR), example("default"))
    open_season(plan, by=By(world.actor("huyen.canbo"), NOW))
    db.session.execute(update(Season).values(state="call_open"))
    db.session.commit()
    return world


def season() -> Season:
    db.session.expire_all()
    return db.session.query(Season).one()


def test_a37_a_change_and_the_freeze_at_the_same_moment_never_both_stand(opened, sign_in):  # noqa: ARG001
    found = season()
    writer, freezer = Desk(sign_in("huyen")), Desk(sign_in("huyen.canbo"))
    deeds = (
        writer.post(f"{RULES}/head", found.version, **HEAD),
        freezer.post(f"{RULES}/freeze", found.version),
    )
    answers = at_once(row_of(Season, found.id), *deeds)
    assert statuses(answers) in ([303, 403], [303, 409])
    found = season()
    assert found.rules_hash == hash_of(found.rules)
    assert (found.rules == to_plain(example("default"))) == (found.frozen_at is not None)
    assert verify().fault is None


def test_two_who_freeze_at_once_freeze_once(opened, sign_in):  # noqa: ARG001
    found = season()
    desks = [Desk(sign_in(name)) for name in ("huyen", "huyen.canbo")]
    deeds = [each.post(f"{RULES}/freeze", found.version) for each in desks]
    assert statuses(at_once(row_of(Season, found.id), *deeds)) == [303, 303]
    assert db.session.query(Event).filter_by(step="freeze_rules").count() == 1


def test_whoever_scores_freezes_within_their_own_transaction(opened):  # noqa: ARG001
    by = By(None, NOW)
    freeze(season(), by)
    db.session.rollback()
    assert season().frozen_at is None
    for _ in range(2):
        freeze(season(), by)
        db.session.commit()
    found, events = season(), db.session.query(Event).filter_by(step="freeze_rules")
    assert (found.frozen_at, events.count()) == (NOW, 1)
    assert events.one().facts == {"sha256": hash_of(to_plain(example("default")))}


def test_rules_that_lack_something_are_not_frozen_by_hand_nor_before_the_call(opened, sign_in):  # noqa: ARG001
    officer = Desk(sign_in("huyen.canbo"))
    found = season()
    found.rules = found.rules | {"rounds": []}
    db.session.commit()
    page = officer.post(f"{RULES}/freeze", found.version)()
    assert (page.status, "Chưa có vòng thi nào." in page.words()) == (422, True)
    found = season()
    found.state = "draft"
    db.session.commit()
    assert officer.post(f"{RULES}/freeze", found.version)().status == 403
    assert season().frozen_at is None
