"""Rules as a file: YAML that people write, read line by line without trust, and the examples.

The text is read as nodes and never as objects: every value is text until the rules read it, so
that no number rounds and no word turns into a truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from app.services.events import legible
from workflows.contest.plain import AMOUNT, Fault, read, to_plain
from workflows.contest.rules import ContestRules
from workflows.contest.validity import judge

BIGGEST_KB = 32
DEEPEST = 12
EXAMPLES = Path(__file__).resolve().parents[3] / "workflows/contest/examples"
NULL = "tag:yaml.org,2002:null"
OPENING, CLOSING = yaml.CollectionStartEvent, yaml.CollectionEndEvent


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong in a file: in which line, if that is known, and what."""

    line: int | None
    fault: Fault


class RulesFileWrong(Exception):  # noqa: N818
    """A file that is no rule set; ``faults`` are all that were found, by line."""

    def __init__(self, faults: Sequence[LineFault]) -> None:
        super().__init__(", ".join(f"{each.line}: {each.fault.code}" for each in faults))
        self.faults = tuple(faults)


def rules_from(content: bytes) -> ContestRules:
    """Read rules from a file that somebody sent.

    Raises:
        RulesFileWrong: it is no YAML, or no rule set that a contest could be held by.
    """
    nodes = _Nodes(_node(_text(content)))
    rules, faults = read(nodes.plain)
    if rules is not None and not faults:
        judgement = judge(rules)
        faults = [*judgement.wrong, *judgement.gaps]
    found = [*nodes.faults, *(LineFault(nodes.line_of(each.path), each) for each in faults)]
    if found or rules is None:
        raise RulesFileWrong(sorted(found, key=lambda each: each.line or 0))
    return rules


def written(rules: ContestRules) -> str:
    """Write rules as YAML that people can read, change and send back."""
    plain = _with_numbers(to_plain(rules, brief=True))
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)


def example_names() -> list[str]:
    """List the rule sets that come with the program."""
    return sorted(path.stem for path in EXAMPLES.glob("*.yaml"))


def example(name: str) -> ContestRules:
    """Return one of the rule sets that come with the program."""
    return rules_from((EXAMPLES / f"{name}.yaml").read_bytes())


def _with_numbers(plain: Any) -> Any:  # noqa: ANN401
    if isinstance(plain, dict):
        return {name: _with_numbers(each) for name, each in plain.items()}
    if isinstance(plain, list):
        return [_with_numbers(each) for each in plain]
    if isinstance(plain, str) and AMOUNT.fullmatch(plain):
        return float(plain) if "." in plain else int(plain)
    return plain


def _refuse(code: str, line: int | None = None, **values: object) -> RulesFileWrong:
    return RulesFileWrong([LineFault(line, Fault("", code, values))])


def _text(content: bytes) -> str:
    if len(content) > BIGGEST_KB * 1024:
        raise _refuse("file_too_big", most=BIGGEST_KB)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refuse("not_text") from None
    if not text.strip():
        raise _refuse("file_empty")
    return text


def _node(text: str) -> Node:
    """Return the tree of a text, once its events have shown that it is neither deep nor tangled."""
    try:
        _look_through(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _refuse("not_yaml", _line_of(error, text)) from None
    except (ValueError, OverflowError):  # an escape that names no character
        raise _refuse("not_yaml") from None
    if node is None:
        raise _refuse("file_empty")
    return node


def _line_of(error: yaml.YAMLError, text: str) -> int:
    if isinstance(error, yaml.reader.ReaderError):
        return text.count("\n", 0, error.position) + 1
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line + 1 if mark else 1


def _look_through(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, OPENING) - isinstance(event, CLOSING)
        line = event.start_mark.line + 1 if event.start_mark else None
        if depth > DEEPEST:
            raise _refuse("too_deep", line)
        if getattr(event, "anchor", None) is not None:
            raise _refuse("alias", line)


class _Nodes:
    """The values of a tree of nodes as plain data, and the line of each by its path."""

    def __init__(self, node: Node) -> None:
        self.faults: list[LineFault] = []
        self.lines: dict[str, int] = {}
        self.plain = self._plain(node, "")

    def line_of(self, path: str) -> int:
        """Return the line of a path, or of the nearest thing above it that is there."""
        while path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines[path]

    def _plain(self, node: Node, path: str) -> Any:  # noqa: ANN401
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, SequenceNode):
            return [self._plain(each, _at(path, n)) for n, each in enumerate(node.value)]
        if isinstance(node, MappingNode):
            return self._record(node, path)
        return None if node.tag == NULL else _clean(node.value)

    def _record(self, node: MappingNode, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in node.value:
            line = name.start_mark.line + 1
            if not isinstance(name, ScalarNode):
                self.faults.append(LineFault(line, Fault(path, "key_no_text")))
                continue
            key = _clean(name.value)
            if key in found:
                self.faults.append(LineFault(line, Fault(path, "key_twice", {"key": key[:40]})))
            found[key] = self._plain(value, _at(path, key))
        return found


def _clean(text: str) -> str:
    """Put a blank where an escape names what no page can show."""
    return "".join(each if each.isprintable() else " " for each in legible(text))


def _at(path: str, name: object) -> str:
    return f"{path}.{str(name)[:40]}".lstrip(".")
