"""A round of the rules on its page; rounds and parts moved and removed."""

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.policies import Right
from app.services.contest.rules_writing import RulesWrong, write_rules
from app.services.refusals import NotFound
from app.web.access import asked_by, needs
from app.web.contest_rules.at_hand import (
    AtHand,
    blueprint,
    code_for,
    piece_of,
    rules_at_hand,
    save,
    sentence,
)
from app.web.contest_rules.forms import ArrangeForm, RoundForm, TieRow
from app.web.contest_rules.rows import Rows, rearranged
from workflows.contest.plain import to_plain
from workflows.contest.rules import Advance, ContestRules, Round
from workflows.levels import Level


@blueprint.route("/rounds/new", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def new_round(year: int) -> ResponseReturnValue:
    """Add a round at the end."""
    at = rules_at_hand(year)
    code = code_for(request.form.get("title", ""), (each.code for each in at.rules.rounds))
    return _page(at, Round(code, "", Level.COMMUNE, ()), is_new=True)


@blueprint.route("/rounds/<code>", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def edit_round(year: int, code: str) -> ResponseReturnValue:
    """Write a round: its name, who holds it, who goes on, how ties are broken."""
    at = rules_at_hand(year)
    return _page(at, at.round(code), is_new=False)


def _page(at: AtHand, held: Round, *, is_new: bool) -> ResponseReturnValue:
    plain, rounds = to_plain(held), at.rules.rounds
    form = RoundForm(data=plain | plain["advance"] | {"value": str(held.advance.value or "")})
    form.rows["ties"] = Rows("ties", TieRow, plain["ties"])
    form.offer(held)
    place = len(rounds) if is_new else rounds.index(held)

    def make() -> ContestRules:
        made = piece_of(Round, form.typed(plain) | {"advance": form.advance()})
        return replace(at.rules, rounds=put_at(rounds, place, made))

    if save(at, form, make, what=form.title.data or "", under=f"rounds.{place}."):
        return redirect(url_for(".edit_round", year=at.season.year, code=held.code), 303)
    shown = {"season": at.season, "held": held, "form": form, "is_new": is_new}
    page = render_template("contest_rules/round.html", **shown, mover=mover(at))
    return page, 422 if form.is_wrong else 200


def put_at(pieces: tuple[Any, ...], place: int, piece: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Return pieces with one of them replaced, or added at the end."""
    return (*pieces[:place], piece, *pieces[place + 1 :])


def mover(at: AtHand) -> ArrangeForm:
    """Return what the buttons beside pieces send along."""
    return ArrangeForm(formdata=None, data={"seen": str(at.season.version)})


@blueprint.post("/arrange")
@needs(Right.RUN_CONTEST)
def arrange(year: int) -> ResponseReturnValue:
    """Move a round or a part up or down, or remove it."""
    at, form = rules_at_hand(year), ArrangeForm()
    code, part = request.form.get("round", ""), request.form.get("part", "")
    held = at.round(code)
    try:
        rules = _arranged(at.rules, held, part, request.form.get("act", ""))
        write_rules(year, rules, held.title, by=asked_by(), seen=form.version())
    except RulesWrong as error:
        said = [sentence(each) for each in error.faults]
        shown = {"season": at.season, "form": form, "reasons": said}
        return render_template("contest_rules/refused.html", **shown), 422
    home = url_for(".edit_round", year=year, code=code) if part else url_for(".show", year=year)
    return redirect(home, 303)


def _arranged(rules: ContestRules, held: Round, part: str, act: str) -> ContestRules:
    if not part:
        return replace(rules, rounds=_moved(rules.rounds, held.code, act))
    made = replace(held, parts=_moved(held.parts, part, act))
    if act == "drop":
        made = _without(made, part)
    return replace(rules, rounds=put_at(rules.rounds, rules.rounds.index(held), made))


def _moved(pieces: tuple[Any, ...], code: str, act: str) -> tuple[Any, ...]:
    places = [place for place, each in enumerate(pieces) if each.code == code]
    if not places:
        raise NotFound
    return tuple(rearranged([*pieces], act, places[0]))


def _without(held: Round, part: str) -> Round:
    """What counted on a part that is gone counts on the total, or not at all."""
    ties = tuple(each for each in held.ties if each.part != part)
    gone = held.advance.on == part
    advance = Advance(held.advance.by, held.advance.value) if gone else held.advance
    return replace(held, ties=ties, advance=advance)
