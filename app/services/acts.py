"""Group acts: one sitting, ceremony or card list decides many dossiers, each on its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from app import policies
from app.actors import HeldPost
from app.extensions import db
from app.models import GroupAct, GroupActLine
from app.models.acts import ActKind
from app.policies import Right
from app.queries.acts import act_of_request
from app.services.dossiers import advance, check_version, files_for
from app.services.events import By
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.services.use_case import use_case
from workflows.admission_facts import Answers
from workflows.engine import NoSuchStep, Refused

STEPS = {
    ActKind.SITTING: "approve",
    ActKind.CEREMONY: "record_ceremony",
    ActKind.CARD_LIST: "issue_card",
}
RIGHTS = {
    ActKind.SITTING: Right.SIT,
    ActKind.CEREMONY: Right.PREPARE,
    ActKind.CARD_LIST: Right.ISSUE_CARDS,
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
    out and named, the others go through. Rows are taken in the order of their ids, so two acts
    never wait for each other.

    Raises:
        Invalid: nothing was chosen.
        Forbidden: the unit's acts are not theirs.
    """
    kind = ActKind(plan.kind)
    post = _post(kind, plan.unit_id, by)
    if by.request_key and (act_id := act_of_request(by.request_key)):
        return act_id
    if not plan.lines:
        raise Invalid("chosen", "nothing_chosen")
    act = _act(kind, plan, post, by)
    db.session.add(act)
    db.session.flush()
    each_by = replace(by, post=post, request_key=None)
    for file in files_for(list(plan.lines), by.actor, lock=True):
        seen, answers = plan.lines[file.dossier.ref]
        line = _one(file, STEPS[kind], seen, answers, each_by)
        line.act_id = act.id
        db.session.add(line)
    return act.id


def _post(kind: ActKind, unit_id: int, by: By) -> HeldPost:
    if by.actor is None:
        raise NotFound
    held = policies.posts_with(by.actor, RIGHTS[kind])
    post = next((each for each in held if each.unit_id == unit_id), None)
    if post is None:
        raise Forbidden("not_your_desk")
    return post


def _act(kind: ActKind, plan: Plan, post: HeldPost, by: By) -> GroupAct:
    return GroupAct(
        district_id=post.district_id or post.unit_id,
        unit_id=plan.unit_id,
        kind=kind,
        step=STEPS[kind],
        held_on=plan.held_on,
        place=plan.place,
        note=plan.note,
        request_key=by.request_key,
        made_at=by.now,
        made_by_id=by.actor.account_id if by.actor else None,
    )


def _one(file: Any, step: str, seen: int, answers: Answers, by: By) -> GroupActLine:  # noqa: ANN401
    """Take the step on one dossier in a savepoint of its own."""
    line = GroupActLine(dossier_id=file.dossier.id, problem="", detail={})
    try:
        with db.session.begin_nested():
            check_version(file.dossier, seen)
            receipt = advance(file, step, answers, by)
            db.session.flush()
            line.detail = {"state": receipt.state}
    except Stale as stale:
        line.problem = "stale"
        line.detail = {"who": stale.last.who, "step": stale.last.step} if stale.last else {}
    except NoSuchStep:
        line.problem = "no_such_step"
    except Forbidden as error:
        line.problem, line.detail = "forbidden", {"bar": error.code}
    except Refused as refusal:
        line.problem = "refused"
        line.detail = {"unmet": [_plain(reason) for reason in refusal.unmet]}
    except IntegrityError:
        line.problem = "number_taken"
    return line


def _plain(reason: Any) -> dict[str, Any]:  # noqa: ANN401
    values = {name: str(value) for name, value in reason.values.items()}
    return {"code": reason.code, "values": values}
