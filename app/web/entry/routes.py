"""The entries of a season, and the contestants of a round: sent on, or taken out for a reason."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app import policies
from app.policies import Right
from app.queries.contest.competitors import contestants_of, entries_seen
from app.services.entry.contestants import send_on, take_out
from app.services.judging.rounds import may_organise, round_seen, to_organise
from app.services.refusals import Invalid, NotFound
from app.web.access import asked_by, me, needs, signed_in
from app.web.contest.at_hand import season_at
from app.web.fields import KeyedForm, given, long
from workflows.labels import N_

blueprint = Blueprint("entries", __name__, url_prefix="/contests/<int:year>")
REASON = 2000
SENTENCES = {
    "sheets_lack": N_("Còn thiếu {number} phiếu chấm chính thức."),
    "cut_open": N_("Chỗ đi tiếp nằm giữa những thí sinh bằng điểm: phân định trước."),
}


class ReasonForm(KeyedForm):
    """Why somebody is taken out."""

    reason = long(_l("Lý do"), given(_l("Ghi rõ lý do.")), most=REASON)


@blueprint.get("/entries")
@needs(Right.LOOK)
def listing(year: int) -> ResponseReturnValue:
    """List the entries of a season in the units that I look over."""
    season = season_at(year)
    lines = entries_seen(season.id, policies.posts_with(me(), Right.LOOK))
    return render_template("contest_entry/listing.html", season=season, lines=lines)


@blueprint.get("/rounds/<int:round_id>/contestants")
@signed_in
def contestants(year: int, round_id: int) -> ResponseReturnValue:
    """List who competes in a round, to who runs or chairs it."""
    file = round_seen(round_id, year, me())
    return render_template(
        "contest_entry/contestants.html",
        file=file,
        lines=contestants_of(round_id),
        organises=may_organise(file, me()),
    )


@blueprint.route(
    "/rounds/<int:round_id>/contestants/<int:contestant_id>/out", methods=["GET", "POST"]
)
@signed_in
def out(year: int, round_id: int, contestant_id: int) -> ResponseReturnValue:
    """Take a contestant out of a round."""
    file, _by = to_organise(round_id, year, asked_by(), lock=False)
    line = _competing(round_id, contestant_id)
    form = ReasonForm()
    if form.validate_on_submit():
        take_out(round_id, year, contestant_id, form.reason.data or "", by=asked_by())
        flash(_("Đã đưa thí sinh %(code)s ra khỏi vòng.", code=line.code), "success")
        return redirect(url_for(".contestants", year=year, round_id=round_id), 303)
    page = render_template("contest_entry/out.html", file=file, line=line, form=form)
    return page, 422 if form.errors else 200


def _competing(round_id: int, contestant_id: int) -> Any:  # noqa: ANN401
    lines = contestants_of(round_id)
    line = next((each for each in lines if each.id == contestant_id and not each.out_at), None)
    if line is None:
        raise NotFound
    return line


def _sent_on(number: int) -> str:
    return str(
        ngettext(
            "Đã đưa %(num)s thí sinh vào vòng tiếp theo.",
            "Đã đưa %(num)s thí sinh vào vòng tiếp theo.",
            number,
        )
    )


@blueprint.post("/rounds/<int:round_id>/next")
@signed_in
def following(year: int, round_id: int) -> ResponseReturnValue:
    """Let who goes on into the next round of the unit."""
    try:
        number = send_on(round_id, year, by=asked_by())
    except Invalid as error:
        flash(_(SENTENCES[error.code]).format(**error.values), "warning")
    else:
        flash(_sent_on(number), "success")
    return redirect(url_for("results.ranking", year=year, round_id=round_id), 303)
