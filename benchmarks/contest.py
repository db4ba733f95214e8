"""A round that eight people judge: the use cases make one sheet, the others are its copies."""

from dataclasses import replace

from tests.panels import GOOD, SITUATION, YEAR, Judging, judging, rules
from tests.world import World

PARTS = 10
CONTESTANTS = {"id": "1000000 + n", "dossier_id": "1000000 + n", "code": "n::text"}
SHEETS = {
    "id": "1000000 + n",
    "contestant_id": "1000000 + n",
    "judge_id": "(%(judges)s::int[])[1 + n %% 8]",
    "part": "'part' || (n - 1) * 10 / %(high)s",
}
COPIED = "generate_series(1, %(high)s::int) AS n"
FIELDS = {f"points-{code}": text for code, text in GOOD.items()}


class Panel:
    """The rows to copy, and the numbers of the copies."""

    def __init__(self, world: World) -> None:
        parts = (replace(SITUATION, code=f"part{number}") for number in range(PARTS))
        made = judging(world, contestants=1, judges=1, contest=rules(*parts))
        _freeze(made)
        self.contestant, sheet = made.contestants[0].id, made.sheet()
        self.sheet, self.version = sheet.id, sheet.version


def _freeze(made: Judging) -> None:
    """Make a sheet final, which freezes the rules; another one stays to be copied."""
    for part in ("part0", "part1"):
        made.assign(1, part)
        if part == "part0":
            made.give("giamkhao1")


def sheet_path(number: int) -> str:
    """Return the address of a copy."""
    return f"/contests/{YEAR}/sheets/{1_000_000 + number}"
