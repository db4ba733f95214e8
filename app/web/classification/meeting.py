"""The meeting that classifies, for a whole branch in one form: all in favour, and who differs."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.admission.meetings import Voter, roll_of
from app.queries.classification.members import Member
from app.queries.classification.sheets import facts_of, members_of, sheet_of
from app.services.classification.desks import in_post
from app.services.classification.meetings import Held, hold_meeting
from app.services.refusals import NotFound
from app.web.access import asked_by, needs, today
from app.web.classification.routes import blueprint, checked
from app.web.fields import CountField
from app.web.meetings.forms import COUNTS as LABELS
from app.web.meetings.forms import MinutesForm
from app.web.standings.places import unit_looked_over, why
from workflows.classification.process import CLASSIFICATION
from workflows.engine import Refused
from workflows.requirements.classification import to_vote_on
from workflows.voting import Ballots

# Hands are raised: no ballot can be spoiled.
COUNTS = {name: LABELS[name] for name in ("in_favour", "against", "blank")}
FIELD_OF = {
    "classified_in_person": "mode",
    "met_in_time": "held_on",
    "enough_at_the_meeting": "present",
}


class MeetingForm(MinutesForm):
    """The minutes and the usual vote; each member's own is added where it differs."""

    in_favour = CountField(COUNTS["in_favour"])
    against = CountField(COUNTS["against"])
    blank = CountField(COUNTS["blank"])

    people: Sequence[Voter] = ()
    members: Sequence[Member] = ()

    def seat(self, people: Sequence[Voter]) -> None:
        """List those who may come."""
        self.people, self.present.data = people, list(self.present.data or ())

    def everyone_came(self) -> None:
        """Tick all who must be there as present."""
        self.present.data = [str(each.id) for each in self.people if each.counts]

    def roll(self) -> dict[int, bool]:
        """Return who may vote, and whether each was there; who is away counts where they came."""
        came = {each.id: str(each.id) in self.present.data for each in self.people}
        return {each.id: came[each.id] for each in self.people if each.counts or came[each.id]}

    def votes(self) -> dict[int, Ballots]:
        """Return the vote on each member: the usual one, or their own where it is given."""
        present = sum(self.roll().values())
        usual = self._counts("")
        if all(count is None for count in usual):
            usual = (present, 0, 0)
        return {
            each.person_id: _ballots(own if any(c is not None for c in own) else usual)
            for each in self.members
            for own in [self._counts(f"_{each.person_id}")]
        }

    def _counts(self, ending: str) -> tuple[int | None, ...]:
        return tuple(self[f"{name}{ending}"].data for name in COUNTS)


def _ballots(counts: tuple[int | None, ...]) -> Ballots:
    in_favour, against, blank = (count or 0 for count in counts)
    return Ballots(in_favour, against, blank, 0)


def _form(members: Sequence[Member], **kwargs: Any) -> MeetingForm:  # noqa: ANN401
    class WholeForm(MeetingForm):
        """The meeting on these members."""

    for each in members:
        for name, label in COUNTS.items():
            field = CountField(f"{each.name}: {label}")
            setattr(WholeForm, f"{name}_{each.person_id}", field)
    form = WholeForm(**kwargs)
    form.members = members
    return form


@blueprint.route("/<int:unit_id>/<int:year>/meeting", methods=["GET", "POST"])
@needs(Right.PREPARE)
def meeting(unit_id: int, year: int) -> ResponseReturnValue:
    """Record the meeting that voted on the grades."""
    unit = unit_looked_over(unit_id)
    form = _form_of(unit, checked(year))
    form.roll_on = form.day() or today()
    form.seat(roll_of(unit, form.roll_on))
    if "everyone" in request.form:
        form.everyone_came()
    if request.method == "GET" or request.form.keys() & {"relist", "everyone"}:
        return _page(unit, year, form), 200
    if form.validate():
        return _record(unit_id, year, form)
    return _page(unit, year, form), 422


def _form_of(unit: Any, year: int) -> MeetingForm:  # noqa: ANN401
    """Make the form on those who are still to be voted on."""
    row = sheet_of(unit.id, year)
    if row is None:
        raise NotFound
    in_post(row, CLASSIFICATION, "hold_meeting", asked_by())
    members = members_of(unit, year, row, today())
    asked = {line.person_id for line in to_vote_on(facts_of(year, members, today()))}
    voted_on = [each for each in members if each.person_id in asked]
    return _form(voted_on, data={"held_on": today(), "seen": row.version})


def _record(unit_id: int, year: int, form: MeetingForm) -> ResponseReturnValue:
    held = Held(form.minutes(), form.roll(), form.votes())
    try:
        hold_meeting(unit_id, year, held, by=asked_by(), seen=form.version())
    except Refused as refused:
        rest = []
        for reason in refused.unmet:
            field = FIELD_OF.get(reason.code)
            if field:
                form[field].errors = [*form[field].errors, why(reason)]
            else:
                rest.append(why(reason))
        form.form_errors = rest
        return _page(unit_looked_over(unit_id), year, form), 422
    flash(_("Đã ghi cuộc họp xếp loại."), "receipt")
    return redirect(url_for(".sheet", unit_id=unit_id, year=year), 303)


def _page(unit: Any, year: int, form: MeetingForm) -> str:  # noqa: ANN401
    return render_template(
        "classification/meeting.html", unit=unit, year=year, form=form, counts=COUNTS
    )
