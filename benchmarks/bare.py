"""The limit of the machine: the same work as a WSGI program on psycopg, with nothing between.

It signs nobody in, checks no right and no requirement, and writes no page but the 25 lines.
"""

import hashlib
import html
import json
import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import psycopg

USER = """SELECT a.id, a.name, p.unit_id, u.district_id FROM accounts a
    JOIN appointments p ON p.account_id = a.id JOIN units u ON u.id = p.unit_id WHERE a.id = %s"""
PAGE = """SELECT d.id, d.ref, d.state, d.person_name, u.name, d.entered_desk_at, d.due_on
    FROM dossiers d JOIN units u ON u.id = d.branch_id
    WHERE d.desk_unit_id = %s AND (d.entered_desk_at, d.id) > (%s, %s)
    ORDER BY d.entered_desk_at, d.id LIMIT 26"""
PEOPLE = """SELECT p.id, p.name, p.birth_date, p.status, p.card_number, u.name FROM people p
    JOIN units u ON u.id = p.unit_id
    WHERE u.path LIKE (SELECT path FROM units WHERE id = %s) || '%%'
    ORDER BY p.sort_key, p.id LIMIT 26"""
UNITS = """SELECT u.id, u.name, u.kind, u.area, (SELECT count(*) FROM people p
    WHERE p.unit_id = u.id AND p.status IN ('member', 'working_away', 'deferred'))
    FROM units u WHERE u.path LIKE (SELECT path FROM units WHERE id = %s) || '%%'
    ORDER BY u.path"""
LISTS = {"/people": PEOPLE, "/units": UNITS}
LOCKED = "SELECT id, version, chain_head, branch_id FROM dossiers WHERE ref = %s FOR UPDATE"
DECIDED = """UPDATE dossiers SET state = 'ceremony', desk_unit_id = %s, entered_desk_at = %s,
    version = version + 1, chain_head = %s WHERE id = %s AND version = %s"""
EVENT = """INSERT INTO events (district_id, subject, subject_id, sequence, at, actor_id, actor_name,
    on_behalf_of, unit_id, step, from_state, to_state, comment, facts, request_key, previous, hash)
    VALUES (%s, 'dossiers', %s, %s, %s, %s, %s, '', %s, 'approve', 'commune_review', 'ceremony', '',
    '{}', %s, %s, %s)"""
SHEET = """SELECT s.id, s.version, s.chain_head, s.round_id, s.part, c.code
    FROM contest_sheets s JOIN contestants c ON c.id = s.contestant_id
    WHERE s.id = %s AND s.judge_id = %s FOR UPDATE OF s"""
ROUND = """SELECT r.closes_at, s.state FROM contest_rounds r JOIN contest_seasons s
    ON s.id = r.season_id WHERE r.id = %s FOR SHARE"""
SCORES = """INSERT INTO contest_scores (sheet_id, criterion, points, justification)
    SELECT %s, unnest(%s::text[]), unnest(%s::numeric[]), '' ON CONFLICT (sheet_id, criterion)
    DO UPDATE SET points = excluded.points"""
VERSION = """INSERT INTO contest_sheet_versions
    (sheet_id, number, scores, comment, final_at, reason)
    SELECT %s, coalesce(max(number), 0) + 1, %s::jsonb, '', %s, ''
    FROM contest_sheet_versions WHERE sheet_id = %s"""
FINAL = """UPDATE contest_sheets SET state = 'final', final_at = %s, version = version + 1,
    chain_head = %s WHERE id = %s AND version = %s"""
NEXT = """SELECT s.id FROM contest_sheets s JOIN contestants c ON c.id = s.contestant_id
    WHERE s.judge_id = %s AND s.round_id = %s AND s.part = %s AND s.state IN ('empty', 'draft')
    ORDER BY (c.code, s.id) > (%s, %s) DESC, c.code, s.id LIMIT 1"""
SCORED = """INSERT INTO events (district_id, subject, subject_id, sequence, at, actor_id,
    actor_name, on_behalf_of, step, from_state, to_state, comment, facts, request_key, previous,
    hash) VALUES (%s, 'contest_sheets', %s, %s, %s, %s, %s, '', 'make_final', 'empty', 'final',
    '', '{}', %s, %s, %s)"""

connection = psycopg.connect(os.environ["DATABASE_URL"].replace("+psycopg", "", 1), autocommit=True)


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer ``GET`` of the three lists and ``POST /dossiers/<ref>/steps/approve``."""
    account = environ.get("HTTP_COOKIE", "").partition("=")[2]
    user = connection.execute(USER, (account or 0,)).fetchone()
    status, headers, body = _answer(environ, user)
    kind = ("Content-Type", "text/html; charset=utf-8")
    start_response(status, [kind, ("Content-Length", str(len(body))), *headers])
    return [body]


def _answer(environ: dict[str, Any], user: Any) -> tuple[str, list[tuple[str, str]], bytes]:  # noqa: ANN401
    if user is None:
        return "401 Unauthorized", [], b""
    if environ["REQUEST_METHOD"] == "GET":
        return "200 OK", [], _list(environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"]), user)
    ref = environ["PATH_INFO"].split("/")[2]
    form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
    if environ["PATH_INFO"].startswith("/contests/"):
        after = _score(int(environ["PATH_INFO"].split("/")[4]), form, user)
        return "303 See Other", [("Location", f"/contests/{ref}/sheets/{after}")], b""
    if _decide(ref, form, user):
        return "303 See Other", [("Location", f"/dossiers/{ref}")], b""
    return "409 Conflict", [], b""


def _list(path: str, query: dict[str, list[str]], user: Any) -> bytes:  # noqa: ANN401
    after, _, number = query.get("after", ["-infinity~0"])[0].partition("~")
    asked = (LISTS[path], (user[2],)) if path in LISTS else (PAGE, (user[2], after, number))
    rows = connection.execute(*asked).fetchall()
    lines = (f"<li>{' '.join(html.escape(str(cell)) for cell in row)}" for row in rows[:25])
    return f"<!doctype html><title>List</title><ul>{''.join(lines)}</ul>".encode()


def _decide(ref: str, form: dict[str, list[str]], user: Any) -> bool:  # noqa: ANN401
    now, key, seen = datetime.now(UTC), form["request_key"][0], int(form["seen"][0])
    with connection.transaction():
        row = connection.execute(LOCKED, (ref,)).fetchone()
        if row is None or row[1] != seen:
            return False
        number, version, head, branch = row
        hashed = hashlib.sha256(f"{head}{number}{now}{user[0]}{key}".encode()).hexdigest()
        connection.execute(DECIDED, (branch, now, hashed, number, version))
        who = (now, user[0], user[1], user[2], key)
        connection.execute(EVENT, (user[3], number, version + 1, *who, head, hashed))
    return True


def _score(number: int, form: dict[str, list[str]], user: Any) -> int | None:  # noqa: ANN401
    """Make a score sheet final and return the next one."""
    points = {name[7:]: form[name][0].replace(",", ".") for name in form if name[:7] == "points-"}
    with connection.transaction():
        row = connection.execute(SHEET, (number, user[0])).fetchone()
        if row is None or row[1] != int(form["seen"][0]):
            raise LookupError(number)
        _make_final(row, points, form["request_key"][0], user)
    round_id, part, code = row[3:]
    after = connection.execute(NEXT, (user[0], round_id, part, code, number)).fetchone()
    return after[0] if after else None


def _make_final(row: Any, points: dict[str, str], key: str, user: Any) -> None:  # noqa: ANN401
    number, version, head, round_id = row[:4]
    now = datetime.now(UTC)
    connection.execute(ROUND, (round_id,))
    connection.execute(SCORES, (number, list(points), list(points.values())))
    connection.execute(VERSION, (number, json.dumps(points), now, number))
    hashed = hashlib.sha256(f"{head}{number}{now}{user[0]}{key}{points}".encode()).hexdigest()
    connection.execute(FINAL, (now, hashed, number, version))
    who = (now, user[0], user[1], key)
    connection.execute(SCORED, (user[3], number, version + 1, *who, head, hashed))
