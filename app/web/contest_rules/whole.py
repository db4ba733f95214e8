"""The rules as one page that people read and print; their head, their awards, and freezing them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.contest.seasons import rules_of
from app.services.contest.rules_writing import FREEZING, RulesWrong, freeze_rules
from app.web.access import asked_by, needs, signed_in
from app.web.contest.at_hand import runs, season_at, season_run_by_me
from app.web.contest_rules.at_hand import AtHand, blueprint, piece_of, rules_at_hand, save, sentence
from app.web.contest_rules.forms import AwardRow, AwardsForm, HeadForm
from app.web.contest_rules.rounds import mover
from app.web.contest_rules.rows import Rows
from app.web.fields import KeyedForm
from workflows.contest.plain import Fault, to_plain
from workflows.contest.rules import ContestRules
from workflows.contest.validity import judge


@blueprint.get("")
@signed_in
def show(year: int) -> ResponseReturnValue:
    """Show the rules whole, with their hash; what they lack and the ways to write them."""
    season = season_at(year)
    rules, writes = rules_of(season), runs(season) and not season.frozen_at
    judgement = judge(rules)
    missing = [(named(rules, each), sentence(each)) for each in (*judgement.wrong, *judgement.gaps)]
    return render_template(
        "contest_rules/show.html",
        season=season,
        rules=rules,
        writes=writes,
        missing=missing if runs(season) else [],
        may_freeze=writes and season.state in FREEZING and judgement.is_whole,
        mover=mover(AtHand(season, rules)),
    )


def named(rules: ContestRules, fault: Fault) -> str:
    """Name the round and the part that a fault lies in."""
    names, path = [], fault.path.split(".")
    if path[:1] == ["rounds"] and len(path) > 1:
        held = rules.rounds[int(path[1])]
        names.append(held.title)
        if path[2:3] == ["parts"] and len(path) > 3:  # noqa: PLR2004
            names.append(held.parts[int(path[3])].title)
    return ", ".join(names)


@blueprint.route("/head", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def head(year: int) -> ResponseReturnValue:
    """Write what is said of the whole rule set."""
    at = rules_at_hand(year)
    plain = to_plain(at.rules)
    numbers = {name: str(plain[name] or "") for name in ("endorsed", "max_age")}
    form = HeadForm(data=plain | numbers)

    def make() -> ContestRules:
        made: ContestRules = piece_of(ContestRules, form.typed(plain))
        return made

    if save(at, form, make, what=str(_("Phần chung"))):
        return redirect(url_for(".show", year=year), 303)
    page = render_template("contest_rules/head.html", season=at.season, form=form)
    return page, 422 if form.is_wrong else 200


@blueprint.route("/awards", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def awards(year: int) -> ResponseReturnValue:
    """Write the awards."""
    at, form = rules_at_hand(year), AwardsForm()
    held = [{**each, "count": str(each["count"])} for each in to_plain(at.rules.awards)]
    form.rows["awards"] = Rows("awards", AwardRow, held)

    def make() -> ContestRules:
        typed = {"awards": form.rows["awards"].plain()}
        made: ContestRules = piece_of(ContestRules, to_plain(at.rules) | typed)
        return made

    if save(at, form, make, what=str(_("Giải thưởng"))):
        return redirect(url_for(".show", year=year), 303)
    page = render_template("contest_rules/awards.html", season=at.season, form=form)
    return page, 422 if form.is_wrong else 200


@blueprint.post("/freeze")
@needs(Right.RUN_CONTEST)
def freeze(year: int) -> ResponseReturnValue:
    """Freeze the rules before the first score does."""
    season, form = season_run_by_me(year), KeyedForm()
    try:
        freeze_rules(year, by=asked_by(), seen=form.version())
    except RulesWrong as error:
        said = [sentence(each) for each in error.faults]
        shown = {"season": season, "form": form, "reasons": said}
        return render_template("contest_rules/refused.html", **shown), 422
    flash(_("Đã chốt thể lệ."), "receipt")
    return redirect(url_for(".show", year=year), 303)
