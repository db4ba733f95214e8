"""The ranking of a round: every place with its reason, ties to settle, what the hall may see."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.queries.accounts import names_of
from app.queries.results.publications import comments_left, released_on_board
from app.queries.results.rankings import RankedRound, ranked
from app.queries.results.rulings import rulings_of
from app.services.entry.contestants import next_round
from app.services.refusals import Invalid
from app.services.results.access import may_settle, ranking_seen
from app.services.results.releasing import release_comments, show_on_board
from app.services.results.rulings import settle_tie
from app.web.access import asked_by, me, signed_in
from app.web.fields import KeyedForm
from app.web.results.forms import SENTENCES, TieForm, tie_form
from workflows.contest.analysis import shifts, spreads, strictness
from workflows.contest.ranking import awaits
from workflows.contest.rules import TieKind

blueprint = Blueprint("results", __name__, url_prefix="/contests/<int:year>")
WIDEST = 10


@blueprint.get("/rounds/<int:round_id>/ranking")
@signed_in
def ranking(year: int, round_id: int) -> ResponseReturnValue:
    """Show the places of a round with their reasons, to who runs or chairs it."""
    return _page(year, round_id), 200


def _page(year: int, round_id: int, wrong: TieForm | None = None, said: str = "") -> str:
    held = ranked(ranking_seen(round_id, year, me()))
    return render_template(
        "results/ranking.html",
        held=held,
        file=held.file,
        judges=names_of(held.judges),
        ties=_ties(held, wrong),
        settles=may_settle(held.file, me()),
        following=next_round(held.file),
        released=released_on_board(round_id),
        comments=comments_left(round_id),
        rulings=rulings_of(round_id),
        form=KeyedForm(formdata=None),
        said=said,
        wrong=wrong,
    )


def _ties(held: RankedRound, wrong: TieForm | None) -> list[dict[str, Any]]:
    found = []
    for group in held.ranking.open_ties:
        kind = awaits(held.file.rules, group, held.scores.decisions)[0]
        equals = [held.people[entry] for entry in sorted(group)]
        form = tie_form(kind, equals, formdata=None)
        same = wrong is not None and wrong.among.data == form.among.data
        found.append({"kind": kind, "equals": equals, "form": wrong if same else form})
    return found


@blueprint.get("/rounds/<int:round_id>/analysis")
@signed_in
def analysis(year: int, round_id: int) -> ResponseReturnValue:
    """Show how far the judges lie apart, how strict each is, and what hangs on one of them."""
    held = ranked(ranking_seen(round_id, year, me()))
    return render_template(
        "results/analysis.html",
        held=held,
        file=held.file,
        judges=names_of(held.judges),
        spreads=spreads(held.ranking)[:WIDEST],
        strictness=strictness(held.ranking),
        shifts=shifts(held.file.rules, held.scores, held.ranking),
        scores=_scores_per_part(held),
    )


def _scores_per_part(held: RankedRound) -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    """Return what each contestant earned in each part, as the pictures draw it."""
    titles = {part.code: part.title for part in held.file.rules.parts}
    found: dict[str, list[Any]] = {code: [] for code in titles}
    for place, who in held.lines:
        for line in place.parts:
            found[line.code].append((f"{who.code} {who.name}", [line.combined or 0]))
    return [(titles[code], rows) for code, rows in found.items()]


@blueprint.post("/rounds/<int:round_id>/ties")
@signed_in
def tie(year: int, round_id: int) -> ResponseReturnValue:
    """Settle a tie as the rules say."""
    held = ranked(ranking_seen(round_id, year, me()))
    form = _asked(held)
    if form is None:
        return _page(year, round_id, said=str(SENTENCES["not_equal_now"])), 409
    if form.validate():
        try:
            settle_tie(round_id, year, form.settlement(), by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã phân định."), "success")
            return _back(year, round_id)
    return _page(year, round_id, form), 422


def _asked(held: RankedRound) -> TieForm | None:
    """Return the form that was sent, if it speaks of contestants of this round."""
    kinds = {kind.value for kind in TieKind}
    among = request.form.get("among", "").split("-")
    known = {str(number): who for number, who in held.people.items()}
    if request.form.get("kind") not in kinds or not set(among) <= known.keys():
        return None
    return tie_form(TieKind(request.form["kind"]), [known[each] for each in among])


@blueprint.post("/rounds/<int:round_id>/board")
@signed_in
def board_release(year: int, round_id: int) -> ResponseReturnValue:
    """Let the board in the hall show a part, or the ranking."""
    try:
        show_on_board(round_id, year, request.form.get("part", ""), by=asked_by())
    except Invalid as error:
        return _page(year, round_id, said=str(SENTENCES[error.code])), 422
    flash(_("Đã đưa lên bảng điểm."), "success")
    return _back(year, round_id)


@blueprint.post("/rounds/<int:round_id>/comments")
@signed_in
def comments(year: int, round_id: int) -> ResponseReturnValue:
    """Release the judges' comments to the contestants."""
    number = release_comments(round_id, year, by=asked_by())
    flash(ngettext("Đã mở %(num)s nhận xét.", "Đã mở %(num)s nhận xét.", number), "success")
    return _back(year, round_id)


def _back(year: int, round_id: int) -> ResponseReturnValue:
    return redirect(url_for(".ranking", year=year, round_id=round_id), 303)
