"""Results at the door: places with their reasons, ties, snapshots, and who sees what when."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from app.extensions import db
from app.models import Dossier, Entry, Event, Person, Publication, Season
from app.services.judging.closing import end_round
from tests.conftest import empty_tables
from tests.factories import PanelSeatFactory
from tests.panels import GOOD, SITUATION, YEAR, judging, rules
from tests.services.at_once import Desk, at_once, row_of, statuses, wait_for
from tests.world import build_world
from workflows.contest.rules import Award, ContestRules, Round, TieBreak, TieKind, TimePoints
from workflows.levels import Level

RESULT = f"/contests/{YEAR}/result"
PUBLISH = f"/contests/{YEAR}/publish"
OWN = f"/contests/{YEAR}/mine"
TIES = (TieBreak(TieKind.EXTRA_QUESTION), TieBreak(TieKind.CHAIR), TieBreak(TieKind.DRAW))


def contest(*ties):
    """Return rules of one round with tie-breaks and three awards."""
    held = rules().rounds[0]
    final = Round(held.code, held.title, Level.DISTRICT, (SITUATION,), ties=ties)
    return ContestRules("Hội thi", (final,), (Award("nhất", 1), Award("nhì", 1)))


def scored(world, points=("8", "6", "4"), ties=(), **rest):
    """Set up a round in which every contestant has three final sheets and the judging is over."""
    made = judging(world, contest=contest(*ties), contestants=len(points), **rest)
    made.assign()
    for number, first in enumerate(points, 1):
        for judge in ("giamkhao1", "giamkhao2", "giamkhao3"):
            made.give(judge, number, {**GOOD, "dung": first}, f"Nhận xét {number} của {judge}")
    end_round(made.held.id, YEAR, by=made.by("truong_ban"))
    return made


def state(name):
    db.session.execute(db.update(Season).values(state=name))
    db.session.commit()


@pytest.fixture
def made(world):
    return scored(world)


@pytest.fixture
def deliberating(made):
    state("deliberation")
    return made


def links(page):
    return {link.get("href") for link in page.all("a")}


def publish(browser, **typed):
    return browser.send(PUBLISH, action=PUBLISH, **typed)


def published():
    db.session.expire_all()
    return db.session.query(Publication).order_by(Publication.number).all()


def test_a38_every_place_shows_each_judge_what_was_dropped_and_what_the_part_adds(made, sign_in):
    page = sign_in("truong_ban").get(f"{made.home}/ranking")
    words = page.words()
    for text in ("Thí Sinh 1", "Giám khảo giamkhao1", "23,5", "vào tổng"):
        assert text in words
    assert words.index("Thí Sinh 1") < words.index("Thí Sinh 2") < words.index("Thí Sinh 3")
    assert "tiêu chí tự chọn để trống" in words


@pytest.mark.parametrize("who", ["truong_ban", "huyen"])
def test_who_runs_or_chairs_a_round_sees_its_ranking_and_its_analysis(made, sign_in, who):
    for page in ("ranking", "analysis"):
        assert sign_in(who).get(f"{made.home}/{page}").status == 200


@pytest.mark.parametrize("who", ["giamkhao1", "ap_a1", "xa_a", "co_so", "ap_b1"])
def test_a35_nobody_else_sees_a_ranking(made, sign_in, who):
    for page in ("ranking", "analysis"):
        assert sign_in(who).get(f"{made.home}/{page}").status == 404


def test_a35_an_officer_who_judges_sees_it_only_once_the_jury_is_done(world, made, sign_in):
    PanelSeatFactory(held=made.held, account=world.accounts["huyen"])
    db.session.commit()
    assert sign_in("huyen").get(f"{made.home}/ranking").status == 403
    state("deliberation")
    assert sign_in("huyen").get(f"{made.home}/ranking").status == 200


def test_a43_who_competes_sees_no_ranking_even_in_an_office(world, made, sign_in):
    compete_as(world, made, "huyen")
    assert sign_in("huyen").get(f"{made.home}/ranking").status == 403
    assert sign_in("huyen").get(PUBLISH).status == 403


def compete_as(world, made, who, number=1):
    """Let an account be that of a contestant."""
    dossier = db.session.get(Dossier, made.contestants[number - 1].dossier_id)
    world.accounts[who].person_id = dossier.person_id
    db.session.commit()


# --- ties ----------------------------------------------------------------------------------------


@pytest.fixture
def tied(world):
    return scored(world, ("8", "8", "4"), TIES)


def settle(browser, made, **typed):
    home = f"{made.home}/ranking"
    return browser.send(home, action=f"{made.home}/ties", **typed)


def values(made, *numbers):
    return {
        f"value_{each.id}": number for each, number in zip(made.contestants, numbers, strict=False)
    }


def test_a39_equals_are_set_apart_in_the_order_of_the_rules_and_the_rule_is_named(tied, sign_in):
    browser = sign_in("truong_ban")
    page = browser.get(f"{tied.home}/ranking")
    assert "Thể lệ định tiếp theo: Câu hỏi phụ" in page.words()
    page = settle(browser, tied, **values(tied, "3", "3"))
    assert "Thể lệ định tiếp theo: Trưởng ban giám khảo quyết định" in page.words()
    page = settle(browser, tied, **values(tied, "2", "1"), reason="Trả lời mạch lạc hơn")
    words = page.words()
    assert words.index("Thí Sinh 2") < words.index("Thí Sinh 1")
    assert "Đứng trên hay dưới người bằng điểm nhờ: Trưởng ban giám khảo quyết định" in words
    assert "Bằng điểm" not in [" ".join(each.itertext()) for each in page.all("h2")]


def test_a39_the_reason_of_the_chairs_word_stands_with_the_ranking(world, sign_in):
    made = scored(world, ("8", "8"), (TieBreak(TieKind.CHAIR),))
    browser = sign_in("truong_ban")
    page = browser.get(f"{made.home}/ranking")
    told = {each.get("for") for each in page.all("label")}
    assert {each.get("id") for each in page.all("textarea")} <= told
    page = settle(browser, made, **values(made, "2", "1"), reason="Trả lời mạch lạc hơn")
    assert "Thí Sinh 2, Thí Sinh 1 Trả lời mạch lạc hơn" in page.words()
    assert "Giám khảo truong_ban" in page.words()


def test_a39_a_draw_shows_the_seed_that_decided(world, sign_in):
    made = scored(world, ("8", "8"), (TieBreak(TieKind.DRAW),))
    page = settle(sign_in("truong_ban"), made)
    assert "Bốc thăm với hạt giống" in page.words()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", "1"), "Ghi điểm."),
        (("một", "1"), "“một” không phải là số"),
    ],
)
def test_a_tie_that_is_not_answered_whole_is_refused_at_its_field(tied, sign_in, typed, said):
    page = settle(sign_in("truong_ban"), tied, **values(tied, *typed))
    assert page.status == 422
    assert said in page.words()


def test_the_chairs_word_needs_a_reason(tied, sign_in):
    browser = sign_in("truong_ban")
    settle(browser, tied, **values(tied, "3", "3"))
    page = settle(browser, tied, **values(tied, "1", "2"), reason=" ")
    assert page.status == 422
    assert "Ghi lý do." in page.words()
    assert page.form(f"{tied.home}/ties")[f"value_{tied.contestants[1].id}"] == ["2"]


def test_a_tie_sent_twice_is_settled_once(tied, sign_in):
    browser = sign_in("truong_ban")
    form = browser.get(f"{tied.home}/ranking").form(f"{tied.home}/ties")
    sent = {**form, **values(tied, "3", "1")}
    assert browser.post(f"{tied.home}/ties", sent).status == 200
    assert browser.post(f"{tied.home}/ties", sent).status == 200
    assert db.session.query(Event).filter_by(step="settle_tie").count() == 1


def test_a_tie_of_strangers_is_no_tie(tied, sign_in):
    browser = sign_in("truong_ban")
    form = browser.get(f"{tied.home}/ranking").form(f"{tied.home}/ties")
    page = browser.post(f"{tied.home}/ties", {**form, "among": "1-999999"})
    assert page.status == 409


# --- publication ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("deliberating")
def test_a41_publishing_freezes_a_numbered_snapshot_with_its_hash(sign_in):
    page = publish(sign_in("huyen"))
    assert "Đã công bố lần 1" in page.words()
    [row] = published()
    assert row.content["rounds"][0]["places"][0]["total"] == "23.5"
    assert row.content_hash in page.words()
    assert [each["award"] for each in row.content["awards"]] == ["nhất", "nhì"]


@pytest.mark.usefixtures("deliberating")
def test_publishing_waits_for_a_person_at_work_without_holding_the_season(sign_in):
    """Steps of an entry lock the person, then the season; the other way round they would die."""
    desk, season = Desk(sign_in("huyen")), db.session.query(Season).one()
    deed, person = desk.post(PUBLISH, season.version), db.session.query(Dossier).first().person_id
    free = row_of(Season, season.id).with_for_update(nowait=True)
    db.session.rollback()
    with (
        ThreadPoolExecutor(1) as pool,
        db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watcher,
    ):
        with db.engine.begin() as holder:
            holder.execute(row_of(Person, person))
            answer = pool.submit(deed)
            wait_for(watcher, 1)
            holder.execute(free)
        assert answer.result().status == 303


@pytest.mark.usefixtures("deliberating")
def test_the_next_step_of_the_district_is_the_first_thing_on_its_page(sign_in):
    browser, home = sign_in("huyen"), f"/contests/{YEAR}"

    def main_thing():
        return [each.get("href") for each in browser.get(home).all("a", _class="btn btn-primary")]

    assert main_thing() == [PUBLISH]
    publish(browser)
    assert main_thing() == [PUBLISH]


@pytest.mark.usefixtures("deliberating")
def test_the_chair_of_the_jury_publishes_too(sign_in):
    assert "Đã công bố lần 1" in publish(sign_in("truong_ban")).words()


@pytest.mark.usefixtures("deliberating")
@pytest.mark.parametrize("who", ["xa_a", "ap_a1", "giamkhao1"])
def test_nobody_else_publishes(sign_in, who):
    browser = sign_in(who)
    token = browser.get("/password").form()["csrf_token"]
    assert browser.get(PUBLISH).status == 403
    assert browser.post(PUBLISH, {"csrf_token": token}).status == 403
    assert published() == []


def test_a40_nothing_is_published_while_sheets_are_missing(world, sign_in):
    made = judging(world, contest=contest())
    made.assign()
    made.give("giamkhao1")
    end_round(made.held.id, YEAR, by=made.by("truong_ban"))
    state("deliberation")
    browser = sign_in("huyen")
    page = browser.get(PUBLISH)
    assert "Còn thiếu 8 phiếu chấm chính thức" in page.words()
    assert page.all("button", disabled="")
    form = page.form(PUBLISH)
    assert browser.post(PUBLISH, form).status == 422
    assert published() == []


@pytest.mark.usefixtures("tied")
def test_a39_nothing_is_published_while_a_tie_is_open(sign_in):
    state("deliberation")
    page = publish(sign_in("huyen"))
    assert page.status == 422
    assert "Còn 1 nhóm thí sinh bằng điểm chưa phân định" in page.words()


def test_a41_a_correction_is_the_next_snapshot_with_a_reason_and_the_first_stays(
    deliberating, sign_in
):
    browser = sign_in("huyen")
    publish(browser)
    before = published()[0].content
    state("deliberation")
    page = publish(browser, reason=" ")
    assert page.status == 422
    db.session.execute(
        db.update(Entry)
        .where(Entry.dossier_id == deliberating.contestants[0].dossier_id)
        .values(award="")
    )
    deliberating.contestants[0].out_at = deliberating.held.opens_at
    deliberating.contestants[0].out_reason = "Khai sai chức vụ"
    db.session.commit()
    publish(browser, reason="Một thí sinh khai sai chức vụ")
    first, second = published()
    assert (first.content, second.number) == (before, 2)
    assert second.content["awards"][0]["name"] == "Thí Sinh 2"
    words = sign_in("ap_a1").get(RESULT).words()
    assert "Một thí sinh khai sai chức vụ" in words
    assert "Thí Sinh 1" not in words


def test_a41_a_sheet_made_final_at_the_same_moment_is_in_the_snapshot_or_refused(world, sign_in):
    for _ in range(5):
        both(world, sign_in)


def both(world, sign_in):
    """Publish while the last sheet, let in by the chair, is made final."""
    if db.session.query(Season).count():
        db.session.remove()
        empty_tables()
        world.__dict__.update(build_world().__dict__)
    made = scored(world)
    sheet = made.sheet("giamkhao1", 1)
    judge, officer = sign_in("giamkhao1"), sign_in("huyen")
    state("deliberation")
    chair = sign_in("truong_ban")
    chair.send(f"/contests/{YEAR}/sheets/{sheet.id}/reopen", reason="Nhầm ô")
    path = made.path("giamkhao1", 1)
    form = judge.get(path).form()
    again = {**form, **{f"points-{code}": "6" for code in ("cach_lam", "trinh_bay")}, "final": "1"}
    shown = officer.get(PUBLISH).form(PUBLISH)
    season = db.session.query(Season).one().id
    at_once(
        row_of(Season, season),
        lambda: judge.post(path, {**again, "points-dung": "10"}, follow=False),
        lambda: officer.post(PUBLISH, shown, follow=False),
    )
    snapshots, current = published(), made.sheet("giamkhao1", 1)
    if snapshots:
        places = snapshots[0].content["rounds"][0]["places"]
        judge_id = str(world.accounts["giamkhao1"].id)
        mine = next(each for each in places if each["name"] == "Thí Sinh 1")
        assert current.state.value == "final"
        assert mine["parts"][0]["by_judge"][judge_id] == "22"


@pytest.mark.usefixtures("deliberating")
def test_two_who_publish_at_the_same_moment_make_one_snapshot(sign_in):
    season = db.session.query(Season).one().id
    officers = [sign_in("huyen"), sign_in("huyen.canbo")]
    forms = [each.get(PUBLISH).form(PUBLISH) for each in officers]
    pages = at_once(
        row_of(Season, season),
        *(
            lambda who=who, form=form: who.post(PUBLISH, form, follow=False)
            for who, form in zip(officers, forms, strict=True)
        ),
    )
    assert statuses(pages) == [303, 409]
    assert len(published()) == 1


@pytest.mark.usefixtures("deliberating")
def test_the_public_page_shows_names_units_and_awards_and_no_points(visitor, sign_in):
    assert visitor.get(RESULT).status == 404
    publish(sign_in("huyen"))
    words = visitor.get(RESULT).words()
    for text in ("nhất", "Thí Sinh 1", "nhì", "Thí Sinh 2"):
        assert text in words
    assert "23,5" not in words
    assert "Thí Sinh 3" not in words


def test_a43_a_contestant_sees_place_points_and_released_comments_after_publication_only(
    world, deliberating, sign_in
):
    compete_as(world, deliberating, "ap_a1")
    browser = sign_in("ap_a1")
    chair = sign_in("truong_ban")
    before = browser.get(OWN).words()
    assert "Kết quả có sau khi ban tổ chức công bố" in before
    assert "Nhận xét 1" not in before
    chair.send(f"{deliberating.home}/ranking", action=f"{deliberating.home}/comments")
    assert "Nhận xét 1" not in browser.get(OWN).words()
    publish(sign_in("huyen"))
    words = browser.get(OWN).words()
    assert "Tổng điểm 23,5" in words
    assert "nhất" in words
    assert "Nhận xét 1 của giamkhao1" in words
    assert "Nhận xét 2" not in words
    assert "Giám khảo giamkhao1" not in words


def test_a43_comments_that_were_not_released_stay_unseen(world, deliberating, sign_in):
    compete_as(world, deliberating, "ap_a1")
    publish(sign_in("huyen"))
    assert "Nhận xét 1" not in sign_in("ap_a1").get(OWN).words()


@pytest.mark.usefixtures("deliberating")
def test_who_does_not_compete_has_no_page_of_own_results(sign_in):
    assert sign_in("ap_a2").get(OWN).status == 404


# --- the hall, the awards ------------------------------------------------------------------------


def test_the_board_shows_only_what_was_released(made, visitor, sign_in):
    board = f"{made.home}/board"
    assert "Thí Sinh" not in visitor.get(board).words()
    chair = sign_in("truong_ban")
    form = chair.get(f"{made.home}/ranking").form(f"{made.home}/board")
    chair.post(f"{made.home}/board", {**form, "part": "tinh_huong"})
    page = visitor.get(board)
    assert "Thí Sinh 1 23,5" in page.words()
    assert "Xếp hạng chung" not in page.words()
    assert page.headers["Refresh"] == "15"
    chair.post(f"{made.home}/board", {**form, "part": "", "request_key": "other"})
    assert "Xếp hạng chung" in visitor.get(board).words()


def test_the_board_never_shows_half_a_result(world, sign_in):
    made = judging(world, contest=contest())
    made.assign()
    made.give("giamkhao1")
    chair = sign_in("truong_ban")
    form = chair.get(f"{made.home}/ranking").form(f"{made.home}/board")
    page = chair.post(f"{made.home}/board", {**form, "part": "tinh_huong"})
    assert page.status == 422
    assert "Còn thiếu phiếu chấm chính thức" in page.words()


def test_an_award_stands_on_the_winners_page_and_goes_out_as_certificate_data(
    deliberating, sign_in
):
    browser = sign_in("huyen")
    publish(browser)
    winner = db.session.query(Entry).filter_by(award="nhất").one()
    assert winner.dossier_id == deliberating.contestants[0].dossier_id
    person = db.session.get(Dossier, winner.dossier_id).person_id
    assert f"Hội thi năm {YEAR} nhất" in browser.get(f"/people/{person}").words()
    events = db.session.query(Event).filter_by(subject="people", step="award").all()
    assert sorted(event.facts["award"] for event in events) == ["nhì", "nhất"]
    answer = browser.client.get(f"/contests/{YEAR}/awards/export?format=csv")
    assert "nhất,Thí Sinh 1" in answer.data.decode("utf-8-sig")
    answer.close()


@pytest.mark.usefixtures("deliberating")
def test_the_district_decides_on_the_awards_once(sign_in):
    browser = sign_in("huyen")
    publish(browser)
    address = f"/contests/{YEAR}/awards"
    assert address not in {
        form.get("action") for form in sign_in("huyen.canbo").get(PUBLISH).all("form")
    }
    page = browser.send(PUBLISH, action=address, decision_ref="", decided_on="")
    assert page.status == 422
    assert "Ghi số quyết định." in page.words()
    page = browser.send(PUBLISH, action=address, decision_ref="12-QĐ/ĐTN", decided_on="25/11/2025")
    assert "12-QĐ/ĐTN" in page.words()
    assert address not in {form.get("action") for form in page.all("form")}


def test_analysis_tells_how_strict_a_judge_is_and_what_hangs_on_one(world, sign_in):
    made = judging(world, contest=contest(), contestants=2)
    made.assign()
    for judge, first, second in (
        ("giamkhao1", "10", "2"),
        ("giamkhao2", "6", "7"),
        ("giamkhao3", "6", "7"),
    ):
        made.give(judge, 1, {**GOOD, "dung": first})
        made.give(judge, 2, {**GOOD, "dung": second})
    words = sign_in("truong_ban").get(f"{made.home}/analysis").words()
    assert "Hạng sẽ đổi nếu bỏ một giám khảo" in words
    assert "Giám khảo giamkhao1" in words
    assert "Giám khảo giamkhao1 0,25 2" not in words
    assert "22,833" in words
    assert "22.833" not in words


def test_the_chair_finds_the_way_to_the_ranking_and_who_judges_does_not(world, made, sign_in):
    ranking, path = f"{made.home}/ranking", f"{made.home}/judging"
    assert sign_in("truong_ban").get(path).all("a", href=ranking)
    world.accounts["huyen.canbo"].person_id = None
    PanelSeatFactory(held=made.held, account=world.accounts["huyen.canbo"])
    db.session.commit()
    assert not sign_in("huyen.canbo").get(path).all("a", href=ranking)


def test_whose_time_is_not_written_down_is_named_where_time_gives_points(world, sign_in):
    timed = replace(SITUATION, time_points=(TimePoints(120, Decimal(1)),))
    made, chair = judging(world, contest=rules(timed), contestants=2), sign_in("truong_ban")
    said = "chưa ghi thời gian của Thí Sinh 1, Thí Sinh 2."
    assert said in chair.get(f"{made.home}/ranking").words()
    times = f"{made.home}/times"
    assert chair.get(times).form()["part"] == ["tinh_huong"]
    for each in made.contestants[:2]:
        chair.send(times, contestant=str(each.id), time="1:50")
    assert "chưa ghi thời gian" not in chair.get(f"{made.home}/ranking").words()
