"""Five hundred contestants at once, on real workers: no answer is lost, none counts twice."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from flask import g, session
from flask_wtf.csrf import generate_csrf

from app.extensions import db, login_manager
from app.models import QuizAnswer, QuizAttempt
from benchmarks.load import AGENT, HOST, Client
from benchmarks.servers import serving
from tests.conftest import FIELD_KEY
from tests.factories import AccountFactory
from tests.quizzes import QUESTIONS, YEAR, competing, season_with_quiz

CONTESTANTS, ANSWERED, SENDING = 500, 2, 64
ATTEMPT = re.compile(rb"Location: \S*/quiz/attempts/(\d+)/1\r")


@dataclass
class Contestant:
    """Somebody with a phone: what they chose, and which of it was received."""

    client: Client
    begin: str
    attempt: int = 0

    def take(self, choices):
        """Begin, answer questions, some of them twice as a poor line does, and hand in."""
        answer = self.client.ask(self.client.post(self.begin))
        assert answer.status == 303, answer.text.decode()[:600]
        self.attempt = int(ATTEMPT.search(answer.text)[1])
        for position, chosen in enumerate(choices, 1):
            path = f"/contests/{YEAR}/quiz/attempts/{self.attempt}/{position}"
            for _ in range(1 + (position == self.attempt % 5)):
                assert self.client.ask(self.client.post(path, chosen=chosen)).status == 303
        path = f"/contests/{YEAR}/quiz/attempts/{self.attempt}/hand-in"
        assert self.client.ask(self.client.post(path)).status == 303


@pytest.fixture
def port(world, app_settings, monkeypatch):  # noqa: ARG001 -- the tables must be filled
    """The program on two workers, over the database of this test."""
    for name in ("secret_key", "database_url", "papers_dir"):
        monkeypatch.setenv(name.upper(), str(getattr(app_settings, name)))
    monkeypatch.setenv("APP_ENV", "test")
    monkeypatch.setenv("FIELD_KEY", FIELD_KEY)
    with serving("wsgi:app", "/login") as server:
        yield server.port


def signed_in(app, account, port):
    """Sign somebody in without waiting for the hash of a password, five hundred times."""
    base = {"REMOTE_ADDR": HOST}
    with app.test_request_context(headers={"User-Agent": AGENT}, environ_base=base):
        session["_id"] = login_manager._session_identifier_generator()  # noqa: SLF001
        session["_user_id"], session["_fresh"] = f"{account.id}.{account.session_epoch}", True
        g.pop("csrf_token", None)
        token = generate_csrf()
        signed = app.session_interface.get_signing_serializer(app).dumps(dict(session))
    return Client(port, f"session={signed}", token)


def competitors(world, app, port):
    held = season_with_quiz(world)
    begin = f"/contests/{YEAR}/quiz/{held.id}/kien_thuc/begin"
    for number in range(CONTESTANTS):
        name = f"thi sinh {number}"
        world.units[name] = world.units["ap_a1"]
        world.accounts[name] = AccountFactory(district_id=world.units["huyen"].id)
        competing(world, held, name, f"TS-{number}")
        yield Contestant(signed_in(app, world.accounts[name], port), begin)


def test_five_hundred_contestants_at_once_lose_no_answer(world, app, port):
    everyone = list(competitors(world, app, port))
    choices = [
        [(number // 4**position) % 4 for position in range(ANSWERED)]
        for number in range(CONTESTANTS)
    ]
    db.session.rollback()
    with ThreadPoolExecutor(SENDING) as pool:
        list(pool.map(Contestant.take, everyone, choices))
    kept = {}
    for row in db.session.query(QuizAnswer).order_by(QuizAnswer.position):
        kept.setdefault(row.attempt_id, []).append(row.chosen)
    blank = [None] * (QUESTIONS - ANSWERED)
    assert kept == {
        each.attempt: chosen + blank for each, chosen in zip(everyone, choices, strict=True)
    }
    finished = db.session.query(QuizAttempt).filter(QuizAttempt.finished_at.is_not(None))
    assert finished.count() == CONTESTANTS
