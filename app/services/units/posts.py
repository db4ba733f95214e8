"""What becomes of posts when units merge or split: each passes on, changes or ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.extensions import db
from app.models import Account, Appointment
from app.queries.accounts import appointments_of, substitutes_of
from app.queries.units.changes import Seat
from app.services.events import Change, record
from app.services.offices.appointments import end_now
from app.services.refusals import Invalid
from app.services.units.passing import Passage
from workflows.calendar import local_day
from workflows.levels import ACTING_POSTS, Post

Choice = Mapping[int, Post | None]


def usual_posts(seats: Iterable[Seat], lead_id: int) -> dict[int, Post | None]:
    """Propose what each post becomes: one secretary stays secretary, the others are deputies.

    It is the one of the unit that leads, else the first of them.
    """
    ranked = sorted(seats, key=lambda seat: seat.unit_id != lead_id)
    heads = [seat for seat in ranked if seat.post is Post.SECRETARY]
    first = heads[0].appointment_id if heads else None
    return {
        seat.appointment_id: Post.DEPUTY
        if seat.post is Post.SECRETARY and seat.appointment_id != first
        else seat.post
        for seat in ranked
    }


def check_posts(seats: Sequence[Seat], chosen: Choice) -> None:
    """Make sure that the new unit has one secretary at most, and somebody who may act.

    Raises:
        Invalid: two secretaries were chosen, or nobody who may act.
    """
    posts = [chosen[seat.appointment_id] for seat in seats]
    if posts.count(Post.SECRETARY) > 1:
        raise Invalid("posts", "two_secretaries")
    acted = any(seat.post in ACTING_POSTS for seat in seats)
    if acted and not any(post in ACTING_POSTS for post in posts):
        raise Invalid("posts", "nobody_acts")


def pass_posts(passage: Passage, chosen: Choice) -> None:
    """Let each post become what was chosen for it, from today, in the new unit.

    Who stands in for a holder goes along.
    """
    today = local_day(passage.by.now)
    query = select(Appointment).where(Appointment.id.in_(chosen)).order_by(Appointment.id)
    for held in db.session.scalars(query).all():
        post = chosen[held.id]
        if (held.unit_id, held.post) == (passage.to.id, post):
            continue
        group = (held, *substitutes_of(held, today)) if post else ()
        following = [_next(each, post, passage.to.id, today) for each in group if post]
        _tell(held, post, passage)
        end_now(held, today)
        db.session.flush()
        db.session.add_all(each for each in following if not _has_it(each))


def _tell(held: Appointment, post: Post | None, passage: Passage) -> None:
    account = db.session.get_one(Account, held.account_id)
    facts = {
        "change": passage.change_id,
        "unit": [held.unit_id, passage.to.id],
        "post": [held.post.value, post.value if post else None],
    }
    record(account, Change("move_post", facts=facts), replace(passage.by, request_key=None))


def _next(held: Appointment, post: Post, unit_id: int, today: date) -> Appointment:
    return Appointment(
        account_id=held.account_id,
        unit_id=unit_id,
        post=post,
        from_on=max(held.from_on, today),
        to_on=held.to_on,
        stands_in_for_id=held.stands_in_for_id,
        appointed_by_id=held.appointed_by_id,
    )


def _has_it(following: Appointment) -> bool:
    """Whether the account has the same post there already, from another of the old units.

    An own post and one of somebody whom the account stands in for are two.
    """
    held = appointments_of(following.account_id, following.from_on)
    return _which(following) in map(_which, held)


def _which(held: Appointment) -> tuple[int, Post, int | None]:
    return held.unit_id, held.post, held.stands_in_for_id
