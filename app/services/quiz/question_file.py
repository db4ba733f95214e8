"""A file of questions: what each row says, and everything that is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.services.imports.tables import opened
from app.services.imports.unfit import UnfitTable
from app.vietnamese import clean_name, search_key

MOST = 5000
LONGEST_QUESTION, LONGEST_OPTION, LONGEST_TOPIC = 1000, 300, 100
LETTERS = "ABCDEF"
# Heads by their key: with or without tone marks, upper or lower case.
_HEADS = {
    "cau hoi": "text",
    "question": "text",
    "dap an dung": "right",
    "dap an": "right",
    "answer": "right",
    "chu de": "topic",
    "topic": "topic",
    **{letter.lower(): letter for letter in LETTERS},
    **{f"phuong an {letter.lower()}": letter for letter in LETTERS},
}
_NEEDED = {"text", "right", "A", "B"}
_FIRST_ROWS = 20


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question as a row has it; ``right`` is the place of the right option, from 0."""

    text: str
    options: tuple[str, ...]
    right: int
    topic: str

    @property
    def key(self) -> str:
        """What makes two questions the same: their words, whatever case and marks."""
        return search_key(self.text)


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: its number in the file, and the values that its sentence names."""

    row: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def read_questions(content: bytes) -> tuple[list[NewQuestion], list[RowFault]]:
    """Read a spreadsheet or text file of questions.

    Raises:
        UnfitTable: it is empty, broken, no table, or has no columns of questions.
    """
    source = opened(content)
    rows = [row for row in source.rows(source.sheets[0]) if any(row[1])]
    start, columns = _header(rows)
    body = rows[start + 1 :]
    if len(body) > MOST:
        raise UnfitTable("too_many_rows", most=MOST)
    return _read(body, columns)


def _header(rows: list[tuple[int, list[str]]]) -> tuple[int, dict[str, int]]:
    for place, (_number, cells) in enumerate(rows[:_FIRST_ROWS]):
        named = {_HEADS.get(search_key(cell)): at for at, cell in enumerate(cells)}
        if named.keys() >= _NEEDED:
            return place, {name: at for name, at in named.items() if name}
    raise UnfitTable("no_questions")


def _read(
    rows: Iterable[tuple[int, list[str]]], columns: Mapping[str, int]
) -> tuple[list[NewQuestion], list[RowFault]]:
    found: list[NewQuestion] = []
    faults: list[RowFault] = []
    rows_of: dict[str, int] = {}
    for number, cells in rows:
        said = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        options = tuple(said[letter] for letter in LETTERS if said.get(letter))
        wrong = _faults(number, said, options)
        if not wrong:
            right = LETTERS.index(said["right"].strip().upper())
            question = NewQuestion(said["text"], options, right, said.get("topic", ""))
            wrong = _repeated(number, question, rows_of)
            found.append(question)
        faults += wrong
    return found, faults


def _faults(number: int, said: Mapping[str, str], options: tuple[str, ...]) -> list[RowFault]:
    letters = LETTERS[: len(options)]
    right = said["right"].strip().upper()
    has_gap = letters != "".join(each for each in LETTERS if said.get(each))
    wrong = {
        "no_question": not said["text"].strip(),
        "gap_in_options": has_gap,
        "too_few_options": len(options) < len("AB"),
        "no_right_option": not has_gap and (not right or right not in [*letters]),
        "same_options": len({clean_name(each) for each in options}) < len(options),
        "too_long": _is_too_long(said, options),
    }
    values = {"letters": ", ".join(letters), "most": LONGEST_QUESTION}
    return [RowFault(number, code, values) for code, is_so in wrong.items() if is_so]


def _is_too_long(said: Mapping[str, str], options: tuple[str, ...]) -> bool:
    return (
        len(said["text"]) > LONGEST_QUESTION
        or len(said.get("topic", "")) > LONGEST_TOPIC
        or any(len(each) > LONGEST_OPTION for each in options)
    )


def _repeated(number: int, question: NewQuestion, rows_of: dict[str, int]) -> list[RowFault]:
    first = rows_of.setdefault(question.key, number)
    return [] if first == number else [RowFault(number, "repeated", {"first": first})]
