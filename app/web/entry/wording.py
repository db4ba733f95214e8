"""What an entry says of itself, section by section, in the words that people read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.queries.contest.entries import EntryFile, Stage, age_on
from app.queries.contest.seasons import rules_of
from app.web.access import today
from app.web.entry.forms import FORMS
from app.web.filters import born, moment
from workflows.contest.entry_facts import Section
from workflows.levels import Level

Pairs = Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a section with its label."""

    label: str
    text: str


def label_of(section: str, name: str) -> str:
    """Return the label that a field has in the form of its section."""
    form = FORMS.get(Section(section)) if section in {*Section} else None
    field = getattr(form, name, None)
    return str(field.args[0]) if field else name


def values_of(file: EntryFile, section: Section) -> list[Value]:
    """List what is known of a section; what is empty is left out."""
    return [Value(label, text) for label, text in WORDS[section](file) if text]


def _contestant(file: EntryFile) -> Pairs:
    person, entry, day = file.person, file.entry, today()
    return (
        (_("Họ và tên"), person.name),
        (_("Ngày sinh"), f"{born(person)} ({_age(person.birth_date, day)})"),
        (_("Chi đoàn"), file.branch.name),
        (_("Cách đăng ký"), _("tự đăng ký") if entry.is_own else _("chi đoàn giới thiệu")),
        (label_of(Section.CONTESTANT, "posts_held"), entry.posts_held),
        (label_of(Section.CONTESTANT, "phone"), entry.phone),
    )


def _age(birth_date: date, day: date) -> str:
    return str(_("%(number)s tuổi", number=age_on(birth_date, day)))


def _achievements(file: EntryFile) -> Pairs:
    names = ("achievements", "branch_results")
    return [(label_of(Section.ACHIEVEMENTS, name), getattr(file.entry, name)) for name in names]


def _rounds(file: EntryFile) -> Pairs:
    """The rounds in which they compete, with the number; since when endorsed; what they won."""
    titles = {each.code: each.title for each in rules_of(file.season).rounds}
    stages = (*file.at(Level.COMMUNE), *file.at(Level.DISTRICT))
    entered = [(titles[each.held.code], _place(each)) for each in stages if each.contestant]
    endorsed = file.entry.endorsed_at
    return [
        *entered,
        (_("Được cử lúc"), moment(endorsed) if endorsed else ""),
        (_("Giải"), file.entry.award),
    ]


def _place(stage: Stage) -> str:
    contestant = stage.contestant
    if contestant is None:
        return ""
    number = str(_("số %(code)s", code=contestant.code))
    out = contestant.out_at
    return f"{number}; {_('ra khỏi vòng: %(why)s', why=contestant.out_reason)}" if out else number


WORDS: dict[Section, Callable[[EntryFile], Pairs]] = {
    Section.CONTESTANT: _contestant,
    Section.ACHIEVEMENTS: _achievements,
    Section.ROUNDS: _rounds,
}
