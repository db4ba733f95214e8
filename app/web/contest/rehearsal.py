"""The rehearsal: a ranking of invented scores by the rules of a season; nothing is kept."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.contest.seasons import rules_of
from app.web.access import needs
from app.web.contest.at_hand import season_run_by_me
from app.web.contest.seasons import blueprint
from app.web.fields import as_number
from workflows.contest.ranking import rank
from workflows.contest.rehearsal import CONTESTANTS, invented
from workflows.contest.rules import ContestRules, Round
from workflows.contest.validity import judge

USUAL = 8
LONGEST_SEED = 20


@dataclass(frozen=True, slots=True)
class Trial:
    """What to rehearse: a round, how many contestants, and the word that scores follow from."""

    round: Round
    contestants: int
    seed: str


@blueprint.get("/<int:year>/rehearsal")
@needs(Right.RUN_CONTEST)
def rehearse(year: int) -> ResponseReturnValue:
    """Rank invented scores by the rules of a round; it writes nothing."""
    season = season_run_by_me(year)
    rules = rules_of(season)
    shown: dict[str, Any] = {"season": season, "rules": rules, "limits": CONTESTANTS}
    judgement = judge(rules)
    if not judgement.is_whole:
        return render_template("contest/rehearsal.html", **shown, trial=None)
    trial = _asked(rules)
    ranking = rank(trial.round, invented(trial.round, trial.contestants, trial.seed))
    names = {n: _("Thí sinh %(number)s", number=n) for n in range(1, trial.contestants + 1)}
    shown |= {"trial": trial, "ranking": ranking, "names": names}
    return render_template("contest/rehearsal.html", **shown)


def _asked(rules: ContestRules) -> Trial:
    named = {each.code: each for each in rules.rounds}
    wanted = named.get(request.args.get("round", ""), rules.rounds[-1])
    least, most = CONTESTANTS
    number = as_number(request.args.get("contestants")) or USUAL
    seed = request.args.get("seed", "")[:LONGEST_SEED] or "1"
    return Trial(wanted, min(max(number, least), most), seed)
