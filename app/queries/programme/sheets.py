"""The members of a unit in a year with what each registered, and one of them by a personal link."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models import (
    Membership,
    Person,
    ProgrammeChoice,
    ProgrammeContent,
    ProgrammeEdition,
    ProgrammeLink,
    ProgrammeRegistration,
    Unit,
)
from app.queries.links import digest_of
from app.queries.units.past import follower_of, one_with
from workflows.programme_facts import Chosen, Mark, RegistrationFacts, proposed_result
from workflows.rules import RuleSet


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A member on the sheet of a unit, with the registration of the year where there is one."""

    person_id: int
    name: str
    registration: ProgrammeRegistration | None

    @property
    def state(self) -> str:
        """Where the registration stands; nothing where there is none."""
        return self.registration.state if self.registration else ""

    @property
    def version(self) -> int:
        """The version of the registration, 0 where there is none."""
        return self.registration.version if self.registration else 0


def closing_day(year: int, today: date) -> date:
    """Return the day whose members take part in a year: its last one, or today until then."""
    return min(today, date(year, 12, 31))


def there_on(day: date) -> ColumnElement[bool]:
    """Match the stays that hold on a day."""
    lasts = or_(Membership.to_on.is_(None), Membership.to_on >= day)
    return and_(Membership.from_on <= day, lasts)


def sheet_of(unit_id: int, year: int, today: date) -> list[SheetLine]:
    """Return the sheet of a unit and year, by given name."""
    members = members_of(unit_id, year, today)
    found = registrations_of(members, year)
    return [SheetLine(number, name, found.get(number)) for number, name in members.items()]


def members_of(unit_id: int, year: int, today: date) -> dict[int, str]:
    """Return who takes part in a year in a unit: names by id, in the order of given names.

    Who was in a unit that merged into it since is among them.
    """
    unit = db.session.get_one(Unit, unit_id)
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.unit_id.in_(one_with(unit)), there_on(closing_day(year, today)))
        .order_by(Person.sort_key, Person.id)
    )
    return {row.id: row.name for row in rows}


def registrations_of(
    person_ids: Collection[int], year: int, *, lock: bool = False
) -> dict[int, ProgrammeRegistration]:
    """Return the registrations of some people for a year; ``lock`` for who changes them."""
    registration = ProgrammeRegistration
    query = (
        select(registration)
        .options(
            selectinload(registration.choices).joinedload(ProgrammeChoice.content),
            joinedload(registration.edition).options(
                joinedload(ProgrammeEdition.programme), selectinload(ProgrammeEdition.contents)
            ),
        )
        .where(registration.person_id.in_(person_ids), registration.year == year)
        .order_by(registration.id)
        .execution_options(populate_existing=True)
    )
    if lock:
        query = query.with_for_update(of=registration)
    return {each.person_id: each for each in db.session.scalars(query)}


def choices_of(registration: ProgrammeRegistration) -> list[ProgrammeChoice]:
    """Return what a member registered, in the order of the programme."""
    return sorted(registration.choices, key=lambda choice: choice.content.place)


def chosen_of(choice: ProgrammeChoice) -> Chosen:
    """Return a content that was registered, and how it went."""
    content = choice.content
    return Chosen(
        text=content.text,
        is_required=content.is_required,
        target=content.target,
        due_on=content.due_on,
        done=choice.done,
        done_on=choice.done_on,
        evidence=choice.evidence,
        self_mark=choice.self_mark,
        mark=choice.mark,
    )


def facts_of(
    registration: ProgrammeRegistration,
    rules: RuleSet,
    *,
    said: str = "",
    result: Mark | None = None,
    reason: str = "",
) -> RegistrationFacts:
    """Read a registration as facts, with what somebody says with a step.

    Where no other result is given, it is the one that the marks lead to.
    """
    contents: list[ProgrammeContent] = registration.edition.contents
    chosen = [chosen_of(each) for each in choices_of(registration)]
    return RegistrationFacts(
        rules=rules,
        chosen=chosen,
        required=[each.text for each in contents if each.is_required],
        offered=len(contents),
        said=said,
        self_evaluated=registration.state == "self_evaluated",
        result=result or proposed_result(chosen, rules.local.programme_shares),
        reason=reason,
    )


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Whose a personal link is, and the unit whose sheet of a year they stand on."""

    link: ProgrammeLink
    person_id: int
    name: str
    unit: Unit


def holder_of(token: str, year: int, now: datetime, today: date) -> LinkHolder | None:
    """Return whose a personal link is, while it holds and they are a member."""
    row = db.session.execute(
        select(ProgrammeLink, Person.name, Unit)
        .join(Person, Person.id == ProgrammeLink.person_id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(ProgrammeLink.token_hash == digest_of(token), _holds(now))
        .where(there_on(closing_day(year, today)))
        .limit(1)
    ).first()
    if row is None:
        return None
    link, name, unit = row
    return LinkHolder(link, link.person_id, name, follower_of(unit) or unit)


def _holds(now: datetime) -> ColumnElement[bool]:
    return and_(ProgrammeLink.revoked_at.is_(None), ProgrammeLink.valid_until > now)


def links_of(person_id: int, now: datetime) -> list[ProgrammeLink]:
    """List the personal links of somebody that hold, the newest first."""
    query = select(ProgrammeLink).where(ProgrammeLink.person_id == person_id, _holds(now))
    return list(db.session.scalars(query.order_by(ProgrammeLink.id.desc())))
