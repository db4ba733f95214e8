"""Correcting a confirmed grade: by the unit that confirmed it, with a reason, both kept."""

from dataclasses import replace

from app.actors import HeldPost
from app.models import ClassificationLine, ClassificationSheet
from app.policies import bars_on_person
from app.queries.classification.sheets import sheet_of
from app.services.classification.desks import check_seen
from app.services.events import By, Change, record, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from workflows.classification import Grade
from workflows.classification.scales import scale_of
from workflows.engine import NoSuchStep
from workflows.levels import GRASSROOTS_DESK


@use_case
def correct_grade(
    where: tuple[int, int], person_id: int, grade: Grade, reason: str, *, by: By, seen: int
) -> None:
    """Correct the grade of a member on the confirmed sheet of a unit and year.

    Raises:
        NotFound: no such sheet for this person, or nobody of this kind was graded on it.
        Stale: somebody changed it since.
        NoSuchStep: the sheet is not confirmed.
        Forbidden: it is not theirs to correct.
        Invalid: no reason, a grade of another scale, or the grade that stands.
    """
    sheet = sheet_of(*where, lock=True)
    if sheet and sheet.version != seen and seen_before(by.request_key):
        return
    check_seen(sheet, sheet.unit if sheet else None, seen, by)
    sheet, line, post = line_to_correct(sheet, person_id, by)
    if not reason.strip():
        raise Invalid("reason", "missing")
    if grade not in scale_of(sheet.year).grades or grade is line.grade:
        raise Invalid("grade", "same")
    facts = {"person": person_id, "name": line.name, "was": line.grade, "now": grade.value}
    line.grade = grade
    record(sheet, Change("correct_grade", comment=reason, facts=facts), replace(by, post=post))


def line_to_correct(
    sheet: ClassificationSheet | None, person_id: int, by: By
) -> tuple[ClassificationSheet, ClassificationLine, HeldPost | None]:
    """Return the line of somebody whose grade stands, and the post in which it is corrected.

    Raises:
        NotFound, NoSuchStep, Forbidden: as ``correct_grade``.
    """
    lines = {line.person_id: line for line in sheet.lines} if sheet else {}
    if sheet is None or person_id not in lines or lines[person_id].grade is None:
        raise NotFound
    if sheet.state != "confirmed":
        raise NoSuchStep(sheet.state, "correct_grade")
    if by.actor is None:
        return sheet, lines[person_id], None
    held = by.actor.posts_at(sheet.confirming_unit_id, frozenset(GRASSROOTS_DESK.posts))
    if not held:
        raise Forbidden("not_your_desk")
    if bar := bars_on_person(by.actor, held[0], person_id):
        raise Forbidden(bar)
    return sheet, lines[person_id], held[0]
