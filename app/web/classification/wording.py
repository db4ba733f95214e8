"""How grades, figures and measures read on a page."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from workflows.classification.criteria import PRIVATE, Criterion
from workflows.classification.measures import Measure
from workflows.classification.scales import scale_of
from workflows.labels import classification as words


def place_words() -> list[str]:
    """List the words of the four places of both scales, the best first."""
    return [str(_(text)) for text in words.PLACES]


def grade_word(grade: Any, year: int) -> str:  # noqa: ANN401
    """Return the word for a grade of a year; before 2019 the best one had another."""
    if not grade:
        return ""
    table = words.OLD_GRADES if scale_of(year).is_old else words.GRADES
    return str(_(table[str(grade)]))


def found_sentence(found: Any) -> str:  # noqa: ANN401
    """Write what a criterion found, with its numbers."""
    values = dict(found.values)
    if "mark" in values:
        mark = words.MARKS[values["mark"]]
        values["mark"] = _(mark)
    return str(_(words.FOUND[found.criterion])).format(**values)


def measure_sentence(measured: Any) -> str:  # noqa: ANN401
    """Write what a measure of branches found, with its numbers."""
    values = dict(measured.values)
    if "books" in values:
        kept = words.BOOKS[values["books"]]
        values["books"] = _(kept)
    told = str(_(words.MEASURED[measured.measure])).format(**values)
    return f"{_(words.MEASURES[measured.measure])}: {told}"


def because(found: Iterable[Any]) -> str:
    """Name what keeps a grade from being better."""
    return "; ".join(found_sentence(each) for each in found if each.binds)


def untold(member: Any) -> str:  # noqa: ANN401
    """Name the criteria of which nothing is on record of a member; they limit nothing."""
    told = {each.criterion for each in member.found} | PRIVATE
    return ", ".join(str(_(words.CRITERIA[each])).lower() for each in Criterion if each not in told)


def unmeasured(rating: Any) -> str:  # noqa: ANN401
    """Name the measures of which nothing is known of a branch's year; they limit nothing."""
    told = {each.measure for each in rating.measured}
    told |= set() if rating.typed.has_source else {Measure.GROWTH}
    return "; ".join(str(_(words.MEASURES[each])).lower() for each in Measure if each not in told)
