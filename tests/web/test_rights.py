"""The full matrix of rights: every post, at every level, on every route, near and far.

Who may what is written here a second time, by hand, from domain §1.3: what the program grants is
not asked.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, url_for

from app.extensions import db, limiter
from app.models import ExemplaryList, GroupAct, GroupActLine, Meeting, PanelSeat, Paper
from app.models.acts import ActKind
from app.services.admission.classes import ClassPlan, open_class
from app.services.admission.sections import save_section
from app.services.classification.sheets import write_sheet
from app.services.dues.remittances import Passed, confirm, pass_up
from app.services.events import By
from app.services.imports.previewing import judge_on
from app.services.imports.receiving import receive_list
from app.services.imports.taking import take_list
from app.services.papers.attachments import Attachments, stage
from tests.browser import Browser
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, AppointmentFactory
from tests.journeys import Journey
from tests.lists import person, xlsx
from tests.panels import CODE, DEBATE, SITUATION, YEAR, judging, rules
from tests.quizzes import QUIZ
from tests.recommending import Way
from tests.services.samples import pdf
from tests.world import World
from workflows.admission_facts import Section
from workflows.levels import Post

DAY = timedelta(days=1)
LETTERS = {
    Post.SECRETARY: "S",
    Post.DEPUTY: "D",
    Post.OFFICER: "O",
    Post.ADMINISTRATOR: "A",
    Post.COMMITTEE_MEMBER: "",
    Post.JUDGE: "",
}
LEVELS = {
    "ap_a1": "branch",
    "ap_a2": "branch",
    "co_so": "co_so",
    "xa_a": "commune",
    "xa_b": "commune",
    "huyen": "above",
    "tinh": "above",
}
# Who holds a right at which level; a chi đoàn cơ sở has the powers of a commune's union.
HOLDERS = {
    "look": {"branch": "SD", "co_so": "SDO", "commune": "SDO", "above": "SDO"},
    "prepare": {"branch": "SD", "co_so": "SDO", "commune": "SDO", "above": ""},
    "meet": {"branch": "SD", "co_so": "SDO", "commune": "SDO", "above": ""},
    "teach": {"branch": "", "co_so": "SDO", "commune": "SDO", "above": ""},
    "sit": {"branch": "", "co_so": "SDO", "commune": "SDO", "above": ""},
    "issue_cards": {"branch": "", "co_so": "SDO", "commune": "SDO", "above": "SDO"},
    "see_sensitive": {"branch": "SD", "co_so": "SDO", "commune": "SDO", "above": "SD"},
    "keep_units": {"branch": "", "co_so": "SDA", "commune": "SDA", "above": "SDA"},
    "invite": {"branch": "", "co_so": "SDA", "commune": "SDA", "above": "SDA"},
    "import": {"branch": "", "co_so": "SDA", "commune": "SDA", "above": "SDA"},
    "receive_dues": {"branch": "", "co_so": "SDO", "commune": "SDO", "above": "SDO"},
    "confirm_grades": {"branch": "", "co_so": "SDO", "commune": "SDO", "above": "SDO"},
    "run_contest": {"branch": "", "co_so": "SD", "commune": "SD", "above": "SDO"},
    "set_programme": {"branch": "SD", "co_so": "SDO", "commune": "SDO", "above": "SDO"},
    "see_recommendations": {"branch": "SD", "co_so": "SDO", "commune": "SDO", "above": "SD"},
    "look or keep_units": {"branch": "SD", "co_so": "SDOA", "commune": "SDOA", "above": "SDOA"},
}
# From a unit upwards: who looks over it.
CHAINS = {
    "ap_a1": ("ap_a1", "xa_a", "huyen", "tinh"),
    "xa_a": ("xa_a", "huyen", "tinh"),
    "huyen": ("huyen", "tinh"),
    "superior of xa_a": ("huyen",),
    "the district": ("ap_a1", "ap_a2", "co_so", "xa_a", "xa_b", "huyen"),
}
PUBLIC = "everyone"
SIGNED_IN = "signed_in"

Statuses = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Row:
    """A route: what opens it, whose thing it is about, who sees that, who may do it, the answer.

    ``near`` means that only posts of the unit itself will do, not those above it; ``over`` names
    the unit that such a post must reach, where it is another one.
    """

    opens: str
    owner: str = ""
    sees: str = "look"
    may: str = ""
    near: bool = False
    over: str = ""
    answer: int = 200

    def expected(self, post: Post | None, unit: str) -> int:
        """Return the status for a post in a unit, or for somebody who is not signed in."""
        if self.opens == PUBLIC:
            return self.answer
        if post is None:
            return 302
        if self.opens != SIGNED_IN and not holds(post, unit, self.opens):
            return 403
        if self.owner and not (unit in CHAINS[self.owner] and holds(post, unit, self.sees)):
            return 404
        reach = (self.owner,) if self.near else CHAINS.get(self.over or self.owner, ())
        if self.may and not (unit in reach and holds(post, unit, self.may)):
            return 403
        return self.answer


def holds(post: Post, unit: str, right: str) -> bool:
    """Whether a post at the level of a unit holds a right, by the table above."""
    if right == "belong":
        return True
    letter = LETTERS[post]
    return bool(letter) and letter in HOLDERS[right][LEVELS[unit]]


def form(opens: str, wrong: int = 422, answers: int = 200, **rest: Any) -> dict[str, Row]:
    """Return the rows of a form: the page, and what a form without a value answers."""
    return {"GET": Row(opens, **rest, answer=answers), "POST": Row(opens, **rest, answer=wrong)}


UNIT = {"owner": "xa_a", "sees": "look or keep_units"}
OFFICE = {**UNIT, "may": "invite"}
KEPT = {**UNIT, "may": "keep_units", "over": "huyen"}
DESK = {"owner": "xa_a", "may": "look", "near": True}
CLASS = {"owner": "xa_a", "may": "teach", "near": True}
STEP = {"owner": "ap_a1", "may": "prepare", "near": True}
WORK = {"owner": "xa_a", "may": "prepare", "near": True}
PROGRAMME = {"owner": "xa_a", "may": "set_programme", "near": True}
# A round of the district: who runs contests there sets it up, its chair leads it.
CHAIRED = {"owner": "huyen", "sees": "run_contest"}
ROUND = {**CHAIRED, "may": "run_contest", "near": True}
# A season: whoever works in its district knows of it, the district's own desk runs it.
SEASON = {"owner": "the district", "sees": "belong"}
RUN = {**SEASON, "may": "run_contest", "over": "superior of xa_a"}
# The bank of questions: the district's own desk alone knows of it.
BANK = {"owner": "superior of xa_a", "sees": "run_contest"}
# A list that was taken: taking it again answers as before, everything else is over.
LIST = {"owner": "xa_a", "sees": "import"}
ROUTES: dict[str, dict[str, Row]] = {
    "acts.card_list": form("issue_cards"),
    "acts.ceremony": form("prepare"),
    "acts.listing": {"GET": Row("look")},
    "acts.show": {"GET": Row("look", owner="xa_a")},
    "acts.sitting": form("sit"),
    "auth.accept": {"GET": Row(PUBLIC, answer=404), "POST": Row(PUBLIC, answer=404)},
    "auth.change_password": form(SIGNED_IN),
    "auth.sign_in": form(PUBLIC),
    "auth.sign_out": {"POST": Row(SIGNED_IN, answer=303)},
    "bootstrap.static": {"GET": Row(PUBLIC)},
    "classes.candidates": form("look", 409, **CLASS),
    "classes.listing": {"GET": Row("look")},
    "classes.new": form("teach"),
    "classes.results": form("look", 409, **CLASS),
    "classes.show": {"GET": Row("look", owner="xa_a")},
    "contest_rules.arrange": {"POST": Row("run_contest", **RUN, answer=404)},
    "contest_rules.awards": form("run_contest", 409, **RUN),
    "contest_rules.edit_part": form("run_contest", 409, **RUN),
    "contest_rules.edit_round": form("run_contest", 409, **RUN),
    "contest_rules.export": {"GET": Row(SIGNED_IN, **SEASON)},
    "contest_rules.freeze": {"POST": Row("run_contest", **RUN, answer=409)},
    "contest_rules.head": form("run_contest", 409, **RUN),
    "contest_rules.new_part": form("run_contest", **RUN),
    "contest_rules.new_round": form("run_contest", **RUN),
    "contest_rules.show": {"GET": Row(SIGNED_IN, **SEASON)},
    "contest_rules.show_example": {"GET": Row("run_contest", **SEASON)},
    "contest_rules.take_file": form("run_contest", **RUN),
    "contests.days": form("run_contest", **RUN),
    "contests.extend": form("run_contest", **RUN),
    "contests.listing": {"GET": Row(SIGNED_IN)},
    # What the page proposes is a season already.
    "contests.new": form("run_contest", 303, may="run_contest", over="superior of xa_a"),
    "contests.rehearse": {"GET": Row("run_contest", **RUN)},
    "contests.round_days": form("run_contest", 409, **RUN),
    "contests.show": {"GET": Row(SIGNED_IN, **SEASON)},
    "contests.take": form("run_contest", 409, **RUN),
    "classification.confirm": form("confirm_grades"),
    # Nobody was graded on the sheet at hand, which is a draft.
    "classification.correct": {
        "GET": Row("confirm_grades", owner="xa_a", answer=404),
        "POST": Row("confirm_grades", owner="xa_a", answer=404),
    },
    "classification.export": {"GET": Row("look", owner="xa_a")},
    "classification.listing": {"GET": Row("look")},
    "classification.meeting": form("prepare", **WORK),
    "classification.picture": {"GET": Row("look", owner="xa_a")},
    "classification.rate": {"POST": Row(SIGNED_IN, owner="xa_a", answer=404)},
    "classification.rating": {
        "GET": Row("look", owner="xa_a"),
        "POST": Row("look", **WORK, answer=409),
    },
    "classification.send_back": {
        "GET": Row("confirm_grades", owner="xa_a", answer=409),
        "POST": Row("confirm_grades", owner="xa_a", answer=409),
    },
    "classification.sheet": {
        "GET": Row("look", owner="xa_a"),
        "POST": Row("look", **WORK, answer=409),
    },
    "classification.take": {"POST": Row(SIGNED_IN, owner="xa_a", answer=409)},
    "desk.overview": {"GET": Row("look")},
    "desk.discard": {"POST": Row(SIGNED_IN, answer=303)},
    "desk.overview_export": {"GET": Row("look")},
    "desk.queue": {"GET": Row(SIGNED_IN)},
    "desk.queue_export": {"GET": Row(SIGNED_IN)},
    "desk.show": {"GET": Row(SIGNED_IN)},
    "dossiers.ask": {"GET": Row(SIGNED_IN, **STEP)},
    "dossiers.edit": form(SIGNED_IN, **STEP),
    "dossiers.new": form("prepare"),
    "dossiers.paper": {"GET": Row(SIGNED_IN, owner="ap_a1", may="see_sensitive")},
    "dossiers.show": {"GET": Row(SIGNED_IN, owner="ap_a1")},
    "dossiers.take": {"POST": Row(SIGNED_IN, **STEP, answer=422)},
    "dues.confirmed": {
        "POST": Row(
            "receive_dues", owner="xa_a", may="receive_dues", over="superior of xa_a", answer=303
        )
    },
    "dues.exemption": form("sit", owner="ap_a1", may="sit", over="xa_a"),
    "dues.export": {"GET": Row("look", owner="xa_a")},
    "dues.passed": {"POST": Row("prepare", **WORK, answer=422)},
    "dues.sheet": {"GET": Row("look", owner="xa_a"), "POST": Row("look", **WORK, answer=303)},
    "dues.taken_back": {"POST": Row("prepare", **WORK, answer=303)},
    # The round is not over yet.
    "entries.following": {"POST": Row(SIGNED_IN, **ROUND, answer=403)},
    "entries.contestants": {"GET": Row(SIGNED_IN, **CHAIRED)},
    "entries.listing": {"GET": Row("look", **SEASON)},
    "entries.out": form(SIGNED_IN, **ROUND),
    "health.alive": {"GET": Row(PUBLIC)},
    "health.ready": {"GET": Row(PUBLIC)},
    "imports.answer": {"POST": Row("import", **LIST, answer=403)},
    "imports.forget": {"POST": Row("import", **LIST, answer=403)},
    "imports.listing": {"GET": Row("import")},
    "imports.new": form("import"),
    "imports.read": {"POST": Row("import", **LIST, answer=403)},
    "imports.rest": {"GET": Row("import", **LIST)},
    "imports.same": {"POST": Row("import", **LIST, answer=403)},
    "imports.show": {"GET": Row("import", **LIST)},
    "imports.take": {"POST": Row("import", **LIST, answer=303)},
    "imports.template": {"GET": Row("import")},
    "judging.again": form(SIGNED_IN, 403, **CHAIRED, answers=403),
    "judging.conflicts": form(SIGNED_IN, **ROUND),
    "judging.end": {"POST": Row(SIGNED_IN, **CHAIRED, answer=403)},
    "judging.extras": form(SIGNED_IN, 403, **CHAIRED, answers=403),
    "judging.let_in": form(SIGNED_IN, 403, **CHAIRED, answers=403),
    "judging.debates": form(SIGNED_IN, 303, **ROUND),
    "judging.mine": {"GET": Row(SIGNED_IN)},
    "judging.panel": form(SIGNED_IN, **ROUND),
    "judging.paper": form(SIGNED_IN, **ROUND),
    "judging.progress": {"GET": Row(SIGNED_IN, **CHAIRED)},
    "judging.reminders": {"POST": Row(SIGNED_IN, **ROUND, answer=303)},
    "judging.replacement": form(SIGNED_IN, **ROUND),
    "judging.shares": form(SIGNED_IN, **ROUND),
    # A sheet is its judge's alone.
    "judging.sheet": form(SIGNED_IN, 404, answers=404),
    "judging.step_back": form(SIGNED_IN, 404, answers=404),
    "judging.times": form(SIGNED_IN, **ROUND),
    "language.choose": {"POST": Row(PUBLIC, answer=303)},
    "meetings.correct": form("meet", owner="ap_a1", may="meet", near=True),
    "meetings.listing": {"GET": Row("look")},
    "meetings.new": form("meet", 200),
    "meetings.show": {"GET": Row(SIGNED_IN, owner="ap_a1")},
    "people.edit": form("prepare", owner="ap_a1", may="prepare"),
    "people.export": {"GET": Row("look")},
    "people.listing": {"GET": Row("look")},
    "people.loss": form("look", owner="ap_a1", may="prepare", near=True),
    "people.reveal": {"POST": Row("see_sensitive", owner="ap_a1", may="see_sensitive")},
    "people.show": {"GET": Row("look", owner="ap_a1")},
    "programme.approve": form("prepare", **WORK),
    # There is no programme yet, and the form without a value has seen no version of it.
    "programme.begin": {"POST": Row("set_programme", **PROGRAMME, answer=409)},
    "programme.conclude": form("prepare", **WORK),
    "programme.contents": {
        "GET": Row("look", owner="xa_a"),
        "POST": Row("look", **PROGRAMME, answer=409),
    },
    "programme.export": {"GET": Row("look", owner="xa_a")},
    "programme.link": {"POST": Row("prepare", **STEP)},
    "programme.listing": {"GET": Row("look")},
    "programme.member": {"GET": Row("look", owner="ap_a1"), "POST": Row("look", owner="ap_a1")},
    "programme.mine": {"GET": Row(PUBLIC, answer=404), "POST": Row(PUBLIC, answer=404)},
    "programme.opened": {"POST": Row("set_programme", **PROGRAMME, answer=409)},
    "programme.register": form("prepare", 200, **WORK),
    "programme.review": form("prepare", **WORK),
    "programme.revoke": {"POST": Row("prepare", **STEP, answer=303)},
    "programme.show": {"GET": Row("look", owner="xa_a")},
    # The form without a year or a day is wrong; nobody of the first union is there to be listed.
    "quiz.begun": {"POST": Row(SIGNED_IN, answer=404)},
    "quiz.hand_in": form(SIGNED_IN, 404, answers=404),
    "quiz.link": {"POST": Row(SIGNED_IN, **ROUND)},
    "quiz.mine": {"GET": Row(SIGNED_IN, **SEASON)},
    "quiz.question": form(SIGNED_IN, 404, answers=404),
    "quiz.questions": form("run_contest", **BANK),
    "quiz.questions_empty": {"POST": Row("run_contest", **BANK, answer=303)},
    "quiz.questions_open": {"POST": Row("run_contest", **BANK)},
    "quiz.questions_template": {"GET": Row("run_contest", **BANK)},
    "quiz.revoke": {"POST": Row(SIGNED_IN, **ROUND, answer=303)},
    "quiz.takers": {"GET": Row(SIGNED_IN, **ROUND)},
    # An unknown link opens nothing, to nobody.
    "quiz_by_link.begun": {"POST": Row(PUBLIC, answer=404)},
    "quiz_by_link.hand_in": form(PUBLIC, 404, answers=404),
    "quiz_by_link.mine": {"GET": Row(PUBLIC, answer=404)},
    "quiz_by_link.question": form(PUBLIC, 404, answers=404),
    "recommendations.choose": form("sit"),
    "recommendations.hand_over": form("sit"),
    "recommendations.listing": {"GET": Row("see_recommendations")},
    "recommendations.show_list": {
        "GET": Row("see_recommendations", owner="xa_a", sees="see_recommendations")
    },
    "results.analysis": {"GET": Row(SIGNED_IN, **CHAIRED)},
    "results.awards": {"POST": Row(SIGNED_IN, **RUN, answer=422)},
    "results.awards_export": {"GET": Row(SIGNED_IN, **RUN, answer=404)},
    "results.board": {"GET": Row(PUBLIC)},
    "results.board_release": {"POST": Row(SIGNED_IN, **ROUND, answer=422)},
    "results.comments": {"POST": Row(SIGNED_IN, **ROUND, answer=303)},
    "results.mine": {"GET": Row(SIGNED_IN, answer=404)},
    "results.publication": form(SIGNED_IN, 409, **RUN),
    "results.ranking": {"GET": Row(SIGNED_IN, **CHAIRED)},
    "results.result": {"GET": Row(PUBLIC, answer=404)},
    "results.tie": {"POST": Row(SIGNED_IN, **CHAIRED, answer=409)},
    "standings.away": {"GET": Row("look", owner="xa_a")},
    "standings.away_export": {"GET": Row("look", owner="xa_a")},
    "standings.change": form("look", **STEP),
    "standings.maturity": {
        "GET": Row("look", owner="xa_a"),
        "POST": Row("look", **WORK, answer=422),
    },
    "standings.maturity_export": {"GET": Row("look", owner="xa_a")},
    "static": {"GET": Row(PUBLIC)},
    "units.appointment": form("invite", **OFFICE),
    "units.close": form("keep_units", **KEPT),
    "units.edit": form("keep_units", **KEPT),
    "units.link": {"POST": Row("invite", **OFFICE)},
    "units.handover": form("invite", **OFFICE),
    "units.end": {"POST": Row("invite", **OFFICE, answer=303)},
    # What nobody lent is not there to be taken back.
    "units.end_substitute": {"POST": Row(SIGNED_IN, **DESK, answer=404)},
    "units.export_tree": {"GET": Row("look or keep_units")},
    "units.found": form("keep_units", **UNIT, may="keep_units"),
    # Only a branch of a commune is handed over.
    "units.hand": form("keep_units", 403, **KEPT) | {"GET": Row("keep_units", **KEPT, answer=403)},
    "units.holdings": {
        "GET": Row("look", owner="xa_a"),
        "POST": Row("look", owner="xa_a", may="prepare", near=True, answer=303),
    },
    "units.holdings_export": {"GET": Row("look", owner="xa_a")},
    "units.invitation": form("invite", **OFFICE),
    "units.listing": {"GET": Row("look or keep_units")},
    "units.merge": form("keep_units", **KEPT),
    "units.picture": {"GET": Row("look", owner="xa_a")},
    "units.rename": form("keep_units", **KEPT),
    "units.show": {"GET": Row(SIGNED_IN, **UNIT)},
    # Only branches split.
    "units.split": form("keep_units", 403, **KEPT) | {"GET": Row("keep_units", **KEPT, answer=403)},
    "units.substitute": form(SIGNED_IN, **DESK),
    "units.vacant": {"GET": Row("look or keep_units")},
}
OF_A_MEMBER = {"programme.member", "programme.link", "programme.revoke"}
FILES = {"static": "style.css", "bootstrap.static": "css/bootstrap.min.css"}


def test_every_route_has_a_row_and_every_row_a_route(app):
    routes: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        routes.setdefault(rule.endpoint, set()).update(rule.methods - {"HEAD", "OPTIONS"})
    assert {name: set(rows) for name, rows in ROUTES.items()} == routes


def test_every_view_says_whom_it_opens_to(app):
    marks = {name: getattr(view, "opens_to", None) for name, view in app.view_functions.items()}
    assert {name for name, mark in marks.items() if mark is None} == set(FILES)
    public = {
        name for name, rows in ROUTES.items() if PUBLIC in {row.opens for row in rows.values()}
    }
    assert {name for name, mark in marks.items() if mark == PUBLIC} == public - set(FILES)


def things(world: World) -> dict[str, Any]:
    """Make one of everything that an address names, and return it by the name it has there."""
    way, voted = Journey(world).to("education"), Journey(world, name="Lê Thị Hai").to("ready")
    file = stage(BytesIO(pdf()), "đơn.pdf", by=way.by("ap_a1"))
    papers = Attachments((file.id,))
    seen = way.dossier.version
    save_section(way.ref, Section.APPLICATION, {}, papers, by=way.by("ap_a1"), seen=seen)
    commune = world.units["xa_a"]
    write_sheet(commune.id, TODAY.year, {}, by=way.by("xa_a"), seen=0)
    plan = ClassPlan("Lớp", "Nhà văn hóa", TODAY, TODAY, 2)
    return {
        "ref": way.ref,
        "voted": voted.ref,
        "paper_id": db.session.query(Paper).one().id,
        "meeting_id": db.session.query(Meeting).one().id,
        "class_id": open_class(commune.id, plan, by=way.by("xa_a")),
        "act_id": a_sitting(world, way.dossier.id).id,
        "import_id": a_taken_list(commune.id, way.by("xa_a")),
        "person_id": world.members["ap_a1"][0].id,
        "unit_id": commune.id,
        "section": "person",
        "step": "call_to_vote",
        "workflow": "admission",
        "year": 1999,
        "code": "vi",
        "secret": "unknown",
        "item": "card",
        "move": "report_loss",
        "kind": "die",
        "list_id": a_list_of_exemplary_members(world),
        "remittance_id": a_confirmed_remittance(commune.id, way),
        "programme": {"year": TODAY.year, "origin": "blank", "token": "unknown"},
        "branch_id": world.units["ap_a1"].id,
        **a_season(a_judged_round(world)),
    }


def a_season(judged: dict[str, int]) -> dict[str, Any]:
    """Name the pages of a season that is in its rounds, and of its rules."""
    named = {"code": CODE, "part": "tinh_huong", "name": "default", "step": "deliberate"}
    asked = {"attempt_id": 1, "position": 1}
    return {
        "judging": judged | {"part": DEBATE.code},
        "results": judged,
        "entries": judged,
        "quiz": judged | named | asked,
        "quiz_by_link": judged | named | asked | {"token": "unknown"},
        **dict.fromkeys(("contests", "contest_rules"), judged | named),
    }


def a_judged_round(world: World) -> dict[str, int]:
    """Set up a round of the district with a quiz and debates; its judges have their sheets."""
    made = judging(world, contest=rules(SITUATION, QUIZ, DEBATE))
    made.assign()
    return {
        "year": YEAR,
        "round_id": made.held.id,
        "sheet_id": made.sheet().id,
        "contestant_id": made.contestants[0].id,
        "seat_id": db.session.query(PanelSeat).filter(~PanelSeat.is_chair).first().id,
    }


def a_list_of_exemplary_members(world: World) -> int:
    """Let the commune choose an exemplary member and return the list."""
    Way(world, member=7)
    return db.session.query(ExemplaryList).one().id


def a_confirmed_remittance(unit_id: int, way: Journey) -> int:
    """Pass dues up from a commune and confirm them above: from then on nothing changes."""
    number = pass_up(unit_id, Passed(TODAY, 6000, TODAY), by=way.by("xa_a"))
    confirm(unit_id, number, by=way.by("huyen"))
    return number


def a_taken_list(unit_id: int, by: By) -> UUID:
    """Import a list of one person into a unit."""
    made = receive_list(unit_id, xlsx(person("Nguyễn Thị Đào")), "ds.xlsx", by=by)
    judge_on(made, by=by)
    take_list(made, by=by, seen=1)
    return made


def a_sitting(world: World, dossier_id: int) -> GroupAct:
    """Record that the commune sat and left a dossier out."""
    commune, who = world.units["xa_a"], world.accounts["xa_a"]
    act = GroupAct(
        district_id=commune.district_id,
        unit_id=commune.id,
        kind=ActKind.SITTING,
        step="approve",
        held_on=TODAY,
        request_key="sat",
        made_at=NOW,
        made_by_id=who.id,
        lines=[GroupActLine(dossier_id=dossier_id, problem="stale")],
    )
    db.session.add(act)
    db.session.commit()
    return act


def a_newcomer(world: World) -> dict[str, int]:
    """Appoint a committee member of the commune, whose post can be ended and link renewed."""
    account, unit = AccountFactory(), world.units["xa_a"]
    post = AppointmentFactory(account=account, unit=unit, post=Post.COMMITTEE_MEMBER)
    db.session.commit()
    return {"account_id": account.id, "appointment_id": post.id}


@contextmanager
def plainly(app: Flask) -> Iterator[None]:
    """Draw no pages, take forms without a token, however many: only statuses count here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flask.templating._render", lambda *_args: "")
        patch.setitem(app.config, "WTF_CSRF_ENABLED", None)
        patch.setattr(limiter, "enabled", False)
        yield


def address(app: Flask, name: str, known: Mapping[str, Any]) -> str:
    """Write the address of a route with the things that it names."""
    values = {**known, "filename": FILES.get(name)}
    if name == "meetings.correct":
        values["ref"] = known["voted"]
    if name in OF_A_MEMBER:
        values["unit_id"] = known["branch_id"]
    if name.startswith("classification."):
        values["year"] = TODAY.year
    values |= known.get(name.partition(".")[0], {})
    (rule, *_) = app.url_map.iter_rules(name)
    with app.test_request_context():
        return url_for(name, **{each: values[each] for each in rule.arguments})


def status(browser: Browser, method: str, path: str) -> int:
    """Ask, and return how it was answered."""
    with browser.client.application.app_context():
        answer = browser.client.open(path, method=method)
        answer.close()
        return answer.status_code


def asked(open_browser: Callable[[], Browser], known: Mapping[str, Any]) -> dict[str, int]:
    """Ask for every route in a browser of its own and return the statuses."""
    app, found = open_browser().client.application, {}
    with plainly(app):
        for name, rows in ROUTES.items():
            path = address(app, name, known)
            found |= {f"{each} {name}": status(open_browser(), each, path) for each in rows}
    return found


def expected(post: Post | None, unit: str) -> dict[str, int]:
    """Return what the tables above say of every route."""
    return {
        f"{method} {name}": row.expected(post, unit)
        for name, rows in ROUTES.items()
        for method, row in rows.items()
    }


@pytest.mark.parametrize("post", Post)
def test_a_post_opens_what_its_level_gives_it_and_no_more(world, sign_in, post):
    known, found = things(world), {}
    for unit in LEVELS:
        world.accounts[unit] = AccountFactory()
        AppointmentFactory(account=world.accounts[unit], unit=world.units[unit], post=post)
        found[unit] = asked(partial(sign_in, unit), known | a_newcomer(world))
    assert differences(found, {unit: expected(post, unit) for unit in LEVELS}) == {}


def differences(found: Statuses, right: Statuses) -> dict[tuple[str, str], tuple[int, int]]:
    """Return, by unit and route, the status found and the right one where they differ."""
    return {
        (unit, route): (status, right[unit][route])
        for unit, routes in found.items()
        for route, status in routes.items()
        if status != right[unit][route]
    }


def test_who_is_not_signed_in_is_led_to_the_door(world, visitor):
    known = things(world) | a_newcomer(world)
    assert asked(lambda: visitor, known) == expected(None, "")
    app = visitor.client.application
    with plainly(app):
        for name, rows in ROUTES.items():
            for method, row in rows.items():
                if row.opens != PUBLIC:
                    answer = visitor.client.open(address(app, name, known), method=method)
                    assert (name, answer.location.partition("?")[0]) == (name, "/login")


def test_who_holds_no_post_opens_nothing_of_any_unit(world, sign_in):
    world.accounts["nobody"] = AccountFactory()
    found = asked(lambda: sign_in("nobody"), things(world) | a_newcomer(world))
    assert found == expected(Post.JUDGE, "tinh")


def test_a_post_of_yesterday_or_tomorrow_opens_nothing(world, sign_in):
    known = things(world) | a_newcomer(world)
    account = world.accounts["past"] = AccountFactory()
    for days in ({"to_on": TODAY - DAY}, {"from_on": TODAY + DAY}):
        AppointmentFactory(account=account, unit=world.units["tinh"], **days)
    db.session.commit()
    assert asked(lambda: sign_in("past"), known) == expected(Post.JUDGE, "tinh")
