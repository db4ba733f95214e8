"""Opening a transfer: of a member of ours from their page, or of one who comes from outside."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.people.roster import person_seen
from app.queries.transfers import open_transfer_of, places_from
from app.queries.units.tree import grassroots_of
from app.services.people.twins import TwinFound
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.transfer.openings import open_arrival, open_transfer
from app.web.access import asked_by, me, today
from app.web.dossiers.opened import opened
from app.web.drafts import put_aside, resumed, wants_later
from app.web.fields import SHORT, as_number, stripped
from app.web.newcomers import REFUSALS, posts_here
from app.web.transfer.forms import ArrivalForm, MoveForm
from workflows.labels import N_, UNMET

SENTENCES = {
    **REFUSALS,
    "still_a_member": UNMET["still_a_member"],
    "transfer_open": N_("Đang có hồ sơ chuyển sinh hoạt {ref} của người này: làm tiếp hồ sơ đó."),
    "taken": N_("Vừa có người khác lập hồ sơ chuyển sinh hoạt của người này: mở hồ sơ đó."),
    "no_place_to_go": N_("Không chuyển đến đơn vị này được. Chọn nơi khác."),
    "not_ours_already": N_(
        "Người này đang là đoàn viên trong huyện: chi đoàn đang quản lý lập hồ sơ chuyển đi."
    ),
    "no_member_elsewhere": N_(
        "Theo sổ ở đây, người này không còn là đoàn viên: không tiếp nhận chuyển sinh hoạt được."
    ),
    "receives_from_outside": N_("Chỉ đoàn cơ sở tiếp nhận từ ngoài huyện."),
}


def opening() -> ResponseReturnValue:
    """Answer GET and POST of /dossiers/new/transfer; ``?person=`` names a member of ours."""
    number = as_number(request.args.get("person"))
    if number:
        return _of_member(number)
    if not any(each.is_grassroots for each in posts_here()):
        flash(_("Chọn đoàn viên, rồi bấm Chuyển sinh hoạt trên trang của người đó."), "info")
        return redirect(url_for("people.listing"), 303)
    return _from_outside()


def _of_member(number: int) -> ResponseReturnValue:
    person: Any = person_seen(number, policies.posts_with(me(), Right.LOOK))
    if person is None:
        raise NotFound
    if not policies.may(me(), Right.PREPARE, person.unit_id, person.unit.path):
        raise Forbidden("not_your_desk")
    place = f"{request.path}?person={number}"
    if wants_later():
        return put_aside(_("Chuyển sinh hoạt: %(name)s", name=person.name), place=place)
    under_way = request.method == "GET" and open_transfer_of(person.id)
    if under_way:
        sentence = SENTENCES["transfer_open"]
        flash(_(sentence).format(ref=under_way), "info")
        return redirect(url_for("dossiers.show", ref=under_way), 303)
    return _move(person, place)


def _move(person: Any, place: str) -> ResponseReturnValue:  # noqa: ANN401
    form = resumed(MoveForm, place=place)
    commune = grassroots_of(person.unit)
    form.offer(places_from(person.unit, commune, today()) if commune else [])
    if form.validate_on_submit():
        try:
            by = asked_by(form.request_key.data)
            return opened(open_transfer(person.id, form.values(), by=by), place)
        except Invalid as error:
            _blame(form, error)
    page = render_template("transfer/opening.html", form=form, person=person)
    return page, 422 if form.errors else 200


def _from_outside() -> ResponseReturnValue:
    if wants_later():
        name = stripped(request.form.get("name"))[:SHORT]
        return put_aside(_("Tiếp nhận từ ngoài huyện: %(name)s", name=name or "…"))
    form = resumed(ArrivalForm)
    if form.validate_on_submit():
        try:
            by = asked_by(form.request_key.data)
            receipt = open_arrival(form.unit(), form.arrival(), form.values(), by=by)
            return opened(receipt)
        except TwinFound as found:
            form.offer(found.twins)
        except Invalid as error:
            _blame(form, error)
    return render_template("transfer/arrival.html", form=form), 422 if form.errors else 200


def _blame(form: Any, error: Invalid) -> None:  # noqa: ANN401
    """Say beside a field, or above all, why nothing was opened."""
    sentence = _(SENTENCES[error.code]).format(**error.values)
    field = {"same_as": "name"}.get(error.field, error.field)
    if field in form:
        form[field].errors = [sentence]
    else:
        form.form_errors.append(sentence)
