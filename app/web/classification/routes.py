"""The classification of a year: how far each unit has come, and the sheet of one."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.classification.grades import grades_of
from app.queries.classification.members import Member
from app.queries.classification.overview import (
    ratings_of,
    ratings_waiting_at,
    rows_for,
    waiting_at,
)
from app.queries.classification.ratings import union_proposal
from app.queries.classification.sheets import (
    OPEN,
    facts_of,
    members_of,
    sheet_of,
    year_of_meeting,
)
from app.queries.dossiers import history_of
from app.queries.dues.figures import units_under
from app.services.classification.sheets import OLDEST_YEAR, write_sheet
from app.services.refusals import Invalid, NotFound, Stale
from app.web.access import asked_by, me, needs, today
from app.web.classification.forms import TEXTS, LinesForm, lines_form
from app.web.classification.offers import offers_of
from app.web.classification.wording import (
    because,
    found_sentence,
    grade_word,
    measure_sentence,
    place_words,
    unmeasured,
    untold,
)
from app.web.fields import KeyedForm, as_number
from app.web.filters import moment, word
from app.web.standings.places import clause_of, unit_looked_over
from workflows.classification.process import CLASSIFICATION
from workflows.classification.scales import scale_of
from workflows.classification.scope import SCOPE
from workflows.dues import months_of
from workflows.levels import ACTING_POSTS

blueprint = Blueprint("classification", __name__, url_prefix="/classifications")
# From this month on the page shows the year that is running, before it the one that is over.
LATE_IN_THE_YEAR = 10


def year_asked() -> int:
    """Return the year the address names, else the one that is being classified."""
    year = as_number(request.args.get("year"))
    if year is not None and OLDEST_YEAR <= year <= today().year:
        return year
    return int(today().year if today().month >= LATE_IN_THE_YEAR else today().year - 1)


def checked(year: int) -> int:
    """Return a year of which there can be a sheet.

    Raises:
        NotFound: it has not come, or is too long ago.
    """
    if not OLDEST_YEAR <= year <= today().year:
        raise NotFound
    return year


@blueprint.get("")
@needs(Right.LOOK)
def listing() -> ResponseReturnValue:
    """Show how far the units below one of mine have come with a year."""
    posts, year = policies.posts_with(me(), Right.LOOK), year_asked()
    asked = as_number(request.args.get("unit"))
    unit = unit_looked_over(asked or posts[0].unit_id)
    under = units_under(unit, months_of(year))
    mine, rows = rows_for([unit], year), rows_for(under, year)
    confirms = policies.posts_with(me(), Right.CONFIRM_GRADES)
    return render_template(
        "classification/listing.html",
        unit=unit,
        year=year,
        mine=mine[0],
        rows=rows,
        posts=posts,
        words=place_words(),
        waiting=waiting_at(confirms),
        ratings=ratings_waiting_at(confirms),
        proposal=union_proposal(unit.path, year) if unit.is_grassroots and under else None,
    )


@blueprint.route("/<int:unit_id>/<int:year>", methods=["GET", "POST"])
@needs(Right.LOOK)
def sheet(unit_id: int, year: int) -> ResponseReturnValue:
    """Show the sheet of a unit; its lines are sent in one go while they are open."""
    unit = unit_looked_over(unit_id)
    row, form = sheet_of(unit.id, checked(year)), None
    members = members_of(unit, year, row, today())
    if request.method == "GET":
        form = lines_form(_open(row, members), year) if _keeps(unit) else None
        return _page(unit, year, row, members, form=form), 200
    form = lines_form(_open(row, members), year)
    if not form.validate_on_submit():
        return _page(unit, year, row, members, form=form), 422
    return _write(unit_id, year, form)


def _write(unit_id: int, year: int, form: LinesForm) -> ResponseReturnValue:
    try:
        write_sheet(unit_id, year, form.typed(), by=asked_by(), seen=form.version())
    except Stale as stale:
        form.form_errors = [_overtaken(stale)]
        form.seen.data = str(stale.version)
    except Invalid:
        form.form_errors = [_("Danh sách đoàn viên vừa thay đổi: xem rồi ghi lại.")]
    else:
        flash(_("Đã ghi bản xếp loại."), "success")
        return redirect(url_for(".sheet", unit_id=unit_id, year=year), 303)
    unit, row = unit_looked_over(unit_id), sheet_of(unit_id, year)
    return _page(unit, year, row, members_of(unit, year, row, today()), form=form), 409


def _overtaken(stale: Stale) -> str:
    last = stale.last
    told = _(
        "Có người vừa ghi: %(who)s, %(step)s, %(time)s. Xem lại rồi ghi lần nữa để giữ bản này.",
        who=last.who if last else "…",
        step=word(last.step, "grading") if last else "…",
        time=moment(last.at) if last else "…",
    )
    return str(told)


def _keeps(unit: Any) -> bool:  # noqa: ANN401
    return bool(policies.may(me(), Right.PREPARE, unit.id, unit.path))


def _open(row: Any, members: list[Member]) -> list[Member]:  # noqa: ANN401
    """Return whose lines are open: all of a draft, of a returned sheet those it returned for."""
    if row is not None and row.state not in OPEN:
        return []
    if row is None or row.state == "draft":
        return members
    return [each for each in members if each.line and each.line.returned]


def _page(
    unit: Any,  # noqa: ANN401
    year: int,
    row: Any,  # noqa: ANN401
    members: list[Member],
    *,
    form: LinesForm | None,
) -> str:
    if form is not None and not form.seen.data:
        form.seen.data = str(row.version if row else 0)
    return render_template(
        "classification/sheet.html",
        unit=unit,
        year=year,
        sheet=row,
        members=members,
        form=form if form is not None and _open(row, members) else None,
        texts=TEXTS,
        sees_private=policies.may(me(), Right.SEE_SENSITIVE, unit.id, unit.path),
        sources=[scale_of(year).clause, SCOPE, clause_of("classification")],
        **_what_now(row, year, members),
    )


def _what_now(row: Any, year: int, members: list[Member]) -> dict[str, Any]:  # noqa: ANN401
    """Return what this person can do with a sheet, and what was done."""
    facts = facts_of(year, members, today())
    about = [each.person_id for each in members]
    acting = frozenset(ACTING_POSTS)
    return {
        "facts": facts,
        "offers": offers_of(row, CLASSIFICATION, facts, about) if row else [],
        "press_form": KeyedForm(formdata=None, data={"seen": row.version if row else 0}),
        "may_correct": bool(row and me().posts_at(row.confirming_unit_id, acting)),
        "history": history_of(row.id, "classification_sheets") if row else [],
    }


@blueprint.app_template_filter("grade")
def _grade(value: Any, year: int) -> str:  # noqa: ANN401
    return grade_word(value, year)


blueprint.add_app_template_filter(found_sentence, "found")
blueprint.add_app_template_filter(measure_sentence, "measured")
blueprint.add_app_template_filter(because, "because")
blueprint.add_app_template_filter(untold, "untold")
blueprint.add_app_template_filter(unmeasured, "unmeasured")


@blueprint.app_context_processor
def _for_people() -> dict[str, Any]:
    return {
        "grades_by_year": lambda person_id: grades_of([person_id]).get(person_id, {}),
        "sheet_of_meeting": year_of_meeting,
        "ratings_by_unit": lambda unit: ratings_of(unit.id),
    }
