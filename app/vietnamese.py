"""Vietnamese names: cleaned for comparing, folded for searching, turned into keys for sorting."""

import re
import unicodedata
from functools import lru_cache

MAX_TERMS = 8
MAX_TERM_LENGTH = 50
# In characters: at most 2 000 bytes, since an index entry of PostgreSQL holds no more than 2 704.
MAX_KEY_LENGTH = 500

# What nobody sees: zero width, direction of writing, soft hyphen, controls, halves of characters.
# Controls that count as white space are not among them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
# Unicode counts some apostrophes (H\u02bcHen) among the letters; in a name they part words.
_WORD = re.compile(r"[^\W_\u02b0-\u02ff]+")
_NUMBER = re.compile(r"\d+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

# Unicode keeps a stroke in one piece with its letter. Eth and the African D look like Đ; the
# b belongs to Ê Đê and Ba Na names.
_STROKES = {
    "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
    "\N{LATIN SMALL LETTER ETH}": "d",
    "\N{LATIN SMALL LETTER D WITH TAIL}": "d",
    "\N{LATIN SMALL LETTER B WITH STROKE}": "b",
}
_UNSTROKED = str.maketrans(_STROKES)
_MARKED = re.compile(f"[\u0300-\u036f{''.join(_STROKES)}]")

# Tones by rank; the level tone has no mark and no digit, so it comes first.
_TONES = {
    "\N{COMBINING GRAVE ACCENT}": "1",
    "\N{COMBINING HOOK ABOVE}": "2",
    "\N{COMBINING TILDE}": "3",
    "\N{COMBINING ACUTE ACCENT}": "4",
    "\N{COMBINING DOT BELOW}": "5",
}
# `~` comes after `z`, so every letter of this table stands behind all words that begin with its
# plain letter and before the next plain letter.
_AFTER_PLAIN = str.maketrans(
    {"ă": "a~", "â": "a~~", "ê": "e~", "ô": "o~", "ơ": "o~~", "ư": "u~"}
    | {stroke: f"{plain}~" for stroke, plain in _STROKES.items()}
)


def clean_name(text: str) -> str:
    """Spell a name so that it compares equal whichever keyboard or file it came from.

    Letters, capitals and the place of the tone mark stay as typed; code points are composed (NFC),
    white space is single, characters nobody sees are gone.
    """
    visible = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join(visible.split())


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Reduce a text to what a hurried person types: lower case, no marks, no punctuation.

    Both sides of a search must go through it: what is stored and what is asked for.
    """
    lower = clean_name(text).lower().translate(_UNSTROKED)
    plain = _drop_marks(unicodedata.normalize("NFD", lower))
    return unicodedata.normalize("NFC", " ".join(_WORD.findall(plain)))


def search_key(name: str) -> str:
    """Make the stored column that searches read, as ``to_tsvector('simple', key)``."""
    return fold(name)


def search_terms(query: str) -> list[str]:
    """Cut a person's query into words, each to be found as the beginning of a word of the key.

    They hold letters and digits only, so ``term:*`` is safe to build; none at all means that
    there was nothing to search for.
    """
    return [word[:MAX_TERM_LENGTH] for word in fold(query).split()[:MAX_TERMS]]


def has_marks(text: str) -> bool:
    """Tell whether a person took the trouble of typing marks, so that exact hits come first."""
    return bool(_MARKED.search(unicodedata.normalize("NFD", text.lower())))


def given_name(name: str) -> str:
    """Return the name by which people address and list a person: the last word.

    One rule for all: of ``H'Hen Niê``, an Ê Đê name that ends with the clan, it is ``Niê``.
    """
    words = [word for word in clean_name(name).split() if _WORD.search(word)]
    return words[-1] if words else ""


def sort_key(name: str) -> str:
    """Make the stored column that lists of people sort by, bytewise (``COLLATE "C"``).

    The given name comes first, then family and middle names as written, like a class list sorted
    by its columns "Tên" and "Họ và tên đệm": people of one name stand together, family by family.
    Words are compared one after the other, as in dictionaries: letters, then the tone wherever
    its mark stands, then the next word; so every Hoa comes before any Hòa. Spelling decides last.
    """
    words = _word_keys(name)
    return _joined(words[-1:] + words[:-1], name)


def natural_key(text: str) -> str:
    """Make the stored column that lists of units sort by: from the left, numbers by value."""
    return _joined(_word_keys(text), text)


def _joined(words: list[str], text: str) -> str:
    """A second blank comes before any word, so the shorter of two lists of words is first."""
    key = "".join(f"{word} " for word in words)
    return f"{key} {clean_name(text)}"[:MAX_KEY_LENGTH]


def _word_keys(text: str) -> list[str]:
    keys = (_word_key(word) for word in clean_name(text).lower().split())
    return [key for key in keys if key]


@lru_cache(maxsize=4096)  # people have few words for their names
def _word_key(word: str) -> str:
    """Letters, then tones: ``hòa`` and ``hoà`` give ``hoa1``, ``đức`` gives ``d~u~c4``."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(_TONES.get(char, "") for char in decomposed)
    toneless = "".join(char for char in decomposed if char not in _TONES)
    letters = " ".join(_WORD.findall(_drop_marks(unicodedata.normalize("NFC", toneless))))
    if not letters:
        return ""
    ranked = unicodedata.normalize("NFD", letters.translate(_AFTER_PLAIN))
    numbered = _NUMBER.sub(_by_value, _drop_marks(ranked))
    return _BEYOND_ASCII.sub(r"{\g<0>", numbered) + tones  # `{` comes after `z`, before `~`


def _by_value(number: re.Match[str]) -> str:
    """``10`` gives ``:0210``: the longer number is the greater; ``:`` comes before letters."""
    digits = "".join(str(unicodedata.decimal(char)) for char in number[0]).lstrip("0")
    return f":{len(digits):02}{digits}"


def _drop_marks(text: str) -> str:
    return "".join(char for char in text if not unicodedata.category(char).startswith("M"))
