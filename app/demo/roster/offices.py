"""Offices that change: who stands in for whom, and an office that was handed over."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from app.demo.days import Turn, moment
from app.demo.people import Casting
from app.demo.places import Place
from app.queries.accounts import account_by_id, actor_for
from app.queries.offices import own_posts
from app.services.events import By
from app.services.offices.appointments import end_appointment
from app.services.offices.handover import Substitution, hand_over, name_substitute
from workflows.calendar import local_day

# In which commune the deputy stands in for the secretary: since how many days ago, for how many.
SUBSTITUTES = (("xa.tanluoc", 3, 14), ("xa.tanbinh", 60, 10))
HANDED_OVER, LATELY = "ap.thanhloi.1", 75


def turns_of_offices(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield the substitutes of today and of the past, and the handover."""
    for key, ago, days in SUBSTITUTES:
        day = casting.today - timedelta(days=ago)
        yield Turn(moment(day), partial(_lend, district.find(key), timedelta(days=days)))
    day = casting.today - timedelta(days=LATELY)
    yield Turn(moment(day), partial(_hand_over, district.find(HANDED_OVER)))


def _lend(place: Place, days: timedelta, now: datetime) -> None:
    secretary, deputy = place.officers[:2]
    first = local_day(now)
    asked = Substitution(deputy.account_id, first, first + days)
    name_substitute(place.unit.id, asked, by=By(secretary, now))


def _hand_over(place: Place, now: datetime) -> None:
    """Let the deputy take over from the secretary, and no longer be deputy."""
    day, unit_id = local_day(now), place.unit.id
    by = By(place.union.officers[0], now)
    secretary, deputy = place.officers[:2]
    (old,) = own_posts(secretary.account_id, unit_id, day)
    (lower,) = own_posts(deputy.account_id, unit_id, day)
    hand_over(unit_id, old.id, account_by_id(deputy.account_id).username, by=by)
    end_appointment(unit_id, lower.id, by=by)
    if successor := actor_for(deputy.account_id, 0, day):
        place.officers[:2] = [successor]
