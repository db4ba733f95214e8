"""A recommendation goes along when its person moves: the whole file, to the new branch and union.

HD30 §III.2: the former units hand it over with minutes, and see it no longer.
"""

from sqlalchemy import select

from app import policies
from app.extensions import db
from app.models import Dossier, Person, Unit
from app.queries.rules import rulebook
from app.queries.units.tree import grassroots_of
from app.services.events import By, Change, record
from workflows.recommendation import RECOMMENDATION


def move_along(person: Person, by: By) -> None:
    """Move the open recommendation of a person to their unit of today, if there is one.

    It runs within the transaction of the move, which holds the person's row.
    """
    open_one = (
        select(Dossier)
        .where(Dossier.person_id == person.id, Dossier.workflow == RECOMMENDATION.name)
        .where(Dossier.desk_unit_id.is_not(None))
        .with_for_update(key_share=True)
    )
    dossier = db.session.scalar(open_one, execution_options={"populate_existing": True})
    unit = db.session.get_one(Unit, person.unit_id)
    union = grassroots_of(unit)
    if dossier is None or union is None or dossier.branch_id == unit.id:
        return
    before = {"branch": dossier.branch_id, "commune": dossier.commune_id}
    dossier.branch_id, dossier.commune_id = unit.id, union.id
    dossier.district_id = unit.district_id or unit.id
    _put_on_its_desk(dossier)
    facts = {"before": before, "after": {"branch": unit.id, "commune": union.id}}
    by = By(by.actor, by.now, by.post)
    record(dossier, Change("hand_file_over", dossier.state, dossier.state, facts=facts), by)


def _put_on_its_desk(dossier: Dossier) -> None:
    desk = RECOMMENDATION.states[dossier.state].desk
    rules = rulebook().named(dossier.rule_set)
    dossier.desk_unit_id = policies.unit_of(desk.seat, dossier, rules) if desk else None
