"""Who may do what: one table of rights, and the predicates that read it. Nothing here queries.

Source of the table: domain §1.3 (Hướng dẫn 20-HD/TWĐTN-BTC (2023) §1.3, §3.3, §5.1). A right
comes from a post held today, at the level of its unit, over that unit alone or its subtree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.levels import ACTING_POSTS, Desk, Level, Post, Seat

if TYPE_CHECKING:
    from app.actors import Actor, HeldPost
    from app.models import Dossier
    from workflows.engine import Step
    from workflows.rules import RuleSet


class Right(StrEnum):
    """What a person may do, as the table below grants it."""

    LOOK = "look"
    PREPARE = "prepare"
    MEET = "meet"
    TEACH = "teach"
    SIT = "sit"
    ISSUE_CARDS = "issue_cards"
    SEE_SENSITIVE = "see_sensitive"
    KEEP_UNITS = "keep_units"
    INVITE = "invite"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Grant:
    """The posts that hold a right at each level, and whether it reaches below the own unit."""

    posts: dict[Level, frozenset[Post]]
    over_subtree: bool = False


HEADS = frozenset({Post.SECRETARY, Post.DEPUTY})
STAFF = frozenset(ACTING_POSTS)
ABOVE = (Level.PROVINCE, Level.DISTRICT)


def _above(posts: frozenset[Post]) -> dict[Level, frozenset[Post]]:
    return dict.fromkeys(ABOVE, posts)


RIGHTS: dict[Right, Grant] = {
    Right.LOOK: Grant(
        {Level.BRANCH: HEADS, Level.COMMUNE: STAFF, **_above(STAFF)}, over_subtree=True
    ),
    # §1.4: the branch prepares; where there is no branch, the grass-roots union does.
    Right.PREPARE: Grant({Level.BRANCH: HEADS, Level.COMMUNE: STAFF}),
    Right.MEET: Grant({Level.BRANCH: HEADS, Level.COMMUNE: STAFF}),
    Right.TEACH: Grant({Level.COMMUNE: STAFF}),
    Right.SIT: Grant({Level.COMMUNE: STAFF}),
    # §3.3c; Statute XIII: the grass-roots union.
    Right.ISSUE_CARDS: Grant({Level.COMMUNE: STAFF, **_above(STAFF)}),
    Right.SEE_SENSITIVE: Grant(
        {Level.BRANCH: HEADS, Level.COMMUNE: STAFF, **_above(HEADS)}, over_subtree=True
    ),
    # §5.1: the direct superior founds, merges and closes units.
    Right.KEEP_UNITS: Grant(
        {
            Level.COMMUNE: HEADS | {Post.ADMINISTRATOR},
            **_above(HEADS | {Post.ADMINISTRATOR}),
        },
        over_subtree=True,
    ),
    Right.INVITE: Grant(
        {
            Level.COMMUNE: HEADS | {Post.ADMINISTRATOR},
            **_above(HEADS | {Post.ADMINISTRATOR}),
        },
        over_subtree=True,
    ),
    # Whole lists of members, of any branch below: the grass-roots union keeps them (§3.3a).
    Right.IMPORT: Grant(
        {
            Level.COMMUNE: HEADS | {Post.ADMINISTRATOR},
            **_above(HEADS | {Post.ADMINISTRATOR}),
        },
        over_subtree=True,
    ),
}


def posts_with(actor: Actor, right: Right) -> list[HeldPost]:
    """List the posts of today that give a right; the page of a whole area asks for any."""
    return [each for each in actor.posts if _grants(right, each)]


def _grants(right: Right, held: HeldPost) -> bool:
    """A chi đoàn cơ sở has the powers of a grass-roots union besides its own (§11.2b)."""
    levels = {held.level, Level.COMMUNE} if held.is_grassroots else {held.level}
    return any(held.post in RIGHTS[right].posts.get(level, ()) for level in levels)


def may(actor: Actor, right: Right, unit_id: int, path: str) -> bool:
    """Whether a right holds for a unit, named by its id and path."""
    held = posts_with(actor, right)
    if RIGHTS[right].over_subtree:
        return any(each.reaches(path) for each in held)
    return any(each.unit_id == unit_id for each in held)


def may_see(actor: Actor, dossier: Dossier, branch_path: str) -> bool:
    """Whether a dossier exists for this person.

    It lies in a subtree they look over, or was introduced to a unit of theirs.
    """
    receiving = {dossier.to_commune_id, dossier.to_branch_id}
    return may(actor, Right.LOOK, dossier.branch_id, branch_path) or any(
        held.unit_id in receiving for held in posts_with(actor, Right.LOOK)
    )


def may_write(actor: Actor, dossier: Dossier) -> bool:
    """Whether the person prepares this dossier, as the branch that it belongs to."""
    return may(actor, Right.PREPARE, dossier.branch_id, "")


def unit_of(seat: Seat, dossier: Dossier, rules: RuleSet) -> int | None:
    """Return the unit that holds a seat of a dossier under its rule set, once there is one."""
    if seat is Seat.CARD_ISSUER:
        seat = rules.card_issuer
    places = {
        Seat.BRANCH: dossier.branch_id,
        Seat.GRASSROOTS: dossier.commune_id,
        Seat.SUPERIOR: dossier.district_id,
        Seat.RECEIVING_GRASSROOTS: dossier.to_commune_id,
        Seat.RECEIVING_BRANCH: dossier.to_branch_id,
    }
    return places[seat]


def acting_post(actor: Actor, dossier: Dossier, desk: Desk, rules: RuleSet) -> HeldPost | None:
    """Return the post in which the person acts at a desk of the dossier, if any."""
    return actor.post_at(unit_of(desk.seat, dossier, rules), frozenset(desk.posts))


def conflict(actor: Actor, dossier: Dossier, step: Step) -> str | None:
    """Name what bars a person from a decision (design §4), or ``None``.

    Nobody decides on a dossier about themselves, that they created, handed up or introduced.
    """
    if not step.decides:
        return "about_yourself" if step.hands_up and _about(actor, dossier) else None
    if _about(actor, dossier):
        return "about_yourself"
    if actor.person_id is not None and actor.person_id == dossier.introduced_by_id:
        return "introduced_by_you"
    if actor.account_id in {dossier.created_by_id, dossier.handed_up_by_id}:
        return "prepared_by_you"
    return None


def _about(actor: Actor, dossier: Dossier) -> bool:
    return actor.person_id is not None and actor.person_id == dossier.person_id


def may_read_papers(actor: Actor, dossier: Dossier, branch_path: str) -> bool:
    """Papers hold the candidate's background: only who works with it may read them."""
    return may(actor, Right.SEE_SENSITIVE, dossier.branch_id, branch_path)
