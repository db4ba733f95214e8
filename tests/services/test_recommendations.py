"""Recommendations as use cases: every station, who may what, what is left out, what moves along."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.extensions import db
from app.models import (
    Account,
    Dossier,
    Event,
    ExemplaryLine,
    ExemplaryList,
    ExemplaryTitle,
    MeetingVote,
    Person,
    QuarterComment,
    Standing,
)
from app.queries.admission.meetings import roll_of
from app.queries.queues import QueueFilter, waiting_for
from app.queries.recommendation.choosing import eligible_for
from app.queries.recommendation.files import facts_of, late_comments, late_quarters, load
from app.queries.recommendation.roadmap import roadmaps, standing_counts
from app.queries.rules import rulebook
from app.services.audit import verify
from app.services.dossiers import file_for
from app.services.events import By
from app.services.meetings.corrections import correct_vote
from app.services.meetings.recording import Minutes, VotesRefused, record_meeting
from app.services.papers.attachments import Attachments
from app.services.recommendation.choosing import choose
from app.services.recommendation.handing import Handover, hand_over
from app.services.recommendation.parts import save_part
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from tests.clock import NOW, TODAY
from tests.moves import Move
from tests.recommending import (
    ADMITTED,
    CHOSEN,
    DAY,
    HELD,
    LISTED,
    PATHS,
    RECOGNISED,
    SECRET,
    YEAR,
    Way,
    grade,
)
from workflows.calendar import anniversary
from workflows.classification import Grade
from workflows.engine import NoSuchStep, Refused
from workflows.membership import PersonStatus
from workflows.quarters import quarter_of, quarters_between
from workflows.recommendation import RECOMMENDATION
from workflows.recommendation_facts import CommitteeVote, Part, RecommendationAnswers, Side
from workflows.voting import Ballots


@pytest.mark.parametrize("state", RECOMMENDATION.states)
def test_every_state_is_reached_by_those_who_act_in_it(world, state):
    way = Way(world).to(state)
    assert (way.dossier.state, verify().fault) == (state, None)


def test_a07_every_state_is_walked():
    assert PATHS.keys() == RECOMMENDATION.states.keys()


@pytest.mark.parametrize("branch", ["ap_b1", "co_so"])
def test_other_unions_go_the_same_way(world, branch):
    way = Way(world, branch)
    if branch == "co_so":
        way.commune, way.branch = "co_so", "co_so"
        way.complete()
        way.hand_over()
        way.recognise()
        way.ask()
        way.vote()
        way.submit()
        way.commune = "co_so.pho"
        with pytest.raises(Forbidden):
            way.resolve()
        return
    assert way.to("with_cell").dossier.state == "with_cell"


def candidates(world, *numbers):
    """Grade some members of ap_a1 excellent this year, and return them."""
    people = [world.members["ap_a1"][number] for number in numbers]
    for person in people:
        grade(person, TODAY.year)
    return people


def chosen_by(world, who="xa_a.pho", *people, year=TODAY.year, key=None):
    """Choose some people and return what became of each."""
    by = By(world.actor(who), NOW, request_key=key)
    unit = world.units["xa_a"].id
    made = choose(unit, year, [person.id for person in people], held_on=TODAY, by=by)
    lines = db.session.query(ExemplaryLine).filter_by(list_id=made)
    return {line.person_id: line.problem for line in lines}


def test_many_are_chosen_at_once_and_each_has_a_dossier(world):
    people = candidates(world, 3, 4, 5)
    assert set(chosen_by(world, "xa_a", *people).values()) == {""}
    dossiers = db.session.query(Dossier).all()
    assert {each.person_id for each in dossiers} == {person.id for person in people}
    assert {each.desk_unit_id for each in dossiers} == {world.units["ap_a1"].id}
    assert db.session.query(ExemplaryTitle).count() == 3


def test_each_bar_is_named_before_and_at_the_choice(world):
    way = Way(world).to("prospect")
    admitted = Way(world, member=6).to("probation")
    chosen, suspended, free = candidates(world, 2, 3, 4)
    for each in (way, admitted):
        grade(each.person, TODAY.year)
    chosen_by(world, "xa_a", chosen)
    stretch = Standing(
        district_id=suspended.district_id,
        person_id=suspended.id,
        unit_id=suspended.unit_id,
        status=PersonStatus.SUSPENDED,
        from_on=TODAY,
        recorded_at=NOW,
    )
    db.session.add(stretch)
    db.session.commit()
    expected = {
        way.person_id: "recognised",
        admitted.person_id: "party_member",
        chosen.id: "chosen_already",
        suspended.id: "suspended",
        free.id: "",
    }
    listed = eligible_for(world.units["xa_a"], TODAY.year, TODAY)
    assert {each.person_id: each.bar for each in listed} == expected
    people = db.session.query(Person).filter(Person.id.in_(expected)).all()
    assert chosen_by(world, "xa_a", *people) == expected


@pytest.mark.parametrize(("rule", "years"), [("this_or_previous", {0, 1}), ("previous", {1})])
def test_which_year_counts_is_a_setting(world, app, rule, years):
    for back in (0, 1, 2):
        grade(world.members["ap_a1"][back], TODAY.year - back)
    grade(world.members["ap_a1"][4], TODAY.year, Grade.GOOD)
    local = {"exemplary_grade_year": rule}
    with kept_rules(app, local):
        found = {each.person_id for each in eligible_for(world.units["xa_a"], TODAY.year, TODAY)}
    assert found == {world.members["ap_a1"][back].id for back in years}


@contextmanager
def kept_rules(app, local):
    """Work under other local rules for a while."""
    sets = app.config["RULEBOOK"]._sets  # noqa: SLF001
    before = dict(sets)
    for name, rules in before.items():
        sets[name] = replace(rules, local=replace(rules.local, **local))
    yield
    sets.update(before)


def test_nobody_chooses_themselves_also_not_in_somebodys_place(world):
    (person,) = candidates(world, 5)
    db.session.get_one(Account, world.accounts["xa_a"].id).person_id = person.id
    db.session.commit()
    assert chosen_by(world, "xa_a", person) == {person.id: "about_yourself"}
    assert db.session.query(Dossier).count() == 0


def test_a11_choosing_twice_with_one_key_is_done_once(world):
    people = candidates(world, 3, 4)
    first, second = (chosen_by(world, "xa_a", *people, key="một") for _ in range(2))
    assert (first, db.session.query(Dossier).count()) == (second, 2)


def test_only_the_union_itself_chooses_and_nobody_who_is_not_graded(world):
    (person,), plain = candidates(world, 5), world.members["ap_a1"][7]
    for who, refusal in (("ap_a1", NotFound), ("huyen", Forbidden), ("xa_b", NotFound)):
        with pytest.raises(refusal):
            chosen_by(world, who, person)
    with pytest.raises(NotFound):
        chosen_by(world, "xa_a", person, plain)
    for year in (TODAY.year - 2, TODAY.year + 1):
        with pytest.raises(Invalid):
            chosen_by(world, "xa_a", person, year=year)
    with pytest.raises(Invalid):
        chosen_by(world, "xa_a")
    assert db.session.query(Dossier).count() == 0


def test_second_year_goes_on_with_the_dossier_and_asks_why(world):
    way = Way(world)
    by = way.by("xa_a", CHOSEN.replace(year=YEAR + 1))
    grade(way.person, YEAR)
    assert not roadmaps([*by.actor.posts], None)[0].is_delayed
    choose(world.units["xa_a"].id, YEAR + 1, [way.person_id], held_on=by.now.date(), by=by)
    assert db.session.query(Dossier).count() == 1
    (line,) = roadmaps([*by.actor.posts], None)
    assert (line.titles, line.is_delayed) == (2, True)
    assert {each.ref for year in (YEAR, YEAR + 1) for each in roadmaps(by.actor.posts, year)} == {
        way.ref
    }
    way.write(Part.DELAY, "xa_a", delay_reason=SECRET)
    assert (way.kept.delay_reason, verify().fault) == (SECRET, None)


def test_who_was_closed_and_is_chosen_again_is_asked_why_too(world):
    way = Way(world)
    way.take("withdraw", "ap_a1", reason="Bận học xa")
    by = way.by("xa_a", CHOSEN.replace(year=YEAR + 1))
    grade(way.person, YEAR)
    choose(world.units["xa_a"].id, YEAR + 1, [way.person_id], held_on=by.now.date(), by=by)
    delayed = {line.ref: line.is_delayed for line in roadmaps([*by.actor.posts], None)}
    assert delayed.pop(way.ref) is False
    assert list(delayed.values()) == [True]


def test_a_certificate_that_ran_out_on_the_way_is_renewed_and_the_branch_asked_anew(world):
    way = Way(world).to("resolution")
    with pytest.raises(Refused, match="class_lapsed"):
        way.take("renew_class", "xa_a")
    db.session.rollback()
    way.kept.class_on = anniversary(TODAY, -5)
    db.session.commit()
    with pytest.raises(Refused, match="class_still_valid"):
        way.take("record_resolution", "xa_a", on=TODAY)
    db.session.rollback()
    way.take("renew_class", "xa_a")
    assert (way.dossier.state, way.kept.vote_id, verify().fault) == ("prospect", None, None)


def test_a14_who_chose_decides_nothing_and_a_colleague_does(world):
    way = Way(world).to("resolution")
    with pytest.raises(Forbidden, match="prepared_by_you"):
        way.take("send_back", "xa_a.pho", sections=("wish",), reason="Thiếu")
    with pytest.raises(Forbidden, match="prepared_by_you"):
        way.take("close_unadmitted", "xa_a.pho", reason="Thiếu")
    way.take("send_back", "xa_a.canbo", sections=("wish",), reason="Thiếu")


def test_a14_nobody_comments_or_decides_on_themselves(world):
    way = Way(world).to("prospect")
    for who in ("ap_a1", "xa_a"):
        db.session.get_one(Account, world.accounts[who].id).person_id = way.person_id
    db.session.commit()
    for who, part in (("ap_a1", Part.BRANCH_QUARTER), ("xa_a", Part.UNION_QUARTER)):
        with pytest.raises(Forbidden, match="about_yourself"):
            way.comment(part, who, TODAY)
    with pytest.raises(Forbidden, match="about_yourself"):
        way.take("close_unadmitted", "xa_a", reason="Có lý do")


def test_quarterly_comments_are_one_a_side_and_late_ones_are_known(world):
    way = Way(world).to("prospect")
    way.comment(Part.BRANCH_QUARTER, "ap_a1", RECOGNISED)
    with pytest.raises(Invalid, match="quarter_closed"):
        way.comment(Part.BRANCH_QUARTER, "ap_a1.pho", RECOGNISED)
    way.comment(Part.UNION_QUARTER, "xa_a", RECOGNISED)
    way.comment(Part.BRANCH_QUARTER, "ap_a1", TODAY)
    for quarter in (quarter_of(RECOGNISED - 100 * DAY), quarter_of(TODAY + 100 * DAY)):
        with pytest.raises(Invalid):
            way.write(Part.BRANCH_QUARTER, "ap_a1", quarter=quarter, comment="Tốt")
    (file,) = load([way.ref], lock=False)
    due = quarters_between(RECOGNISED, TODAY)
    assert late_quarters(file, Side.BRANCH, TODAY) == due[1:-1]
    assert late_quarters(file, Side.UNION, TODAY) == due[1:-1]
    assert late_comments([way.ref], TODAY) == {way.ref: 2 * len(due[1:-1])}
    assert db.session.query(QuarterComment).count() == 3


@pytest.mark.parametrize(
    ("part", "who"),
    [
        (Part.BRANCH_QUARTER, "xa_a"),
        (Part.UNION_QUARTER, "ap_a1"),
        (Part.PROSPECT, "ap_a1"),
        (Part.PROSPECT, "huyen"),
    ],
)
def test_each_side_writes_its_own_parts(world, part, who):
    way = Way(world).to("prospect")
    with pytest.raises(Forbidden):
        way.write(part, who, quarter=quarter_of(TODAY), comment="Tốt")


def test_quarter_is_commented_once_whoever_is_faster(world):
    way = Way(world).to("prospect")
    seen = way.dossier.version
    way.comment(Part.BRANCH_QUARTER, "ap_a1", TODAY)
    assert way.dossier.version == seen + 1


def test_meeting_votes_on_an_admission_and_a_recommendation_each_on_its_own(world, journey):
    way, other = Way(world).to("branch_vote"), journey("ap_a1").to("branch_vote")

    unit, day = world.units["ap_a1"], TODAY - 3 * DAY
    roll = {person.id: True for person in roll_of(unit, day)}
    votes = {way.ref: Ballots(3, 6, 0, 0), other.ref: Ballots(8, 1, 0, 0)}
    minutes = Minutes(held_on=day, place="Ấp 1", chair="Ba", minute_taker="Tư")
    record_meeting(unit.id, minutes, roll, votes, by=way.by("ap_a1"))
    assert (way.dossier.state, other.dossier.state) == ("prospect", "ready")
    clauses = {vote.clause for vote in db.session.query(MeetingVote)}
    assert len(clauses) == 2


def test_opinion_is_never_given_online_or_by_the_committee(world):

    way, unit = Way(world).to("branch_vote"), world.units["ap_a1"]
    roll = {person.id: True for person in roll_of(unit, HELD)}
    votes = {way.ref: Ballots(9, 0, 0, 0)}
    told = {"place": "Ấp 1", "chair": "Ba", "minute_taker": "Tư"}
    for how, code in (({"online": True}, "vote_in_person"), ({"by_committee": True}, "members_")):
        with pytest.raises(VotesRefused) as refusal:
            record_meeting(unit.id, Minutes(HELD, **told, **how), roll, votes, by=way.by("ap_a1"))
        assert [each.code.startswith(code) for each in refusal.value.unmet[way.ref]] == [True]
    assert way.dossier.state == "branch_vote"


def test_a27_vote_is_corrected_until_the_union_decides_and_not_after(world):
    way = Way(world).to("resolution")
    (vote,) = db.session.query(MeetingVote).all()
    by, right = way.by("ap_a1"), Ballots(3, 6, 0, 0)
    correct_vote(vote.meeting_id, way.ref, right, "Đếm nhầm", by=by, seen=way.dossier.version)
    assert way.dossier.state == "prospect"
    correct_vote(
        vote.meeting_id, way.ref, Ballots(8, 1, 0, 0), "Đúng", by=by, seen=way.dossier.version
    )
    assert (way.dossier.state, db.session.query(MeetingVote).count()) == ("ready", 3)
    way.take("submit", "ap_a1")
    way.resolve()
    with pytest.raises(NoSuchStep):
        correct_vote(vote.meeting_id, way.ref, right, "Muộn", by=by, seen=way.dossier.version)


def test_resolution_that_does_not_carry_sends_the_prospect_back_to_be_prepared(world):
    way = Way(world).to("resolution")
    way.resolve(CommitteeVote(members=9, present=8, in_favour=4, against=4))
    assert (way.dossier.state, way.kept.vote_id) == ("prospect", None)
    assert (way.kept.committee_for, way.kept.committee_against) == (4, 4)


def test_expired_certificate_blocks_the_opinion(world):
    way = Way(world).to("prospect")
    old = {"class_on": TODAY.replace(year=TODAY.year - 5), "class_ref": "1", "party_helper": "Ba"}
    way.write(Part.PROSPECT, "xa_a", **old)
    with pytest.raises(Refused) as refusal:
        way.take("ask_opinion", "xa_a")
    assert [each.code for each in refusal.value.unmet] == ["class_still_valid"]


@pytest.mark.parametrize(("again", "state"), [(False, "resolved"), (True, "prospect")])
def test_cell_returns_for_a_paper_or_for_the_whole_way(world, again, state):
    way = Way(world).to("cell_accepted")
    way.take("cell_returns", "xa_a", reason="Thiếu giấy", new_vote_needed=again)
    assert (way.dossier.state, way.kept.accepted_on) == (state, None)
    assert (way.kept.vote_id is None) is again


def test_a04_return_opens_only_the_parts_it_names_and_a06_goes_back_where_it_came_from(world):
    for place, back in (("listing", "listing"), ("resolution", "resolution")):
        way = Way(world, member=5 if place == "listing" else 6).to(place)
        way.send_back("wish")
        with pytest.raises(Forbidden, match="section_closed"):
            way.write(Part.EFFORT, "ap_a1", union_work="Khác")
        with pytest.raises(Refused):
            way.take("resubmit", "ap_a1")
        way.write(Part.WISH, "ap_a1", branch_comment="Đã sửa")
        way.take("resubmit", "ap_a1")
        assert (way.dossier.state, way.dossier.returned_sections) == (back, [])


def test_meeting_at_fault_is_held_again(world):
    way = Way(world).to("resolution")
    way.send_back("vote", again=True)
    way.take("repeat_vote", "ap_a1")
    way.vote()
    assert way.dossier.state == "ready"


def test_list_takes_over_what_is_clean_and_names_the_rest(world):
    ready, lacking, changed = (Way(world, member=number) for number in (5, 6, 7))
    for way in (ready, lacking, changed):
        way.complete()
    for way in (ready, changed):
        way.write(Part.UNION_COMMENT, "xa_a", LISTED, union_comment=SECRET)
    lines = {way.ref: way.dossier.version for way in (ready, lacking, changed)}
    changed.write(Part.UNION_COMMENT, "xa_a", LISTED, union_comment="Khác")
    unit, by = world.units["xa_a"].id, ready.by("xa_a", LISTED)
    made = hand_over(unit, lines, Handover(LISTED, "Đảng ủy xã"), by=by)
    found = {
        each.dossier_id: each.problem
        for each in db.session.query(ExemplaryLine).filter_by(list_id=made)
    }
    assert found == {
        ready.dossier.id: "",
        lacking.dossier.id: "refused",
        changed.dossier.id: "stale",
    }
    assert [way.dossier.state for way in (ready, lacking, changed)] == [
        "with_party",
        "listing",
        "listing",
    ]
    assert verify().fault is None


def test_list_on_a_day_before_everybody_was_chosen_is_not_kept(world):
    way = Way(world).to("listing")
    way.write(Part.UNION_COMMENT, "xa_a", LISTED, union_comment=SECRET)
    lines, unit = {way.ref: way.dossier.version}, world.units["xa_a"].id
    lists, by = db.session.query(ExemplaryList).count(), way.by("xa_a", LISTED)
    with pytest.raises(Invalid, match="before_the_choice"):
        hand_over(unit, lines, Handover(CHOSEN - DAY, "Đảng ủy xã"), by=by)
    assert (db.session.query(ExemplaryList).count(), way.dossier.state) == (lists, "listing")


def test_list_is_handed_over_on_its_day_also_where_the_choice_was_entered_later(world):
    (person,) = candidates(world, 5)
    unit, entered = world.units["xa_a"].id, By(world.actor("xa_a.pho"), NOW)
    choose(unit, TODAY.year, [person.id], held_on=TODAY - 9 * DAY, by=entered)
    (file,) = load([db.session.query(Dossier).one().ref], lock=False)
    facts = facts_of(file, rulebook().on(TODAY), TODAY, RecommendationAnswers())
    assert facts.opened_on == TODAY - 9 * DAY


def test_choice_is_held_in_the_year_of_its_title_or_later(world):
    (person,) = candidates(world, 5)
    unit, by = world.units["xa_a"].id, By(world.actor("xa_a"), NOW)
    with pytest.raises(Invalid, match="before_the_year"):
        choose(unit, TODAY.year, [person.id], held_on=TODAY.replace(year=TODAY.year - 1), by=by)
    assert db.session.query(Dossier).count() == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"held_on": ADMITTED - DAY}, "before_probation"),
        ({"against_reason": ""}, "reason_missing"),
        ({"in_favour": 9}, "numbers_disagree"),
    ],
)
def test_opinion_on_a_probation_is_of_its_time_and_says_why_some_are_against(world, changes, code):
    way = Way(world).to("probation")
    said = {"held_on": TODAY, "asked": 9, "in_favour": 8, "against": 1}
    said |= dict.fromkeys(("strengths", "weaknesses", "against_reason"), SECRET)
    with pytest.raises(Invalid, match=code):
        way.write(Part.UNION_PROBATION, "xa_a", **(said | changes))


@pytest.mark.parametrize("state", ["chosen", "prospect", "resolution", "with_cell", "returned"])
def test_open_file_moves_whole_with_its_person_and_the_former_units_see_it_no_more(world, state):
    way = Way(world).to(state)
    move = Move(world, "xa_b")
    assert move.person_id == way.person_id
    move.assign().take("receive", "ap_b1", received_on=TODAY)
    dossier = way.dossier
    new = (world.units["ap_b1"].id, world.units["xa_b"].id)
    assert (dossier.branch_id, dossier.commune_id, dossier.state) == (*new, state)
    assert dossier.desk_unit_id in new
    event = db.session.query(Event).filter_by(step="hand_file_over").one()
    assert event.facts["before"]["branch"] == world.units["ap_a1"].id
    seen = {who for who in world.accounts if is_seen(world, who, way.ref)}
    assert seen == {"huyen", "xa_b", "xa_b.pho", "ap_b1"}
    assert not waiting_for(world.actor("xa_a"), QueueFilter())
    assert verify().fault is None


def is_seen(world, who, ref):
    """Whether a dossier exists for somebody."""
    try:
        return bool(file_for(ref, world.actor(who), lock=False))
    except NotFound:
        return False


def test_closed_file_and_a_stay_for_a_time_move_nothing(world):
    way = Way(world).to("withdrawn")
    Move(world, "xa_b").assign().take("receive", "ap_b1", received_on=TODAY)
    assert way.dossier.branch_id == world.units["ap_a1"].id


def test_stations_are_counted_by_commune_and_year(world):
    for number, state in enumerate(("chosen", "prospect", "prospect", "withdrawn")):
        Way(world, member=number + 2).to(state)
    Way(world, "ap_b1").to("probation")
    posts = world.actor("huyen").posts
    counts = {name: dict(count) for name, count in standing_counts(posts, YEAR).items()}
    assert counts == {
        "Đoàn xã Tân Quới": {"chosen": 1, "prospect": 2, "ended": 1},
        "Đoàn xã Mỹ Thuận": {"probation": 1},
    }
    assert standing_counts(posts, YEAR - 1) == {}
    assert len(roadmaps(world.actor("ap_b1").posts, None)) == 1


def test_a12_part_written_on_an_old_version_is_refused(world):
    way = Way(world).to("listing")
    seen = way.dossier.version
    way.write(Part.UNION_COMMENT, "xa_a", union_comment="Một")

    with pytest.raises(Stale):
        save_part(
            way.ref,
            Part.UNION_COMMENT,
            {"union_comment": "Hai"},
            Attachments(),
            by=way.by("xa_a.canbo"),
            seen=seen,
        )
    assert way.kept.union_comment == "Một"


def test_no_event_tells_what_is_kept_encrypted(world):
    Way(world).to("full_member")
    told = [str((event.facts, event.comment)) for event in db.session.query(Event)]
    assert [text for text in told if SECRET in text] == []
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT row_to_json(r)::text FROM recommendations r UNION ALL "
            "SELECT row_to_json(p)::text FROM probation_opinions p"
        )
        assert [text for (text,) in rows if SECRET in text] == []
