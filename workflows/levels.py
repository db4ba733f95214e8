"""Levels of the organisation, posts people hold, and the seats that a dossier passes."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Where a unit stands in the tree (domain §1.1); the tree itself is data."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    BRANCH = "branch"


class UnitKind(StrEnum):
    """What kind of place a unit stands in."""

    HAMLET = "hamlet"
    SCHOOL = "school"
    AGENCY = "agency"
    ENTERPRISE = "enterprise"
    FORCES = "forces"


class Area(StrEnum):
    """Rural or urban."""

    RURAL = "rural"
    URBAN = "urban"


class Post(StrEnum):
    """What a person may hold in a unit (domain §1.2)."""

    SECRETARY = "secretary"
    DEPUTY = "deputy"
    COMMITTEE_MEMBER = "committee_member"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"
    JUDGE = "judge"


class Seat(StrEnum):
    """A role in a process, named by its place in the chain and not by a fixed level.

    ``SUPERIOR`` is the direct superior of the grass-roots union: the district until 2025, the
    province since. ``CARD_ISSUER`` is one of the others, as the rule set says. The receiving seats
    are those of the place a member moves to.
    """

    BRANCH = "branch"
    GRASSROOTS = "grassroots"
    SUPERIOR = "superior"
    CARD_ISSUER = "card_issuer"
    RECEIVING_GRASSROOTS = "receiving_grassroots"
    RECEIVING_BRANCH = "receiving_branch"


ACTING_POSTS = (Post.SECRETARY, Post.DEPUTY, Post.OFFICER)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who holds a dossier: a seat in the chain and the posts that may act there."""

    seat: Seat
    posts: Collection[Post] = ACTING_POSTS


BRANCH_DESK = Desk(Seat.BRANCH)
GRASSROOTS_DESK = Desk(Seat.GRASSROOTS)
SUPERIOR_DESK = Desk(Seat.SUPERIOR)
CARD_DESK = Desk(Seat.CARD_ISSUER)
RECEIVING_GRASSROOTS_DESK = Desk(Seat.RECEIVING_GRASSROOTS)
RECEIVING_BRANCH_DESK = Desk(Seat.RECEIVING_BRANCH)
