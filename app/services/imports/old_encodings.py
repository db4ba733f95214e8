"""Old Vietnamese encodings: which one a file or a sheet is written in, and how it reads.

TCVN3 (TCVN 5712 as the fonts .VnTime hold it, also called ABC) and VNI are older than Unicode.
Whoever typed with their fonts left Latin letters behind, also in new spreadsheets: ``NguyÔn``,
``Nguyeãn``. Which encoding it is shows by what the text becomes: one gives Vietnamese syllables.
"""

import codecs
import re
import unicodedata
from enum import StrEnum


class Encoding(StrEnum):
    """How the letters of a file are written."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    WINDOWS_1258 = "windows-1258"
    TCVN3 = "tcvn3"
    VNI = "vni"


FONTS = (Encoding.TCVN3, Encoding.VNI)
# Enough to tell by, and read in no time.
SAMPLE = 100_000

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
)
_TCVN3 = {0xA1 + place: letter for place, letter in enumerate(_TCVN3_LETTERS) if letter != "."}
# What lies between the commas of a file: a cell, or a part of one.
_CELL = re.compile(r'[^,;\t\r\n"]+')
_ENOUGH_CAPITALS = 3

_TONES = "\u0301\u0300\u0309\u0303\u0323"
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
# VNI writes a letter and behind it its mark; Ơ and Ư have letters of their own.
_VNI_MARKS = (
    ("aeouy", "", "ùøûõï", _TONES),
    ("aeo", _HAT, "âáàåãä", ("", *_TONES)),
    ("a", _BREVE, "êéèúüë", ("", *_TONES)),
)
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_letters() -> dict[str, str]:
    """Map small letters with their marks as VNI has them to those of Unicode."""
    found = dict(_VNI_ALONE)
    for letters, hat, marks, tones in _VNI_MARKS:
        for mark, tone in zip(marks, tones, strict=True):
            found |= {letter + mark: letter + hat + tone for letter in letters}
    for mark, tone in zip("ùøûõï", _TONES, strict=True):
        found |= {"ô" + mark: "o" + _HORN + tone, "ö" + mark: "u" + _HORN + tone}
    return {old: unicodedata.normalize("NFC", new) for old, new in found.items()}


_VNI = _vni_letters()
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)), re.IGNORECASE)

_WORD = re.compile(r"[^\s,;:.()/\"'\-–“”0-9]+")
_SYLLABLE = re.compile(
    "(b|ch?|d|đ|gh?|gi|h|kh?|l|m|ng?h?|ph?|qu|r|s|th?|tr|v|x)?"
    "(a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oo|ua|uâ|uê|ui|uô"
    "|uơ|uy|ưa|ưi|ươ|ưu|yê|iêu|oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|yêu)"
    "(ch?|m|ng?|nh|p|t)?",
    re.IGNORECASE,
)
_TONE = re.compile(f"[{_TONES}]")
# At the end of a word the first of two vowels bears the tone, but for those that open in o or u.
_MISPLACED_TONE = re.compile(
    f"([aeo][{_HAT}{_BREVE}{_HORN}]?|u{_HORN})[iouy][{_TONES}]$", re.IGNORECASE
)


def read_letters(content: bytes) -> tuple[str, Encoding]:
    """Read the letters of a text file, with the encoding that they have for certain.

    Where each byte is a letter, ``WINDOWS_1258`` stands for all encodings of that kind and each
    letter is its byte: ``written_in`` tells which one it is, ``in_unicode`` reads it.
    """
    if content.startswith(_WIDE) or _has_wide_letters(content):
        return _composed(content.decode(_byte_order(content), "replace")), Encoding.UTF_16
    text = _composed(content.decode("utf-8", "replace"))
    if "\ufffd" not in text:
        return text, Encoding.UTF_8
    letters = content.decode("latin-1")
    best = written_in(letters, Encoding.WINDOWS_1258)
    if plausibility(text[:SAMPLE]) > plausibility(in_unicode(letters[:SAMPLE], best)):
        return text, Encoding.UTF_8
    return letters, Encoding.WINDOWS_1258


def written_in(letters: str, certain: Encoding) -> Encoding:
    """Tell which encoding makes most syllables of some letters: the certain one or an old font."""
    sample = letters[:SAMPLE]
    offers = {each: plausibility(in_unicode(sample, each)) for each in (certain, *FONTS)}
    return max(offers, key=lambda each: offers[each])


def in_unicode(letters: str, encoding: Encoding) -> str:
    """Read letters as an encoding has them; what cannot be read becomes U+FFFD."""
    match encoding:
        case Encoding.TCVN3:
            return _CELL.sub(_tcvn3, letters)
        case Encoding.VNI:
            return _VNI_LETTER.sub(_vni, _composed(letters))
        case Encoding.WINDOWS_1258:
            return _composed(letters.encode("latin-1", "replace").decode("cp1258", "replace"))
    return letters


def plausibility(text: str) -> int:
    """Count the words with marks that are Vietnamese syllables, less twice those that are not."""
    marked = (
        word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()
    )
    return sum(1 if _is_syllable(word) else -2 for word in marked)


def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word)
    plain, tones = _TONE.subn("", letters)
    if tones > 1 or _MISPLACED_TONE.search(letters):
        return False
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)))


def _tcvn3(cell: re.Match[str]) -> str:
    """Capitals with a tone are small letters in a font that has no small ones."""
    letters = [each for each in cell[0] if each.isascii() and each.isalpha()]
    read = cell[0].translate(_TCVN3)
    is_shouted = len(letters) >= _ENOUGH_CAPITALS and all(map(str.isupper, letters))
    return read.upper() if is_shouted else read


def _vni(letter: re.Match[str]) -> str:
    read = _VNI[letter[0].lower()]
    return read.upper() if letter[0][0].isupper() else read


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).removeprefix("\ufeff")


def _has_wide_letters(content: bytes) -> bool:
    """Latin letters of UTF-16 leave every other byte empty."""
    start = content[:SAMPLE]
    return start.count(0) > len(start) // 4


def _byte_order(content: bytes) -> str:
    if content.startswith(_WIDE):
        return "utf-16"
    start = content[:SAMPLE]
    return "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"
