"""Who may do what: one table of rights, and the predicates that read it. Nothing here queries.

Source of the table: domain §1.3 (Hướng dẫn 20-HD/TWĐTN-BTC (2023) §1.3, §3.3, §5.1). A right
comes from a post held today, at the level of its unit, over that unit alone or its subtree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.confidential import CONFIDENTIAL, SEEN_BY
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
    RECEIVE_DUES = "receive_dues"
    CONFIRM_GRADES = "confirm_grades"
    SET_PROGRAMME = "set_programme"
    RUN_CONTEST = "run_contest"
    SEE_RECOMMENDATIONS = "see_recommendations"


@dataclass(frozen=True, slots=True)
class Grant:
    """The posts that hold a right at each level, and whether it reaches below the own unit."""

    posts: Mapping[Level, frozenset[Post]]
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
    # §32: each level passes a share of the dues to the one above, which confirms to have it.
    Right.RECEIVE_DUES: Grant({Level.COMMUNE: STAFF, **_above(STAFF)}),
    # HD30 §III: the grass-roots union confirms its branches; a chi đoàn cơ sở the one above it.
    Right.CONFIRM_GRADES: Grant({Level.COMMUNE: STAFF, **_above(STAFF)}),
    # 13-HD/TWĐTN-BTC (2018): each level adapts the training programme of the one above.
    Right.SET_PROGRAMME: Grant({Level.BRANCH: HEADS, Level.COMMUNE: STAFF, **_above(STAFF)}),
    # §3.3c; Statute XIII: the grass-roots union.
    Right.ISSUE_CARDS: Grant({Level.COMMUNE: STAFF, **_above(STAFF)}),
    # §4.1: the district holds the contest, each commune its own round.
    Right.RUN_CONTEST: Grant({Level.COMMUNE: HEADS, **_above(STAFF)}, over_subtree=True),
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
    # Political conduct: the branch's heads, the staff of its union, the heads above (domain §9).
    Right.SEE_RECOMMENDATIONS: Grant(SEEN_BY, over_subtree=True),
}


def posts_with(actor: Actor, right: Right) -> list[HeldPost]:
    """List the posts of today that give a right; the page of a whole area asks for any."""
    return [each for each in actor.posts if each.is_among(RIGHTS[right].posts)]


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
    right, receiving = sight_of(dossier.workflow), {dossier.to_commune_id, dossier.to_branch_id}
    return may(actor, right, dossier.branch_id, branch_path) or any(
        held.unit_id in receiving for held in posts_with(actor, right)
    )


def sight_of(workflow: str) -> Right:
    """Return the right by which one knows of the dossiers of a workflow."""
    return Right.SEE_RECOMMENDATIONS if workflow in CONFIDENTIAL else Right.LOOK


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


def acting_post(
    actor: Actor, dossier: Dossier, desk: Desk, rules: RuleSet, *, step: Step
) -> tuple[HeldPost | None, str | None]:
    """Return the post in which the person takes a step, if any, and what bars them from it.

    A substitute acts on behalf of another; where that is barred, in a post of their own there.
    """
    held = actor.posts_at(unit_of(desk.seat, dossier, rules), frozenset(desk.posts))
    bars = {each: conflict(actor, dossier, step, each) for each in held}
    free = next((each for each in held if bars[each] is None), None)
    post = free or next(iter(held), None)
    return post, bars[post] if post else None


def conflict(actor: Actor, dossier: Dossier, step: Step, held: HeldPost) -> str | None:
    """Name what bars a person from a decision in a post (design §4), or ``None``.

    Nobody decides on a dossier about themselves, that they created, handed up or introduced;
    nor does who stands in for somebody like that.
    """
    if bar := _bar(actor.account_id, actor.person_id, dossier, step):
        return bar
    theirs = held.principal_id and _bar(held.principal_id, held.principal_person_id, dossier, step)
    return "bars_your_principal" if theirs else None


def _bar(account_id: int, person_id: int | None, dossier: Dossier, step: Step) -> str | None:
    is_about = person_id is not None and person_id == dossier.person_id
    if is_about and (step.decides or step.hands_up):
        return "about_yourself"
    if not step.decides:
        return None
    if person_id is not None and person_id == dossier.introduced_by_id:
        return "introduced_by_you"
    prepared = account_id in {dossier.created_by_id, dossier.handed_up_by_id}
    return "prepared_by_you" if prepared else None


def may_read_papers(actor: Actor, dossier: Dossier, branch_path: str) -> bool:
    """Papers hold somebody's background: only who works with it may read them."""
    is_confidential = dossier.workflow in CONFIDENTIAL
    right = Right.SEE_RECOMMENDATIONS if is_confidential else Right.SEE_SENSITIVE
    return may(actor, right, dossier.branch_id, branch_path)


def bars_on_person(actor: Actor, held: HeldPost | None, person_id: int) -> str | None:
    """Name what bars somebody from a decision on a person: it is themselves, or their principal."""
    if actor.person_id == person_id:
        return "about_yourself"
    is_principal = held is not None and held.principal_person_id == person_id
    return "bars_your_principal" if is_principal else None
