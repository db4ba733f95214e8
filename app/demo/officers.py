"""Who acts in the demo district: members with a post and an account, by the names of design §7."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from app.demo.chains import enter, number
from app.demo.days import moment
from app.demo.places import COMMITTEE_FROM, Place
from app.extensions import db
from app.models import Account, Appointment, Person
from app.queries.accounts import actor_for
from app.services.events import Change
from workflows.levels import Post

JUDGES = 7


@dataclass(frozen=True, slots=True)
class Office:
    """A post of a place with the account and the person that hold it."""

    username: str
    place: Place
    post: Post
    person: Person


def offices_of(district: Place, fated: Container[Person]) -> list[Office]:
    """Choose who holds which post: the eldest members first, nobody two of them.

    Who is ``fated`` holds none, unless there is nobody else.
    """
    taken: set[int] = set()
    chosen = []
    for username, place, post, company in _posts(district):
        person = next(each for each in _eldest(company, fated) if each.id not in taken)
        taken.add(person.id)
        chosen.append(Office(username, place, post, person))
    return chosen


def _posts(district: Place) -> Iterator[tuple[str, Place, Post, Place]]:
    """Yield user name, place and post, and the branch whose member holds it."""
    offices = next(each for each in district.below if each.key == "coso.coquan")
    yield district.key, district, Post.SECRETARY, offices
    yield f"{district.key}.canbo", district, Post.OFFICER, offices
    for commune in (each for each in district.below if each.is_commune):
        yield commune.key, commune, Post.SECRETARY, commune.agency
        yield f"{commune.key}.pho", commune, Post.DEPUTY, commune.agency
    for branch in (each for each in district.walk() if not each.below):
        yield branch.key, branch, Post.SECRETARY, branch
        if len(branch.members) >= COMMITTEE_FROM:
            yield f"{branch.key}.pho", branch, Post.DEPUTY, branch
    for judge in range(1, JUDGES + 1):
        yield f"giamkhao{judge}", district, Post.JUDGE, offices


def _eldest(place: Place, fated: Container[Person]) -> list[Person]:
    return sorted(place.members, key=lambda person: (person in fated, person.birth_date))


def enter_accounts(offices: list[Office], password_hash: str, since: date) -> list[Account]:
    """Add an account and an appointment for every office; all share one password."""
    accounts = [_account(each, password_hash) for each in offices]
    number(accounts)
    enter(
        (account, _invitation(office, since), moment(since))
        for account, office in zip(accounts, offices, strict=True)
    )
    db.session.flush()
    db.session.add_all(
        Appointment(
            account_id=account.id, unit_id=office.place.unit.id, post=office.post, from_on=since
        )
        for account, office in zip(accounts, offices, strict=True)
    )
    return accounts


def _account(office: Office, password_hash: str) -> Account:
    return Account(
        district_id=office.place.unit.district_id,
        username=office.username,
        name=office.person.name,
        email=f"{office.username}@example.invalid",
        person_id=office.person.id,
        password_hash=password_hash,
    )


def _invitation(office: Office, since: date) -> Change:
    facts = {"unit": office.place.unit.id, "post": office.post.value}
    return Change("invite", facts={**facts, "from_on": since.isoformat()})


def seat(offices: list[Office], accounts: list[Account], today: date) -> None:
    """Let everyone who may act take their place, the secretary first."""
    for office, account in zip(offices, accounts, strict=True):
        actor = actor_for(account.id, 0, today) if office.post is not Post.JUDGE else None
        if actor:
            office.place.officers.append(actor)
