"""The encodings in which one and the same text arrives, and texts of every kind."""

import unicodedata

from hypothesis import strategies as st

TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
texts = st.text() | st.text(
    st.sampled_from("aàAÀdđĐÐeêế oơ 12'-~{:_%\u0301\u031b\u200b\u0130\u03a3\u02bc")
)


def nfc(text):
    return unicodedata.normalize("NFC", text)


def nfd(text):
    return unicodedata.normalize("NFD", text)


def half_composed(text):
    """As the Vietnamese keyboard of Windows types: ê in one piece, its tone behind it."""
    pieces = []
    for char in nfc(text):
        tones = [mark for mark in nfd(char) if mark in TONES]
        pieces += [nfc("".join(piece for piece in nfd(char) if piece not in TONES)), *tones]
    return "".join(pieces)


SPELLINGS = (nfc, nfd, half_composed)
