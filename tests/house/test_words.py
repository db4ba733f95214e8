"""The words people read: each has English beside it, and each state, step and claim has a word."""

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.house.sources import ROOT
from workflows.labels.union import SPAN

CATALOGUE = ROOT / "app/translations/en/LC_MESSAGES/messages.po"
METHODS = [
    ("app/**.py", "python"),
    ("workflows/**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
KEYWORDS = {"_": None, "_l": None, "N_": None, "gettext": None, "lazy_gettext": None}
KEYWORDS |= {"ngettext": (1, 2), "_n": (1, 2), "lazy_ngettext": (1, 2)}
PLACE = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")


def texts() -> set[str]:
    """Return every text of the program that people read."""
    found = extract_from_dir(ROOT, METHODS, keywords=KEYWORDS)
    ours = (message for path, _line, message, *_rest in found if ".venv" not in Path(path).parts)
    return {each[0] if isinstance(each, tuple) else each for each in ours} - {""}


def english():
    """Return the English catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file)


def singular(message) -> str:
    """Return the text under which a message is found; one that counts has two."""
    return message.id[0] if isinstance(message.id, tuple) else message.id


def test_every_text_has_its_english():
    catalogue = english()
    silent = {text for text in texts() if not (catalogue.get(text) and catalogue.get(text).string)}
    assert silent == set()


def test_no_english_is_left_of_a_text_that_is_gone():
    assert {singular(message) for message in english() if message.id} - texts() == set()


def test_english_keeps_every_number_and_name_of_the_vietnamese():
    lost = {
        singular(message): english_text
        for message in english()
        if message.id
        for english_text in (
            [message.string] if isinstance(message.string, str) else message.string
        )
        if sorted(PLACE.findall(singular(message))) != sorted(PLACE.findall(english_text))
    }
    assert lost == {}


def test_no_translation_is_fuzzy():
    assert [message.id for message in english() if message.fuzzy] == []


def test_every_span_of_days_is_told_in_the_words_that_one_day_replaces():
    catalogue = english()
    spans = {text for text in texts() if "trong khoảng" in text}
    assert {text for text in spans if SPAN not in text} == set()
    words = catalogue.get(SPAN).string
    assert {text for text in spans if words not in catalogue.get(text).string} == set()
