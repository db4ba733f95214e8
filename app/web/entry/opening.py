"""Opening an entry of a season: one of those who lead a branch of ours is chosen."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from app import policies
from app.policies import Right
from app.queries.contest.competitors import Leader, leaders_of
from app.queries.contest.entries import open_entry_of, takes_entries
from app.queries.contest.seasons import call_ends
from app.queries.units.tree import unit_by_id
from app.services.dossiers import Receipt
from app.services.entry.openings import open_entry
from app.services.refusals import Invalid
from app.web.access import asked_by, me, now, today
from app.web.contest.at_hand import season_at
from app.web.dossiers.opened import opened
from app.web.drafts import put_aside, resumed, wants_later
from app.web.fields import KeyedForm, as_number, given
from app.web.filters import moment, word
from workflows.labels import N_

SENTENCES = {
    "entry_open": N_("Người này đã có hồ sơ dự thi {ref} của mùa này: làm tiếp hồ sơ đó."),
    "leads_no_branch": N_("Người này không phải đoàn viên đang làm bí thư, phó bí thư chi đoàn."),
    "call_not_begun": N_("Chưa nhận đăng ký; bắt đầu nhận {begins}."),
    "call_ended": N_("Đã hết hạn đăng ký ({until}). Hỏi đơn vị tổ chức để được gia hạn."),
}


class OpeningForm(KeyedForm):
    """Who competes: a secretary or deputy of a branch that the person prepares for."""

    person = RadioField(
        _l("Người dự thi"), [given(_l("Chọn người dự thi."))], choices=[], validate_choice=False
    )

    def offer(self, leaders: list[Leader]) -> None:
        """Offer those who lead a branch, oneself among them."""
        self.person.choices = [SelectChoice(_key(each), _said(each)) for each in leaders]


def _key(leader: Leader) -> str:
    return f"{leader.unit_id}-{leader.person_id}"


def _said(leader: Leader) -> str:
    post = word(leader.post, "post")
    said = f"{leader.name}, {post} {leader.unit_name}"
    return f"{said} ({_('tôi tự đăng ký')})" if leader.person_id == me().person_id else said


def opening() -> ResponseReturnValue:
    """Answer GET and POST of /dossiers/new/contest; ``?year=`` names the season."""
    year = as_number(request.args.get("year"))
    if year is None:
        flash(_("Chọn mùa hội thi, rồi bấm Đăng ký dự thi."), "info")
        return redirect(url_for("contests.listing"), 303)
    season = season_at(year)
    if wants_later():
        return put_aside(_("Đăng ký dự thi %(year)s", year=year), place=_place(year))
    leaders = leaders_of([each.unit_id for each in _posts()], today())
    form = resumed(OpeningForm, place=_place(year))
    form.offer(leaders)
    if form.validate_on_submit():
        try:
            return opened(_open(year, form, leaders), _place(year))
        except Invalid as error:
            _blame(form, error)
    return _page(season, form, leaders), 422 if form.errors else 200


def _page(season: Any, form: OpeningForm, leaders: list[Leader]) -> str:  # noqa: ANN401
    opened = (open_entry_of(each.person_id, season.id) for each in leaders)
    return render_template(
        "contest_entry/opening.html",
        form=form,
        season=season,
        leaders=leaders,
        windows=_windows(season),
        under_way=[ref for ref in opened if ref],
    )


def _place(year: int) -> str:
    return f"{request.path}?year={year}"


def _posts() -> list[Any]:
    return policies.posts_with(me(), Right.PREPARE)


def _windows(season: Any) -> list[tuple[str, Any, bool]]:  # noqa: ANN401
    """List until when each of my branches may enter, and whether it may now."""
    units = [unit for each in _posts() if (unit := unit_by_id(each.unit_id))]
    ends = [(unit.name, call_ends(season, unit)) for unit in units]
    return [(name, until, takes_entries(season, until, now())) for name, until in ends]


def _open(year: int, form: OpeningForm, leaders: list[Leader]) -> Receipt:
    chosen = next((each for each in leaders if _key(each) == form.person.data), None)
    if chosen is None:
        raise Invalid("person", "leads_no_branch")
    by = asked_by(form.request_key.data)
    return open_entry(year, chosen.unit_id, chosen.person_id, by=by)


def _blame(form: OpeningForm, error: Invalid) -> None:
    if error.code not in SENTENCES:
        raise error
    values = {name: _written(value) for name, value in error.values.items()}
    form.person.errors = [_(SENTENCES[error.code]).format(**values)]


def _written(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return "…"
    return moment(value) if hasattr(value, "hour") else str(value)
