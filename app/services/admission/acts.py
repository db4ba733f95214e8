"""Group acts: one sitting, ceremony or card list decides many dossiers, each on its own."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from app import policies
from app.actors import Actor
from app.extensions import db
from app.models import GroupAct, GroupActLine
from app.models.acts import ActKind
from app.policies import Right
from app.queries.admission.acts import act_of_request
from app.services.dossiers import advance, files_for
from app.services.events import By
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.services.use_case import broken_constraint, use_case
from app.services.versions import check_version
from workflows.admission_facts import Answers
from workflows.engine import NoSuchStep, Refused, Unmet

NUMBER_TAKEN = "uq_people_district_id_card_number"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of group act does to each dossier, and the right that it takes."""

    step: str
    right: Right


KINDS: Mapping[str, Kind] = {
    "sitting": Kind("approve", Right.SIT),
    "ceremony": Kind("record_ceremony", Right.PREPARE),
    "card_list": Kind("issue_card", Right.ISSUE_CARDS),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done to many: kind, unit, day, and for each reference version and answers."""

    kind: str
    unit_id: int
    held_on: date
    lines: Mapping[str, tuple[int, Answers]]
    place: str = ""
    note: str = ""


@use_case
def act_on_many(plan: Plan, *, by: By) -> int:
    """Take one step on many dossiers and return the act's id; its lines say what became of each.

    Each dossier has its own savepoint: one that changed meanwhile, or that is refused, is left
    out and named, the others go through. All rows are locked in one order, and numbers are then
    given in theirs, so two acts never wait for each other in a circle.

    Raises:
        Invalid: nothing was chosen.
        NotFound: a dossier does not exist for this person.
        Forbidden: the unit's acts are not theirs.
    """
    actor = _in_unit(plan, by)
    if act_id := act_of_request(by.request_key):
        return act_id
    files = _files(plan, by)
    act = _act(plan, actor, by)
    db.session.add(act)
    db.session.flush()
    each_by = By(actor, by.now)
    for file in files:
        line = _one(file, KINDS[plan.kind].step, plan.lines[file.dossier.ref], each_by)
        line.act_id = act.id
        db.session.add(line)
    return act.id


def _in_unit(plan: Plan, by: By) -> Actor:
    """Return the actor with the posts of the act's unit alone: no dossier of another slips in."""
    if by.actor is None:
        raise NotFound
    held = policies.posts_with(by.actor, KINDS[plan.kind].right)
    posts = tuple(each for each in held if each.unit_id == plan.unit_id)
    if not posts:
        raise Forbidden("not_your_desk")
    return replace(by.actor, posts=posts)


def _files(plan: Plan, by: By) -> list[Any]:
    if not plan.lines:
        raise Invalid("chosen", "nothing_chosen")
    files = files_for(list(plan.lines), by.actor, lock=True)
    if len(files) < len(plan.lines):
        raise NotFound
    return sorted(files, key=lambda file: plan.lines[file.dossier.ref][1].card_number)


def _act(plan: Plan, actor: Actor, by: By) -> GroupAct:
    post = actor.posts[0]
    return GroupAct(
        district_id=post.district_id or post.unit_id,
        unit_id=plan.unit_id,
        kind=ActKind(plan.kind),
        step=KINDS[plan.kind].step,
        held_on=plan.held_on,
        place=plan.place,
        note=plan.note,
        request_key=by.request_key or secrets.token_urlsafe(16),
        made_at=by.now,
        made_by_id=actor.account_id,
    )


def _one(file: Any, step: str, asked: tuple[int, Answers], by: By) -> GroupActLine:  # noqa: ANN401
    """Take the step on one dossier in a savepoint of its own."""
    line = GroupActLine(dossier_id=file.dossier.id, problem="", detail={})
    (seen, answers), due = asked, file.dossier.due_on
    try:
        with db.session.begin_nested():
            check_version(file.dossier, seen)
            receipt = advance(file, step, answers, by)
            db.session.flush()
        line.detail = {
            "state": receipt.state,
            "number": answers.card_number.strip(),
            "due": due.isoformat() if due else None,
        }
    except (Stale, NoSuchStep, Forbidden, Refused, IntegrityError) as error:
        line.problem, line.detail = problem_of(error, answers.card_number.strip())
    return line


def problem_of(error: Exception, number: str = "") -> tuple[str, dict[str, Any]]:
    """Name why a dossier was left out of a group act, with what its sentence needs.

    Raises:
        IntegrityError: a constraint broke that no form can answer for.
    """
    if isinstance(error, Stale):
        last = error.last
        who = {"who": last.who, "step": last.step, "at": last.at.isoformat()} if last else {}
        return "stale", who
    if isinstance(error, NoSuchStep):
        return "no_such_step", {"state": error.state}
    if isinstance(error, Forbidden):
        return "forbidden", {"bar": error.code}
    if isinstance(error, Refused):
        return "refused", {"unmet": [_plain(reason) for reason in error.unmet]}
    if isinstance(error, IntegrityError) and broken_constraint(error) == NUMBER_TAKEN:
        return "number_taken", {"number": number}
    raise error


def _plain(reason: Unmet) -> dict[str, Any]:
    """Write a reason as JSON that ``queries.acts.reasons_of`` reads back."""
    values = {name: _plain_value(value) for name, value in reason.values.items()}
    return {
        "code": reason.code,
        "section": reason.section,
        "clause": reason.clause,
        "values": values,
    }


def _plain_value(value: object) -> object:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return value if isinstance(value, int) else str(value)
