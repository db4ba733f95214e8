"""The rules as a file: sent out as YAML, and read back line by line."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.contest.seasons import rules_of
from app.services.contest.rules_file import (
    BIGGEST_KB,
    LineFault,
    RulesFileWrong,
    example,
    example_names,
    rules_from,
    written,
)
from app.services.refusals import NotFound
from app.web.access import needs, signed_in
from app.web.contest.at_hand import season_at
from app.web.contest_rules.at_hand import blueprint, rules_at_hand, save, sentence
from app.web.contest_rules.forms import FileForm
from workflows.contest.rules import ContestRules

SHOWN = 30


@blueprint.get("/file")
@signed_in
def export(year: int) -> ResponseReturnValue:
    """Send the rules as YAML, with their hash."""
    season = season_at(year)
    head = f"# {' '.join(season.title.split())}\n# SHA-256 {season.rules_hash}\n"
    return _sent(head + written(rules_of(season)), f"the-le-{year}.yaml")


@blueprint.get("/examples/<name>")
@needs(Right.RUN_CONTEST)
def show_example(year: int, name: str) -> ResponseReturnValue:
    """Send one of the rule sets that come with the program, to write one's own from."""
    season_at(year)
    if name not in example_names():
        raise NotFound
    return _sent(written(example(name)), f"{name}.yaml")


def _sent(text: str, filename: str) -> Response:
    answer = Response(text, mimetype="application/yaml")
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return answer


@blueprint.route("/import", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def take_file(year: int) -> ResponseReturnValue:
    """Put the rules of a file in the place of those of the season."""
    at, form = rules_at_hand(year), FileForm()
    wrong: list[LineFault] = []

    def make() -> ContestRules:
        file: Any = request.files.get("file")
        return rules_from(file.read(BIGGEST_KB * 1024 + 1) if file else b"")

    try:
        if save(at, form, make, what=str(_("Từ tệp"))):
            return redirect(url_for(".show", year=year), 303)
    except RulesFileWrong as error:
        wrong = [*error.faults]
    shown = {"season": at.season, "form": form, "more": max(len(wrong) - SHOWN, 0)}
    lines = [(each.line, each.fault.path, sentence(each.fault)) for each in wrong[:SHOWN]]
    page = render_template(
        "contest_rules/import.html", **shown, lines=lines, examples=example_names()
    )
    return page, 422 if form.is_wrong or wrong else 200
