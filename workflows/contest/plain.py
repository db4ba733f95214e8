"""Rule sets as plain data and back: what is stored, hashed, and read from a file or a form.

Amounts are written as text, so that nothing rounds them. Whatever is wrong in data that people
wrote is told by its path, such as ``rounds.0.parts.1.max``, and nothing of it raises.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from workflows.contest.rules import ContestRules

LONGEST_TEXT = 500
LONGEST_LIST = 50
# Points are kept with three digits behind the point (Numeric(9, 3)).
AMOUNT = re.compile(r"-?[0-9]{1,6}(?:[.,][0-9]{1,3})?")
WHOLE = re.compile(r"-?[0-9]{1,6}")
NOTHING = (None, "")
TRUTHS = {True: True, False: False, "true": True, "false": False}
REQUIRED = dataclasses.MISSING


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule set: where, what, and the values that its sentence names."""

    path: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def to_plain(value: Any, *, brief: bool = False) -> Any:  # noqa: ANN401
    """Return a rule set, or a piece of one, as JSON can say it; ``brief`` leaves out defaults."""
    if isinstance(value, Decimal):
        return amount(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [to_plain(each, brief=brief) for each in value]
    if not dataclasses.is_dataclass(value):
        return value
    named = [(each, getattr(value, each.name)) for each in dataclasses.fields(value)]
    return {
        each.name: to_plain(held, brief=brief)
        for each, held in named
        if not (brief and held == each.default)
    }


def amount(value: Decimal) -> str:
    """Write an amount in one way only: without zeros behind the point, without exponent."""
    return format(value.normalize() + 0, "f")


def from_plain(plain: Any) -> ContestRules:  # noqa: ANN401
    """Return a rule set that was stored.

    Raises:
        ValueError: it was never written by ``to_plain``.
    """
    rules, faults = read(plain)
    if rules is None:
        raise ValueError(faults)
    return rules


def read(plain: Any) -> tuple[ContestRules | None, list[Fault]]:  # noqa: ANN401
    """Read a rule set that people wrote: the rules, or everything that is no rule."""
    rules, faults = read_piece(ContestRules, plain)
    return rules, faults


def read_piece(kind: Any, plain: Any) -> tuple[Any, list[Fault]]:  # noqa: ANN401
    """Read a piece of a rule set of any kind: the piece, or ``None`` and all that is wrong."""
    reader = _Reader()
    found = reader.read(kind, plain, "")
    return (None if reader.faults else found), reader.faults


class _Reader:
    """Reads by the types that the rules declare, and goes on after each fault."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, kind: Any, plain: Any, path: str) -> Any:  # noqa: ANN401
        if get_origin(kind) is UnionType:
            within = next(each for each in get_args(kind) if each is not NoneType)
            return None if plain in NOTHING else self.read(within, plain, path)
        if get_origin(kind) is tuple:
            return self._list(get_args(kind)[0], plain, path)
        if dataclasses.is_dataclass(kind):
            return self._record(kind, plain, path)
        if issubclass(kind, Enum):
            return self._choice(kind, plain, path)
        return SCALARS[kind](self, plain, path)

    def wrong(self, path: str, code: str, **values: object) -> None:
        self.faults.append(Fault(path, code, values))

    def _list(self, kind: Any, plain: Any, path: str) -> Any:  # noqa: ANN401
        if plain in (*NOTHING, []):
            return ()
        if not isinstance(plain, list | tuple):
            return self.wrong(path, "no_list")
        if len(plain) > LONGEST_LIST:
            return self.wrong(path, "list_too_long", most=LONGEST_LIST)
        places = [f"{path}.{number}".lstrip(".") for number in range(len(plain))]
        return tuple(self.read(kind, *each) for each in zip(plain, places, strict=True))

    def _record(self, kind: Any, plain: Any, path: str) -> Any:  # noqa: ANN401
        if not isinstance(plain, dict):
            return self.wrong(path, "no_record")
        hints, known = get_type_hints(kind), {each.name: each for each in dataclasses.fields(kind)}
        for name in plain.keys() - known.keys():
            self.wrong(_at(path, name), "unknown_key", key=str(name)[:40])
        given = {
            name: self.read(hints[name], plain[name], _at(path, name))
            for name in known
            if name in plain
        }
        for name, each in known.items():
            if each.default is REQUIRED and name not in plain:
                self.wrong(_at(path, name), "key_missing", key=name)
        return None if self.faults else kind(**given)

    def _choice(self, kind: Any, plain: Any, path: str) -> Any:  # noqa: ANN401
        words = {each.value: each for each in kind}
        if isinstance(plain, str) and plain in words:
            return words[plain]
        return self.wrong(path, "no_choice", choices=", ".join(words))

    def text(self, plain: Any, path: str) -> Any:  # noqa: ANN401
        if not isinstance(plain, str | NoneType):
            return self.wrong(path, "no_text")
        if len(plain or "") > LONGEST_TEXT:
            return self.wrong(path, "text_too_long", most=LONGEST_TEXT)
        return (plain or "").strip()

    def amount(self, plain: Any, path: str) -> Any:  # noqa: ANN401
        written = str(plain) if type(plain) in {int, str} else ""
        if not AMOUNT.fullmatch(written.strip()):
            return self.wrong(path, "no_amount", text=str(plain)[:40])
        return Decimal(written.strip().replace(",", "."))

    def whole(self, plain: Any, path: str) -> Any:  # noqa: ANN401
        written = str(plain) if type(plain) in {int, str} else ""
        if not WHOLE.fullmatch(written.strip()):
            return self.wrong(path, "no_whole_number", text=str(plain)[:40])
        return int(written)

    def truth(self, plain: Any, path: str) -> Any:  # noqa: ANN401
        if isinstance(plain, bool | str) and plain in TRUTHS:
            return TRUTHS[plain]
        return self.wrong(path, "no_truth")


SCALARS = {str: _Reader.text, Decimal: _Reader.amount, int: _Reader.whole, bool: _Reader.truth}


def _at(path: str, name: object) -> str:
    return f"{path}.{str(name)[:40]}".lstrip(".")
