"""How values are written on a page: days, moments, and the words of states, steps and posts."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask import Flask
from flask_babel import format_decimal, gettext, lazy_gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from wtforms.fields.choices import SelectChoice

from app.web import words
from workflows import labels
from workflows.calendar import TIME_ZONE
from workflows.labels import (
    classification,
    contest_sheets,
    dues,
    holdings,
    programme,
    season,
    standing,
)
from workflows.labels.union import ONE_DAY, SPAN

WORDS: Mapping[str, Mapping[str, str]] = {
    "state": labels.STATES,
    "step": {
        **season.STEPS,
        **programme.STEPS,
        **classification.STEPS,
        **labels.STEPS,
        **standing.CHANGES,
        **holdings.MOVES,
        **contest_sheets.STEPS,
        **programme.ACTS,
        **words.OTHER_STEPS,
    },
    "section": labels.SECTIONS,
    "claim": labels.CLAIMS,
    "level": labels.LEVELS,
    "post": labels.POSTS,
    "seat": labels.SEATS,
    "source": labels.SOURCES,
    "introducer": labels.INTRODUCERS,
    "schooling": labels.SCHOOLING,
    "way": labels.WAYS,
    "sex": words.SEXES,
    "status": words.STATUSES,
    "unit_kind": words.UNIT_KINDS,
    "unit_change": words.UNIT_CHANGES,
    "area": words.AREAS,
    "workflow": words.WORKFLOWS,
    "transfer_kind": labels.KINDS,
    "station": labels.STATIONS,
    "bar": {**words.BARS, **contest_sheets.BARS, **season.BARS},
    "change": standing.CHANGES,
    "missed": standing.MISSED,
    "holding": words.HOLDINGS,
    "item": holdings.ITEMS,
    "stage": holdings.STAGES,
    "score_sheet": contest_sheets.SHEETS,
    "judge_conflict": contest_sheets.CONFLICTS,
    "judging_hour": contest_sheets.HOURS,
    "season_state": season.STATES,
    "part_kind": season.PART_KINDS,
    "combine": season.COMBINES,
    "tie": season.TIES,
    "advance": season.ADVANCES,
    "certainty": season.CERTAINTIES,
    "round_holder": season.HOLDERS,
    "sheet_state": classification.STATES,
    "grading": classification.STEPS,
    "not_classified": classification.NOT_CLASSIFIED,
    "circumstance": classification.CIRCUMSTANCES,
    "discipline": classification.DISCIPLINES,
    "books": classification.BOOKS,
    "field": programme.FIELDS,
    "mark": programme.MARKS,
    "programme_state": programme.STATES,
    "programme_step": programme.STEPS,
    "programme_act": programme.ACTS,
}
SENTENCES = {
    **season.UNMET,
    **labels.UNMET,
    **standing.UNMET,
    **dues.UNMET,
    **holdings.UNMET,
    **contest_sheets.UNMET,
    **classification.UNMET,
    **programme.UNMET,
}


def day(value: date | datetime | None) -> str:
    """Write a day as people here do: 26/03/2026."""
    if isinstance(value, datetime):
        value = value.astimezone(TIME_ZONE).date()
    return value.strftime("%d/%m/%Y") if value else ""


def born(person: Any) -> str:  # noqa: ANN401
    """Write the birth date of somebody; of whom only the year is known, the year."""
    return str(person.birth_date.year) if person.birth_year_only else day(person.birth_date)


def moment(value: datetime) -> str:
    """Write a moment where the Union works: 14:05 26/03/2026."""
    return value.astimezone(TIME_ZONE).strftime("%H:%M %d/%m/%Y")


def points(value: Decimal | str | None) -> str:
    """Write points as the language of the page does, without zeros at the end: 8,5.

    A text is an amount as it is kept: ``8.5``.
    """
    if value is None or value == "":
        return ""
    return str(format_decimal(Decimal(value), format="#,##0.###"))


def daymonth(value: date | datetime) -> str:
    """Write a day where there is no room for its year: 26/03."""
    return day(value)[:5]


def word(value: str | StrEnum | None, kind: str) -> str:
    """Return the word people read for a state, step, section, post and so on."""
    if not value:
        return ""
    text = WORDS[kind].get(str(value))
    return str(gettext(text)) if text else str(value)


@pass_context
def _word_each_time(_context: Context, value: str | StrEnum | None, kind: str) -> str:
    """Keep Jinja from settling a constant's word, for all, in the language of the first reader."""
    return word(value, kind)


def unmet(reason: Any) -> str:  # noqa: ANN401
    """Write what is missing as the sentence people read, with its numbers and days."""
    values = {name: _written(value) for name, value in reason.values.items()}
    if fault := reason.values.get("fault"):
        return str(gettext(labels.DISAGREEMENTS[str(fault)])).format(**values)
    sentence = str(gettext(SENTENCES[reason.code]))
    if values.get("first") == values.get("last"):
        sentence = sentence.replace(gettext(SPAN), gettext(ONE_DAY))
    return sentence.format_map(_Blank(values))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return points(value)
    if isinstance(value, tuple):
        return ", ".join(word(each, "section") for each in value)
    return "…" if value is None else str(value)


def choices(kind: str, *, blank: Any = None) -> list[SelectChoice]:  # noqa: ANN401
    """List the options of a choice with their words, for a form made at import."""
    options = [SelectChoice(value, lazy_gettext(text)) for value, text in WORDS[kind].items()]
    return [SelectChoice("", blank), *options] if blank else options


def register(app: Flask) -> None:
    """Teach the templates these words."""
    app.add_template_filter(born)
    app.add_template_filter(day)
    app.add_template_filter(daymonth)
    app.add_template_filter(moment)
    app.add_template_filter(points)
    app.add_template_filter(_word_each_time, "word")
    app.add_template_filter(unmet)
