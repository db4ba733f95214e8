"""Drawing lots among equals: the order follows from a seed that everybody may see."""

import hashlib
from collections.abc import Iterable
from decimal import Decimal


def drawn(entries: Iterable[int], seed: str) -> dict[int, Decimal]:
    """Return a number for each entry, the higher the better; the same seed draws the same.

    The lot of an entry is the SHA-256 of the seed and its number: anybody can draw it again.
    """
    lots = sorted(entries, key=lambda each: hashlib.sha256(f"{seed}/{each}".encode()).digest())
    return {entry: Decimal(place) for place, entry in enumerate(lots)}
