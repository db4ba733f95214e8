"""Debates in pairs: who meets whom, drawn by lot in front of everybody."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.queries.judging.debates import alone_in, debate_lines
from app.queries.judging.rounds import RoundFile
from app.services.judging.debating import draw_debates
from app.services.judging.rounds import to_run
from app.services.refusals import Invalid, NotFound
from app.web.access import asked_by, signed_in
from app.web.judging.forms import AnewForm, DrawForm
from app.web.judging.lists import blueprint


@blueprint.route("/rounds/<int:round_id>/debates/<part>", methods=["GET", "POST"])
@signed_in
def debates(year: int, round_id: int, part: str) -> ResponseReturnValue:
    """Show who debates against whom; draw for those who are alone, or all of them anew."""
    file, _by = to_run(round_id, year, asked_by(), lock=False)
    if part not in {each.code for each in file.rules.debates}:
        raise NotFound
    form = AnewForm() if "anew" in request.values else DrawForm()
    if not form.validate_on_submit():
        return _page(file, part, form), 422 if form.errors else 200
    try:
        number = draw_debates(round_id, year, form.draw(part), by=asked_by())
    except Invalid as error:
        form.refuse(error)
        return _page(file, part, form), 422
    said = ngettext("Đã bốc thăm: có %(num)s cặp.", "Đã bốc thăm: có %(num)s cặp.", number)
    flash(said, "success")
    return redirect(url_for(".debates", year=year, round_id=round_id, part=part), 303)


def _page(file: RoundFile, part: str, form: DrawForm) -> str:
    return render_template(
        "judging/debates.html",
        file=file,
        part=file.rules.part(part),
        form=form,
        debates=debate_lines(file.round.id, part),
        alone=alone_in(file.round.id, part),
    )
