"""Statement 35: a judge reads every page and answer, and finds nothing of what others gave."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest

from app.extensions import db
from app.models import (
    Contestant,
    ContestRound,
    LateSheet,
    PaperTyping,
    Score,
    Season,
    Sheet,
    SheetVersion,
)
from tests.clock import NOW
from tests.factories import PanelSeatFactory
from tests.panels import SITUATION, YEAR, Judging
from tests.web.test_rights import a_newcomer, address, things
from workflows.contest.season import SeasonState

# What stands nowhere else: amounts that each of two judges gave for all four criteria, their
# totals, what the two have on average, and words.
GIVEN = {"giamkhao2": "71.357", "giamkhao3": "64.813"}
AMOUNTS = ("71.357", "64.813", "285.428", "259.252", "272.34", "68.085")
WORDS = ("Nhận xét của riêng tôi", "Lý do của riêng tôi")
SECRETS = (*AMOUNTS, *(amount.replace(".", ",") for amount in AMOUNTS), *WORDS)
JUDGES = ("giamkhao1", "huyen.canbo")


@pytest.fixture
def known(world):
    """One of everything that an address names; in the judged round, others gave their points."""
    found = things(world) | a_newcomer(world)
    held = db.session.get_one(ContestRound, found["judging"]["round_id"])
    PanelSeatFactory(held=held, account=world.accounts["huyen.canbo"])
    db.session.commit()
    made = judged(world, held)
    made.assign(4)
    for judge, points in GIVEN.items():
        for number in (1, 2, 3):
            plant(made.give(judge, number), points)
    return found


def judged(world, held):
    """Return the round that there is, as its tests know it."""
    season = db.session.get_one(Season, held.season_id)
    return Judging(world, season, held, db.session.query(Contestant).order_by("code").all())


def plant(sheet, points):
    """Make a final sheet unmistakable in every table that keeps it."""
    for score in db.session.query(Score).filter_by(sheet_id=sheet.id):
        score.points, score.justification = points, WORDS[1]
    plain = {each.code: [points, WORDS[1]] for each in SITUATION.criteria}
    sheet.comment = WORDS[0]
    version = db.session.query(SheetVersion).filter_by(sheet_id=sheet.id).one()
    version.scores, version.comment = plain, WORDS[0]
    db.session.add(LateSheet(sheet_id=sheet.id, scores=plain, comment=WORDS[0], sent_at=NOW))
    typed = {"sheet_id": sheet.id, "scores": plain, "comment": WORDS[0], "typed_at": NOW}
    db.session.add(PaperTyping(typed_by_id=sheet.judge_id, **typed))
    db.session.commit()


def texts(answer):
    """Return all that an answer says, unpacked where it is packed."""
    body = answer.get_data()
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return headers + body.decode(errors="replace")


def told(app, sign_in, judge, known, sheets):
    """Ask for every route as a judge, every sheet in turn, and return which told a secret."""
    asked = [
        (method, address(app, rule.endpoint, known_of(rule, known, number)))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods & {"GET", "POST"})
        for number in (sheets if "sheet_id" in rule.arguments else sheets[:1])
    ]
    found = {}
    for method, path in asked:
        browser = sign_in(judge)
        with app.app_context():
            answer = browser.client.open(path, method=method)
            said = [secret for secret in SECRETS if secret in texts(answer)]
            answer.close()
        if said:
            found[method, path] = said
    return found


def known_of(rule, known, sheet):
    """Return the values for an address: the judged round wherever a contest is named."""
    values = dict.fromkeys(rule.arguments, 1) | known
    if {"year", "round_id"} & rule.arguments and not rule.endpoint.startswith("classification."):
        values |= known["judging"]
    return values | {"judging": known["judging"] | {"sheet_id": sheet}}


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize(
    ("state", "own_are_final"),
    [(SeasonState.ROUNDS, False), (SeasonState.ROUNDS, True), (SeasonState.DELIBERATION, False)],
)
def test_a35_no_page_and_no_answer_tells_a_judge_what_others_gave(  # noqa: PLR0913
    app, world, known, sign_in, monkeypatch, judge, state, own_are_final
):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", None)
    held = db.session.get_one(ContestRound, known["judging"]["round_id"])
    made = judged(world, held)
    if own_are_final:
        for number in (1, 2, 3):
            made.give(judge, number)
    made.season.state = state
    db.session.commit()
    sheets = [number for (number,) in db.session.query(Sheet.id).order_by(Sheet.id)]
    mine = {made.sheet(judge, number).id for number in (1, 2, 3) if made.sheet(judge, number)}
    assert (len(mine), len(sheets) > len(mine)) == (3, True)
    assert told(app, sign_in, judge, known, sheets) == {}


def test_a35_the_walk_would_find_a_secret_for_it_finds_the_own_one(
    app, known, sign_in, monkeypatch
):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", None)
    sheets = [number for (number,) in db.session.query(Sheet.id).order_by(Sheet.id)]
    found = told(app, sign_in, "giamkhao2", known, sheets)
    assert {path.rpartition("/")[0] for _method, path in found} == {f"/contests/{YEAR}/sheets"}
