"""What all pages of the rules share: the rules at hand, and a piece written or refused."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from flask import Blueprint, flash
from flask_babel import gettext as _

from app.queries.contest.seasons import rules_of
from app.services.contest.rules_writing import RulesWrong, write_rules
from app.services.refusals import Forbidden, NotFound
from app.vietnamese import fold
from app.web.access import asked_by
from app.web.contest.at_hand import season_run_by_me
from app.web.contest_rules.rows import Rows, moves_rows
from app.web.fields import KeyedForm
from app.web.filters import points
from workflows.contest.plain import NOTHING, Fault, read_piece
from workflows.contest.rules import ContestRules, Round
from workflows.labels.season import FAULTS

blueprint = Blueprint("contest_rules", __name__, url_prefix="/contests/<int:year>/rules")
LONGEST_CODE = 32


@dataclass(frozen=True, slots=True)
class AtHand:
    """A season that I run, and its rules as they stand."""

    season: Any
    rules: ContestRules

    def round(self, code: str) -> Round:
        """Return a round of the rules.

        Raises:
            NotFound: there is none of this code.
        """
        found = {each.code: each for each in self.rules.rounds}
        if code not in found:
            raise NotFound
        return found[code]


def rules_at_hand(year: int) -> AtHand:
    """Return the rules of a season that I may write.

    Raises:
        NotFound: there is no such season for me.
        Forbidden: others run it, or the rules are frozen.
    """
    season = season_run_by_me(year)
    if season.frozen_at:
        raise Forbidden("rules_frozen")
    return AtHand(season, rules_of(season))


class PieceForm(KeyedForm):
    """A form of a piece of the rules: its own fields, and rows of smaller pieces.

    ``within`` names a record of the piece whose values have fields here too.
    """

    within: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.rows: dict[str, Rows] = {}
        self.reasons: list[Any] = []

    def typed(self, plain: Mapping[str, Any]) -> dict[str, Any]:
        """Return a piece as it was typed over what is stored; what was left empty is not said."""
        mine = {*self._fields, *self.rows}
        kept = {name: each for name, each in plain.items() if name not in mine}
        values = {name: each for name, each in self.data.items() if name in plain}
        kept |= {name: each for name, each in values.items() if each not in NOTHING}
        return kept | {name: each.plain() for name, each in self.rows.items()}

    def put(self, faults: Iterable[Fault], under: str = "") -> None:
        """Put each fault beside its field; those of no field here stand at the top."""
        for fault in faults:
            path = fault.path.removeprefix(under) if fault.path.startswith(under) else ""
            if not self._put(path, sentence(fault)):
                self.reasons.append(sentence(fault))
        self.reasons += [reason for each in self.rows.values() for reason in each.reasons()]

    def _put(self, path: str, said: str) -> bool:
        row = re.fullmatch(r"(\w+)\.(\d+)\.(\w+)", path)
        if row and row[1] in self.rows:
            return self.rows[row[1]].put(int(row[2]), row[3], said)
        name = path.removeprefix(f"{self.within}.")
        if name not in self._fields:
            return False
        self[name].errors = [*self[name].errors, said]
        return True

    @property
    def is_wrong(self) -> bool:
        """Whether anything of it was refused."""
        return bool(self.errors or self.reasons)


def piece_of(kind: Any, plain: Any) -> Any:  # noqa: ANN401
    """Read a piece that was typed.

    Raises:
        RulesWrong: with what is no rule, by paths within the piece.
    """
    piece, faults = read_piece(kind, plain)
    if faults:
        raise RulesWrong(faults)
    return piece


def save(
    at: AtHand, form: PieceForm, make: Callable[[], ContestRules], *, what: str, under: str = ""
) -> bool:
    """Save a piece if the form was sent to be saved; whether it was.

    ``under`` is the path of the piece within the rules, with a point at its end.
    """
    if not form.is_submitted():
        form.seen.data = str(at.season.version)
        return False
    if moves_rows() or not form.validate():
        return False
    try:
        rules = make()
    except RulesWrong as error:
        form.put(error.faults)
        return False
    try:
        write_rules(at.season.year, rules, what, by=asked_by(), seen=form.version())
    except RulesWrong as error:
        form.put(error.faults, under)
        return False
    flash(_("Đã lưu thể lệ."), "receipt")
    return True


def sentence(fault: Fault) -> str:
    """Say what is wrong with the rules, and what to do."""
    if fault.code == "key_missing":
        return str(_("Mục này cần được ghi."))
    values = {name: _written(value) for name, value in fault.values.items()}
    return str(_(FAULTS[fault.code])).format(**values)


def _written(value: object) -> object:
    return points(value) if isinstance(value, Decimal) else value


def code_for(title: str, taken: Iterable[str]) -> str:
    """Make a code from a title that no other piece has: ``Năng khiếu``, ``nang_khieu``."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(title)).strip("_")[:LONGEST_CODE].rstrip("_")
    code = plain if plain[:1].isalpha() else f"m_{plain}".rstrip("_")
    known, number = set(taken), 1
    found = code
    while found in known:
        number += 1
        found = f"{code}_{number}"
    return found


def coded(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each row a code of its own: the one that it has, else one made from its title."""
    rows = list(rows)
    taken = {str(each["code"]) for each in rows if each.get("code")}
    for each in rows:
        if not each.get("code"):
            each["code"] = code_for(str(each.get("title", "")), taken)
            taken.add(each["code"])
    return rows
