"""A part of a round on its page: points, judges or questions, criteria, points for time."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.policies import Right
from app.services.refusals import NotFound
from app.web.access import needs
from app.web.contest_rules.at_hand import (
    AtHand,
    blueprint,
    code_for,
    coded,
    piece_of,
    rules_at_hand,
    save,
)
from app.web.contest_rules.forms import CriterionRow, NewPartForm, PartForm, TimeRow, form_of
from app.web.contest_rules.rounds import mover, put_at
from app.web.contest_rules.rows import Rows
from workflows.contest.plain import AMOUNT, amount, to_plain
from workflows.contest.rules import ContestRules, Part, PartKind, Round

# What a new part begins with; people write what they need over it.
JUDGED = {"max": "10"}
QUIZ = {"max": "20", "questions": "20", "points_each": "1", "minutes": "20"}


@blueprint.route("/rounds/<code>/parts/new", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def new_part(year: int, code: str) -> ResponseReturnValue:
    """Add a part: its name and kind first, for these decide what else there is to say."""
    at = rules_at_hand(year)
    held, form = at.round(code), NewPartForm()
    place = len(held.parts)
    made = code_for(form.title.data or "", (each.code for each in held.parts))

    def make() -> ContestRules:
        usual = QUIZ if form.kind.data == PartKind.QUIZ else JUDGED
        said = {"code": made, "title": form.title.data, "kind": form.kind.data}
        return _with_part(at, held, place, piece_of(Part, said | usual))

    if save(at, form, make, what=form.title.data or "", under=_path(at, held, place)):
        return redirect(url_for(".edit_part", year=year, code=code, part=made), 303)
    shown = {"season": at.season, "held": held, "form": form}
    return render_template("contest_rules/new_part.html", **shown), 422 if form.is_wrong else 200


@blueprint.route("/rounds/<code>/parts/<part>", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def edit_part(year: int, code: str, part: str) -> ResponseReturnValue:
    """Write a part: its points, who scores it by what, or how many questions it has."""
    at = rules_at_hand(year)
    held = at.round(code)
    found = next((each for each in held.parts if each.code == part), None)
    if found is None:
        raise NotFound
    plain, place = to_plain(found), held.parts.index(found)
    form = _form(found, plain)

    def make() -> ContestRules:
        return _with_part(at, held, place, piece_of(Part, _typed(form, found, plain)))

    if save(at, form, make, what=f"{held.title}, {found.title}", under=_path(at, held, place)):
        return redirect(url_for(".edit_round", year=year, code=code), 303)
    shown = {"season": at.season, "held": held, "part": found, "form": form}
    page = render_template("contest_rules/part.html", **shown, mover=mover(at))
    return page, 422 if form.is_wrong else 200


def _path(at: AtHand, held: Round, place: int) -> str:
    return f"rounds.{at.rules.rounds.index(held)}.parts.{place}."


def _with_part(at: AtHand, held: Round, place: int, part: Part) -> ContestRules:
    made = replace(held, parts=put_at(held.parts, place, part))
    return replace(at.rules, rounds=put_at(at.rules.rounds, at.rules.rounds.index(held), made))


def _form(part: Part, plain: Mapping[str, Any]) -> PartForm:
    shown = {
        name: each if isinstance(each, str | bool) else _shown(each) for name, each in plain.items()
    }
    form = form_of(part)(data=shown)
    if part.is_judged:
        form.rows["criteria"] = Rows("criteria", CriterionRow, plain["criteria"])
    form.rows["time_points"] = Rows("time_points", TimeRow, plain["time_points"])
    return form


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _typed(form: PartForm, part: Part, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return a part as typed; the most points are what its criteria or questions add up to."""
    typed = form.typed(plain)
    if not part.is_judged:
        number, each = (_number(typed.get(name)) for name in ("questions", "points_each"))
        return typed | {"max": amount(number * each) if number and each else typed["max"]}
    typed["criteria"] = coded(typed["criteria"])
    points = sum(_numbers(each.get("max") for each in typed["criteria"]), Decimal(0))
    return typed | {"max": amount(points) if points else typed["max"]}


def _numbers(texts: Iterable[Any]) -> list[Decimal]:
    return [number for text in texts if (number := _number(text))]


def _number(text: Any) -> Decimal | None:  # noqa: ANN401
    """Return a number that may have been typed; what is none is refused later, at its field."""
    written = str(text or "").strip()
    return Decimal(written.replace(",", ".")) if AMOUNT.fullmatch(written) else None
