"""Communes merge while a contest is under way: its rounds, places and days follow."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import ContestExtension, ContestRound, Dossier, Event, Season, Sheet, Unit
from app.queries.contest.seasons import call_ends, round_by_id, rounds_of
from app.queries.judging.rounds import round_file
from app.queries.results.rankings import ranked
from app.services.audit import verify
from app.services.contest.round_layout import lay_out_rounds
from app.services.contest.season_days import Extension, extend_call
from app.services.entry.contestants import send_on
from app.services.events import By
from app.services.judging.closing import end_round
from app.services.judging.sharing import assign
from app.services.judging.sheets import Filled, hand_in
from app.services.refusals import Forbidden
from app.services.results.publishing import snapshot
from app.services.units.handing import Handing, hand_unit
from app.services.units.single import Split, split_unit
from tests.clock import NOW, TODAY
from tests.entering import COMMUNE, DISTRICT, SECOND, Way, rules, season
from tests.factories import PanelSeatFactory, UnitFactory
from tests.panels import GOOD, YEAR, fields, judge_of, judging
from tests.services.at_once import Desk, at_once
from tests.services.changed_units import PAPER, by, merge, said
from workflows.contest.marking import Mark
from workflows.contest.season import SeasonState
from workflows.engine import Refused
from workflows.levels import Level, UnitKind
from workflows.rules import LocalRules, Rulebook

DAY = timedelta(days=1)
PART = "tinh_huong"
JUDGES = (1, 2, 3)
TWO = ("xa_a", "xa_b")


def united(world, into=None, units=TWO, **rest):
    """Let communes merge, into a new one unless one of them is named; return its id."""
    target = {"into_id": world.units[into].id} if into else {"said": said("Đoàn xã Mới")}
    made = merge(world, units, who="huyen", **target, **rest)
    db.session.expire_all()
    return made


def round_of(world, unit, code=COMMUNE):
    """Return the round that was laid out for a unit."""
    rows = [each for each in db.session.query(ContestRound) if each.code == code]
    return next(each for each in rows if each.origin == world.units[unit].id)


class Rounds:
    """The rounds of two communes, each with three judges, a chair and a contestant of its own."""

    def __init__(self, world, **rest):
        self.world, self.ways = world, {}
        self.season = season(world, rules(**rest))
        for unit, branch in (("xa_a", "ap_a1"), ("xa_b", "ap_b1")):
            way = self.ways[unit] = Way(world, branch).to("commune_round")
            self.seat(round_of(world, unit), unit)
            assert way.places() == [(COMMUNE, "001", False)]
        self.season.state = SeasonState.ROUNDS
        db.session.commit()
        for unit in TWO:
            held = round_of(world, unit)
            assign(held.id, YEAR, PART, 3, by=self.by(f"chu_tich_{unit}"))

    def seat(self, held, unit):
        """Seat three judges and a chair."""
        for number in JUDGES:
            PanelSeatFactory(held=held, account=judge_of(self.world, f"gk{number}_{unit}"))
        chair = judge_of(self.world, f"chu_tich_{unit}")
        PanelSeatFactory(held=held, account=chair, is_chair=True)
        db.session.commit()

    def by(self, who):
        """Return an account as who acts now."""
        return By(self.world.actor(who), NOW)

    def sheet(self, unit, number=1):
        """Return the sheet of a judge of a commune's round."""
        judge = self.world.accounts[f"gk{number}_{unit}"].id
        return db.session.query(Sheet).filter_by(judge_id=judge).one()

    def judge(self, unit):
        """Make the sheets of a commune's judges final."""
        filled = Filled({code: Mark(text) for code, text in GOOD.items()})
        for number in JUDGES:
            sheet, judge = self.sheet(unit, number), self.by(f"gk{number}_{unit}")
            hand_in(sheet.id, YEAR, filled, is_final=True, by=judge, seen=sheet.version)

    def end(self, unit):
        """Let the chair of a commune's round end it."""
        end_round(round_of(self.world, unit).id, YEAR, by=self.by(f"chu_tich_{unit}"))

    def result(self, unit):
        """Return the ranking of a commune's round: who stands where, with how much."""
        file = round_file(round_of(self.world, unit).id, YEAR)
        return [(place.rank, who.dossier_id, place.total) for place, who in ranked(file).lines]


@pytest.fixture
def rounds(world):
    """Two communes' rounds under way, that of the first one judged."""
    made = Rounds(world)
    made.judge("xa_a")
    return made


@pytest.mark.parametrize("into", [None, "xa_b"])
def test_the_round_of_each_commune_goes_on_as_its_own_at_the_merged_one(rounds, world, into):
    before, versions = rounds.result("xa_a"), {}
    for unit in TWO:
        versions[unit] = (round_of(world, unit).id, rounds.sheet(unit).id)
    new = united(world, into)
    for unit in TWO:
        held = round_of(world, unit)
        assert (held.unit_id, held.id, rounds.sheet(unit).id) == (new, *versions[unit])
    assert rounds.result("xa_a") == before
    rounds.judge("xa_b")
    for unit in TWO:
        rounds.end(unit)
        assert rounds.ways[unit].places() == [(COMMUNE, "001", False)]
        rounds.ways[unit].take("endorse", "xa_a")
        rounds.ways[unit].accept()
        assert [code for code, _number, _is_out in rounds.ways[unit].places()] == [
            COMMUNE,
            DISTRICT,
        ]
    assert verify().fault is None


def test_each_round_says_whose_it_was_and_tells_of_it_in_its_chain(rounds, world):
    new = united(world)
    change = db.session.query(Event).filter_by(subject="contest_rounds", step="move_unit")
    told = {row.subject_id: row.facts["unit"] for row in change}
    assert told == {round_of(world, unit).id: [world.units[unit].id, new] for unit in TWO}
    held = round_by_id(round_of(world, "xa_a").id)
    assert held.held_by(held.unit) == "Đoàn xã Mới (Đoàn xã Tân Quới)"
    units = {each["unit"] for each in snapshot(rounds.season)[0]["rounds"]}
    assert units == {f"Đoàn xã Mới ({world.units[unit].name})" for unit in TWO}


@pytest.mark.usefixtures("rounds")
def test_merging_twice_with_one_request_moves_a_round_once(world):
    assert united(world, key="once") == united(world, key="once")
    moves = db.session.query(Event).filter_by(subject="contest_rounds", step="move_unit")
    assert moves.count() == 2


@pytest.mark.usefixtures("rounds")
def test_a_round_that_passes_on_twice_stays_that_of_the_first_commune(world):
    first = united(world, "xa_b")
    held = round_of(world, "xa_a")
    assert (held.unit_id, held.begun_as) == (first, "Đoàn xã Tân Quới")
    world.units["xa_c"] = _founded(world)
    again = united(world, units=("xa_b", "xa_c"))
    assert (round_of(world, "xa_a").unit_id, round_of(world, "xa_a").begun_as) == (
        again,
        "Đoàn xã Tân Quới",
    )


def _founded(world):
    top = world.units["huyen"]
    unit = UnitFactory(
        parent=top, district_id=top.id, name="Đoàn xã C", level=Level.COMMUNE, kind=None
    )
    db.session.commit()
    return unit


@pytest.mark.usefixtures("rounds")
def test_the_merged_commune_runs_both_rounds_at_the_screen(world, sign_in):
    united(world)
    page = sign_in("xa_b").get(f"/contests/{YEAR}")
    for unit in TWO:
        held = round_of(world, unit)
        assert f"Đoàn xã Mới ({world.units[unit].name})" in page.words()
        for name in ("/judging", "/ranking", "/panel", "/contestants", "/days"):
            address = f"/contests/{YEAR}/rounds/{held.id}{name}"
            assert sign_in("xa_a").get(address).status == 200, address
    assert sign_in("ap_a1").get(f"/contests/{YEAR}").status == 200


def test_a_judge_finds_the_sheets_and_hands_in_after_the_merger(rounds, world, sign_in):
    united(world)
    judge, sheet = sign_in("gk1_xa_b"), rounds.sheet("xa_b")
    assert "Đoàn xã Mới (Đoàn xã Mỹ Thuận)" in judge.get(f"/contests/{YEAR}/judging").words()
    path = f"/contests/{YEAR}/sheets/{sheet.id}"
    assert judge.send(path, **fields(), do="final").status == 200
    chair = sign_in("chu_tich_xa_b")
    assert chair.get(f"/contests/{YEAR}/rounds/{sheet.round_id}/judging").status == 200
    db.session.expire_all()
    assert rounds.sheet("xa_b").state == "final"


def test_the_merged_commune_endorses_as_many_as_its_communes_together(world):
    season(world, rules(with_commune=False))
    first, second = Way(world, "ap_a1"), Way(world, "ap_b1")
    for way in (first, second):
        way.enter()
    first.take("endorse", "xa_a")
    third = Way(world, "ap_a2")
    third.enter()
    united(world)
    second.take("endorse", "xa_a")
    with pytest.raises(Refused) as refusal:
        third.take("endorse", "xa_a")
    (unmet,) = refusal.value.unmet
    assert (unmet.code, unmet.values) == ("endorsement_left", {"most": 2})
    assert {way.dossier.state for way in (first, second)} == {"endorsed"}


def test_where_the_place_has_so_set_the_merged_commune_has_the_places_of_one(
    world, app, monkeypatch
):
    season(world, rules(with_commune=False))
    ways = [Way(world, name) for name in ("ap_a1", "ap_b1")]
    for way in ways:
        way.enter()
    ways[0].take("endorse", "xa_a")
    united(world)
    monkeypatch.setitem(app.config, "RULEBOOK", Rulebook(LocalRules(merged_places="one")))
    with pytest.raises(Refused):
        ways[1].take("endorse", "xa_a")


def test_whoever_is_in_no_round_yet_comes_into_one_that_is_open(rounds, world):
    late = Way(world, "ap_a2").to("entered")
    rounds.end("xa_a")
    united(world)
    late.take("admit_to_round", "xa_a")
    assert late.places() == [(COMMUNE, "002", False)]
    assert late.dossier.state == "commune_round"
    competing = {each[1] for each in rounds.result("xa_b")}
    assert late.dossier.id in competing


def test_who_advances_goes_on_into_the_second_round_of_the_old_commune(world):
    rounds = Rounds(world, twice=True)
    for unit in TWO:
        rounds.judge(unit)
    united(world)
    for unit in TWO:
        rounds.end(unit)
        sent = send_on(round_of(world, unit).id, YEAR, by=by(world, "xa_a"))
        assert sent == 1
        assert [place[0] for place in rounds.ways[unit].places()] == [COMMUNE, SECOND]
    seconds = [each for each in rounds_of(rounds.season.id) if each.code == SECOND]
    assert len(seconds) == 3


def test_no_new_round_is_laid_out_for_a_commune_that_holds_one(world):
    made = season(world)
    united(world)
    lay_out_rounds(made, by(world, "huyen"))
    assert len([each for each in rounds_of(made.id) if each.code == COMMUNE]) == 3


@pytest.mark.parametrize("state", [SeasonState.PUBLISHED, SeasonState.CLOSED])
def test_a_season_that_is_over_stays_as_it_was(rounds, world, state, sign_in):
    for unit in TWO:
        db.session.query(ContestRound).filter_by(id=round_of(world, unit).id).update(
            {"closed_at": NOW}
        )
    db.session.query(Season).update({"state": state})
    db.session.commit()
    before = {each.id: (each.unit_id, each.version, each.begun_as) for each in _rounds()}
    content = snapshot(rounds.season)[0]
    united(world)
    assert {each.id: (each.unit_id, each.version, each.begun_as) for each in _rounds()} == before
    after = snapshot(rounds.season)[0]
    assert [each["unit"] for each in after["rounds"]] == [
        each["unit"] for each in content["rounds"]
    ]
    held = round_of(world, "xa_a")
    assert sign_in("xa_a").get(f"/contests/{YEAR}/rounds/{held.id}/judging").status == 200
    assert world.units["xa_a"].name in sign_in("xa_b").get(f"/contests/{YEAR}").words()


def _rounds():
    db.session.expire_all()
    return db.session.query(ContestRound).all()


def test_more_time_to_enter_goes_along(world):
    made = season(world)
    longer = Extension(world.units["xa_a"].id, NOW + 15 * DAY, "Mưa bão")
    made.publish_on = TODAY + 60 * DAY
    db.session.commit()
    extend_call(YEAR, longer, by=by(world, "huyen"))
    new = united(world)
    (kept,) = db.session.query(ContestExtension).all()
    assert (kept.unit_id, kept.reason) == (new, "Mưa bão")
    for branch in ("ap_a1", "ap_b1"):
        unit = db.session.get(Unit, world.units[branch].id)
        assert call_ends(db.session.get(Season, made.id), unit) == longer.until
    assert verify().fault is None


def test_a_branch_that_is_handed_over_or_split_off_keeps_its_longer_days(world):
    made = season(world)
    made.publish_on = TODAY + 60 * DAY
    db.session.commit()
    longer = NOW + 15 * DAY
    for unit in ("xa_a", "ap_a1"):
        longer += DAY
        extend_call(YEAR, Extension(world.units[unit].id, longer, "Mưa"), by=by(world, "huyen"))
    _hand(world)
    people = frozenset(each.id for each in world.members["ap_a1"][3:])
    split = Split(people=people, said=said("Chi đoàn Mới", UnitKind.HAMLET), decision=PAPER)
    new = split_unit(world.units["ap_a1"].id, split, by=by(world, "xa_b"))
    for number in (world.units["ap_a1"].id, new):
        assert call_ends(db.session.get(Season, made.id), db.session.get(Unit, number)) == longer
    assert call_ends(made, db.session.get(Unit, world.units["ap_b1"].id)) == made.call_until


def _hand(world, branch="ap_a1", to="xa_b"):
    handing = Handing(to_id=world.units[to].id, decision=PAPER)
    hand_unit(world.units[branch].id, handing, by=by(world, "huyen"))
    db.session.expire_all()


def test_a_branch_that_is_handed_over_is_judged_once_and_endorsed_by_its_new_commune(rounds, world):
    _hand(world)
    way = rounds.ways["xa_a"]
    assert way.dossier.desk_unit_id == world.units["xa_b"].id
    assert round_of(world, "xa_a").unit_id == world.units["xa_a"].id
    with pytest.raises(Refused):
        way.take("endorse", "xa_b")
    rounds.end("xa_a")
    way.take("endorse", "xa_b")
    assert (way.dossier.state, way.places()) == ("endorsed", [(COMMUNE, "001", False)])
    assert way.entry.endorsing_unit_id == world.units["xa_b"].id


def test_an_endorsed_entry_keeps_the_place_of_the_commune_that_gave_it(world):
    season(world, rules(with_commune=False))
    first, own = Way(world, "ap_a1"), Way(world, "ap_b1")
    for way in (first, own):
        way.enter()
    first.take("endorse", "xa_a")
    _hand(world)
    own.take("endorse", "xa_b")
    assert (first.dossier.state, own.dossier.state) == ("endorsed", "endorsed")


@pytest.mark.parametrize("turn", range(5))
def test_a_merger_meets_the_judge_and_the_chair_at_the_same_moment(world, app, sign_in, turn):
    """Whoever comes first, all three are done, and no lock is waited for in a ring."""
    rounds = Rounds(world)
    sheet, number = rounds.sheet("xa_b"), round_of(world, "xa_b").id
    judge, chair = Desk(sign_in("gk1_xa_b")), Desk(sign_in("chu_tich_xa_a"))
    path, other = f"/contests/{YEAR}/sheets/{sheet.id}", round_of(world, "xa_a").id

    def merges():
        with app.app_context():
            return united(world)

    deeds = [
        merges,
        judge.post(path, sheet.version, **fields(), do="final"),
        chair.post(f"/contests/{YEAR}/rounds/{other}/end", 0),
    ]
    lock = select(Season.id).with_for_update()
    new, *pages = at_once(lock, *deeds[turn % 3 :], *deeds[: turn % 3])
    found = [new, *pages]
    assert sorted(page.status for page in found if not isinstance(page, int)) == [303, 303]
    db.session.expire_all()
    merged = next(each for each in found if isinstance(each, int))
    assert {row.unit_id for row in db.session.query(ContestRound).filter_by(id=number)} == {merged}
    assert round_of(world, "xa_a").closed_at is not None
    assert (rounds.sheet("xa_b").state, verify().fault) == ("final", None)


# --- conflicts of judges ------------------------------------------------------------------------


def judge_at(world, home, name="giamkhao1"):
    """Let a judge belong to a branch."""
    world.accounts[name].person_id = world.members[home][5].id
    db.session.commit()


def lacking(made):
    """Return how many contestants found no judge without a conflict."""
    return assign(made.held.id, YEAR, PART, 1, by=made.by("truong_ban")).lacking


@pytest.mark.parametrize(("changed", "left"), [(False, 0), (True, 1)])
def test_after_a_merger_a_judge_of_the_other_commune_belongs_to_the_contestants_own(
    world, changed, left
):
    made = judging(world, contestants=1, judges=1)  # of ap_a1
    judge_at(world, "ap_b1")
    if changed:
        united(world)
    assert lacking(made) == left


def test_a_branch_that_was_handed_over_is_still_no_stranger_to_its_old_commune(world):
    made = judging(world, contestants=1, judges=1)
    judge_at(world, "ap_a2")
    _hand(world)
    assert lacking(made) == 1


def test_in_the_round_of_the_old_commune_nobody_judges_their_own_branch_that_was_handed(world):
    made = judging(world, contestants=1, judges=1, unit="xa_a")
    judge_at(world, "ap_a1")
    _hand(world)
    assert lacking(made) == 1
    judge_at(world, "ap_a2")
    assert lacking(made) == 0


def test_who_stays_in_a_branch_does_not_judge_who_was_split_off_it(world):
    made = judging(world, contestants=1, judges=1, unit="xa_a")
    judge_at(world, "ap_a1")
    gone = made.contestants[0].dossier_id
    person = db.session.get(Dossier, gone).person_id
    split = Split(
        people=frozenset({person}), said=said("Chi đoàn Mới", UnitKind.HAMLET), decision=PAPER
    )
    split_unit(world.units["ap_a1"].id, split, by=by(world, "xa_a"))
    assert lacking(made) == 1


def test_a_sheet_given_before_is_refused_where_the_units_that_merged_make_a_conflict(world):
    made = judging(world, contestants=1, judges=1)
    made.assign(1)
    judge_at(world, "ap_b1")
    united(world)
    sheet = made.sheet()
    filled = Filled({code: Mark(text) for code, text in GOOD.items()})
    with pytest.raises(Forbidden) as refusal:
        hand_in(sheet.id, YEAR, filled, is_final=True, by=made.by("giamkhao1"), seen=sheet.version)
    assert str(refusal.value) == "judge_conflict"
