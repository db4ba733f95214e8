"""The panel of the demo: seven judges, half of their sheets final, an ended round where over."""

from collections import Counter

from app.demo.contest.days import this_season
from app.demo.contest.judging import turns_of_judging
from app.demo.places import Place
from app.extensions import db
from app.models import PanelSeat, Sheet
from app.models.contest_sheets import SheetState
from tests.clock import NOW, TODAY
from tests.panels import judge_of, judging
from workflows.contest.season import SeasonState


def test_the_demo_shows_a_round_half_scored(world):
    made = judging(world, contestants=4, judges=7)
    db.session.query(PanelSeat).delete()
    db.session.commit()
    place = Place("huyen", world.units["huyen"])
    place.officers += [world.actor("huyen"), world.actor("huyen.canbo")]
    calendar = this_season(TODAY)
    made.season.year = calendar.year
    db.session.commit()
    for turn in turns_of_judging(place, calendar, final=0.5, ends=True):
        turn.play(NOW)
    states = Counter(state for (state,) in db.session.query(Sheet.state))
    assert states == {SheetState.FINAL: 14, SheetState.DRAFT: 7, SheetState.EMPTY: 7}
    db.session.expire_all()
    assert made.held.closed_at == NOW


def test_before_the_rounds_the_demo_judges_nothing(world):
    made = judging(world)
    made.season.state = SeasonState.CALL_OPEN
    judge_of(world, "giamkhao9")
    seats = db.session.query(PanelSeat).count()
    place = Place("huyen", world.units["huyen"])
    for turn in turns_of_judging(place, this_season(TODAY), final=1, ends=True):
        turn.play(NOW)
    assert db.session.query(PanelSeat).count() == seats
    assert db.session.query(Sheet).count() == 0
