"""One person: what can be changed in how they stand, its rule, and doing it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.people.standing_facts import (
    Known,
    counted_on,
    facts_of,
    known_of,
    unpaid_in_the_year_before,
)
from app.queries.people.standings import hosts_for, standings_of, status_of
from app.services.dues.exemptions import post_to_exempt
from app.services.people.standings import change_standing, post_for
from app.services.refusals import Forbidden, NotFound, Stale
from app.web.access import asked_by, me, needs, today
from app.web.filters import moment, word
from app.web.standings import exit_forms, forms
from app.web.standings.exit_forms import DeletionForm
from app.web.standings.forms import GuestForm, StandingForm
from app.web.standings.places import clause_of, person_looked_over, why
from workflows.engine import Refused, Unmet
from workflows.labels.standing import RULES
from workflows.membership import MEMBER_STATUSES
from workflows.standing import CHANGES, closed
from workflows.standing_facts import Kind, StandingAnswers

blueprint = Blueprint("standings", __name__)
FORMS: Mapping[Kind, type[StandingForm]] = {
    Kind.WORK_AWAY: forms.AwayForm,
    Kind.DEFER: forms.DeferralForm,
    Kind.RETURN: forms.ReturnForm,
    Kind.SUSPEND: forms.SuspensionForm,
    Kind.SUSPEND_LONGER: forms.LongerSuspensionForm,
    Kind.LIFT: forms.LiftForm,
    Kind.BE_GUEST: forms.GuestForm,
    Kind.END_GUEST: forms.EndGuestForm,
    Kind.STAY_ON: exit_forms.StayForm,
    Kind.MATURE: exit_forms.MaturityForm,
    Kind.DELETE: exit_forms.DeletionForm,
    Kind.RESIGN: exit_forms.ResignationForm,
    Kind.DIE: exit_forms.DeathForm,
}


@blueprint.app_template_global()
def changes_for(person: Any) -> list[Kind]:  # noqa: ANN401
    """List the changes that this person may make now on another one, for the page about them."""
    mine = [kind for kind in Kind if _is_mine(person, kind)]
    known = known_of(person, today(), today()) if mine else None
    return [kind for kind in mine if not _closed(person, kind, known)]


@blueprint.app_template_global()
def may_exempt(person: Any) -> bool:  # noqa: ANN401
    """Whether this person may exempt another one, a member, from dues."""
    try:
        post_to_exempt(person, me())
    except (Forbidden, NotFound):
        return False
    return person.status in MEMBER_STATUSES


@blueprint.app_template_global()
def stretches_of(person_id: int) -> Any:  # noqa: ANN401
    """List how a person stood from day to day, for the page about them."""
    return standings_of(person_id)


def _is_mine(person: Any, kind: Kind) -> bool:  # noqa: ANN401
    try:
        post_for(person, CHANGES[kind], me())
    except (Forbidden, NotFound):
        return False
    return True


def _closed(person: Any, kind: Kind, known: Known | None = None) -> list[Unmet]:  # noqa: ANN401
    return closed(kind, facts_of(person, kind, StandingAnswers(), today(), known=known))


@blueprint.route("/people/<int:person_id>/standing/<kind>", methods=["GET", "POST"])
@needs(Right.LOOK)
def change(person_id: int, kind: str) -> ResponseReturnValue:
    """Change how a person stands: the rule, the form, and what is missing beside its field."""
    if kind not in set(Kind):
        abort(404)
    chosen, person = Kind(kind), person_looked_over(person_id)
    post_for(person, CHANGES[chosen], me())
    form = _form(person, chosen)
    if form.validate_on_submit():
        return _done(person_id, chosen, form)
    return _page(person, chosen, form, 422 if form.errors else 200)


def _form(person: Any, kind: Kind) -> StandingForm:  # noqa: ANN401
    form = FORMS[kind]()
    if not form.seen.data:
        form.seen.data = str(person.version)
    if isinstance(form, GuestForm):
        form.offer(hosts_for(person.unit, today()))
    if isinstance(form, DeletionForm) and not form.is_submitted():
        form.entitled.data = counted_on(person.unit_id, today())
    return form


def _done(person_id: int, kind: Kind, form: StandingForm) -> ResponseReturnValue:
    """Do it; what was refused stands beside its field, the rows of before are gone by then."""
    try:
        change_standing(person_id, kind, form.answers(), by=asked_by(), seen=form.version())
    except Refused as refused:
        sentences = (form.refuse(each.code, why(each)) for each in refused.unmet)
        rest = [each for each in sentences if each]
        return _page(person_looked_over(person_id), kind, form, 422, reasons=rest)
    except Stale as stale:
        form.seen.data = str(stale.version)
        return _page(person_looked_over(person_id), kind, form, 409, reasons=[_changed(stale)])
    person = person_looked_over(person_id)
    flash(
        _("%(what)s: đã ghi cho %(name)s.", what=word(kind, "change"), name=person.name), "success"
    )
    return redirect(url_for("people.show", person_id=person_id), 303)


def _changed(stale: Stale) -> str:
    return str(
        _(
            "%(who)s đã ghi thay đổi của người này lúc %(time)s; xem lại rồi bấm lần nữa để ghi.",
            who=stale.last.who if stale.last else "…",
            time=moment(stale.last.at) if stale.last else "…",
        )
    )


def _page(
    person: Any,  # noqa: ANN401
    kind: Kind,
    form: StandingForm,
    status: int,
    *,
    reasons: Sequence[str] = (),
) -> ResponseReturnValue:
    page = render_template(
        "standings/change.html",
        person=person,
        status=status_of(person, today()),
        kind=kind,
        form=form,
        rule=RULES[kind],
        clause=clause_of(CHANGES[kind].clause),
        closed=[why(each) for each in _closed(person, kind)],
        unpaid=_unpaid(person, kind),
        reasons=reasons,
    )
    return page, status


def _unpaid(person: Any, kind: Kind) -> list[Any]:  # noqa: ANN401
    """List the months without dues in the last year, where they are grounds."""
    if kind is not Kind.DELETE:
        return []
    return list(unpaid_in_the_year_before(person.id, today(), today()))
