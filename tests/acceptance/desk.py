"""What people do at the screen, one function a deed: each opens a page, fills it and sends it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from app.extensions import db
from app.models import Dossier, Event
from tests.browser import Browser, Page
from tests.clock import TODAY
from tests.journeys import HELD, MONTHS_AGO
from tests.world import World

DAY = timedelta(days=1)
CANDIDATE = {"name": "Lê Thị Mới", "birth_date": "26/03/2008", "sex": "female"}


def typed(day: date) -> str:
    """Write a day as people type it."""
    return day.strftime("%d/%m/%Y")


# What a hand-made request answers, whatever the step asks.
ANSWERS = {
    "meeting_on": typed(HELD),
    "signed_on": typed(TODAY),
    "ceremony_on": typed(TODAY),
    "card_number": "860245000042",
    "card_issued_on": typed(TODAY),
    "reason": "Có lý do",
    "sections": ["study"],
    "why_study": "Thiếu bài kiểm tra",
}


def sections(world: World, branch: str = "ap_a1") -> dict[str, dict[str, Any]]:
    """Return what a branch types into every section that the vote needs."""
    helper, friend = world.members[branch][1:3]
    before = typed(HELD - 9 * DAY)
    return {
        "nomination": {"source": "resident", "helper_id": str(helper.id)},
        "person": {"schooling": "upper_secondary", "ethnicity": "Kinh"},
        "application": {"applied_on": before, "own_words": "Em xin vào Đoàn."},
        "background": {"background_on": before, "custody": "no"},
        "introducer": {
            "introducer_kind": "member",
            "introducer_id": str(friend.id),
            "together_since": typed(MONTHS_AGO),
            "introduced_on": before,
        },
        "study": {"self_study_on": before, "self_study_result": "Đạt 8/10"},
    }


def open_dossier(browser: Browser, **changed: Any) -> Page:
    """Open an admission dossier; the page that follows is its own."""
    return browser.send("/dossiers/new/admission", **{**CANDIDATE, "source": "resident", **changed})


def write(browser: Browser, ref: str, section: str, **values: Any) -> Page:
    """Write a section of a dossier."""
    return browser.send(f"/dossiers/{ref}/sections/{section}", **values)


def take(browser: Browser, ref: str, step: str, **answers: Any) -> Page:
    """Take a step on a dossier."""
    return browser.send(f"/dossiers/{ref}/steps/{step}", **answers)


def carrying(page: Page, mark: str) -> list[str]:
    """Return what the elements that carry a data attribute say by it, each once, in order."""
    said = [each.get(f"data-{mark}") for each in page.tree.iter()]
    return list(dict.fromkeys(each for each in said if each))


def state(page: Page) -> str:
    """Return the state that the page of a dossier shows."""
    (shown,) = carrying(page, "state")
    return shown


def badge(page: Page) -> int:
    """Return the number that every page shows of what waits."""
    (shown,) = [each for each in page.tree.iter() if each.get("data-badge") is not None]
    return int("".join(shown.itertext()))


def dossier(ref: str) -> Dossier:
    """Return a dossier as the database holds it now."""
    db.session.expire_all()
    return db.session.query(Dossier).filter_by(ref=ref).one()


def events(ref: str) -> list[Event]:
    """Return what happened to a dossier, the oldest first."""
    wanted = {"subject": "dossiers", "subject_id": dossier(ref).id}
    return db.session.query(Event).filter_by(**wanted).order_by(Event.sequence).all()


def standing(ref: str) -> Mapping[str, Any]:
    """Return every column of a dossier, to see that nothing changed."""
    row = dossier(ref)
    return {column.key: getattr(row, column.key) for column in Dossier.__table__.columns}


def by_hand(browser: Browser, ref: str, **fields: Any) -> dict[str, Any]:
    """Return what a hand-made request holds: a valid token and the version that stands."""
    token = browser.get("/password").form()["csrf_token"]
    return {"csrf_token": token, "seen": str(dossier(ref).version), **ANSWERS, **fields}


def raw(browser: Browser, path: str) -> tuple[int, Mapping[str, str], bytes]:
    """Return status, headers and bytes of an answer that is no page."""
    with browser.client.application.app_context(), browser.client.get(path) as answer:
        return answer.status_code, answer.headers, answer.data
