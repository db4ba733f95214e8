"""A lost book or card: reported by the branch, proposed, re-issued or declined above it."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.policies import Right
from app.queries.people.holdings import Loss, facts_of, loss_of
from app.services.people.holdings import answer_loss, move_named, post_for
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.web.access import asked_by, needs, today
from app.web.fields import DayField, KeyedForm, given, long, short
from app.web.filters import moment, unmet, word
from app.web.people.routes import blueprint, person_of_mine
from workflows.engine import Refused, Unmet
from workflows.holdings import Item, LossAnswers, LossMove, Move, Stage, closed, moves_from
from workflows.labels.holdings import RULES

FIELDS = {
    "loss_applied_for": "applied_on",
    "active_throughout": "was_active",
    "former_unit_confirms": "former_unit",
    "reissue_dated": "decided_on",
    "new_number_given": "card_number",
    "number_is_new": "card_number",
    "decline_reasoned": "reason",
}


class LossForm(KeyedForm):
    """A move about a loss; ``answers`` returns what was typed."""

    def answers(self) -> LossAnswers:
        """Return what was typed, by the names of the answers."""
        named = (each for each in self if each.name in LossAnswers.__dataclass_fields__)
        return LossAnswers(**{each.name: _typed(each) for each in named})

    def refuse(self, refused: Refused) -> None:
        """Say beside each field, or above all, what is missing."""
        for reason in refused.unmet:
            name = FIELDS.get(reason.code)
            said = self[name].errors if name and name in self else self.form_errors
            said.append(unmet(reason))


def _typed(field: Any) -> Any:  # noqa: ANN401
    return field.day if isinstance(field, DayField) else field.data


class CardReportForm(LossForm):
    """The member's own paper."""

    applied_on = DayField(_l("Ngày đoàn viên viết đơn"), [given()], past=True)


class BookReportForm(CardReportForm):
    """For a book the branch also confirms the activity, and the unit before may have to."""

    was_active = BooleanField(_l("Chi đoàn xác nhận đoàn viên sinh hoạt liên tục"))
    former_unit = short(_l("Xác nhận của đơn vị cũ (ai, ngày nào), nếu ở đây chưa đủ 3 tháng"))


class BookForm(LossForm):
    """The decision of the one who re-issues."""

    decided_on = DayField(_l("Ngày quyết định cấp lại"), [given()], past=True)
    decision = short(_l("Số quyết định (nếu có)"), most=50)


class CardForm(BookForm):
    """A new card has a number of its own."""

    card_number = short(_l("Số thẻ mới"), given(_l("Ghi số thẻ mới.")), most=30)


class DeclineForm(LossForm):
    """Why there is no other one."""

    reason = long(_l("Lý do"), given(_l("Ghi lý do không cấp lại.")), most=500)


FORMS: Mapping[tuple[Move, Item], type[LossForm]] = {
    (Move.REPORT, Item.BOOK): BookReportForm,
    (Move.REPORT, Item.CARD): CardReportForm,
    (Move.PROPOSE, Item.CARD): LossForm,
    (Move.REISSUE_BOOK, Item.BOOK): BookForm,
    (Move.REISSUE_CARD, Item.CARD): CardForm,
    (Move.DECLINE, Item.BOOK): DeclineForm,
    (Move.DECLINE, Item.CARD): DeclineForm,
}


@blueprint.app_template_global()
def loss_moves(person: Any) -> list[LossMove]:  # noqa: ANN401
    """List what this person may do now about what another one lost, for the page about them."""
    return [each for item in Item for each in _open_moves(person, item)]


def _open_moves(person: Any, item: Item) -> list[LossMove]:  # noqa: ANN401
    loss = loss_of(person, item, today())
    mine = [each for each in moves_from(item, loss.stage, loss.rules) if _is_mine(person, each)]
    return [each for each in mine if not _closed(person, each, loss)]


def _is_mine(person: Any, move: LossMove) -> bool:  # noqa: ANN401
    try:
        post_for(person, move, asked_by())
    except (Forbidden, NotFound):
        return False
    return True


def _closed(person: Any, move: LossMove, loss: Loss) -> list[Unmet]:  # noqa: ANN401
    return closed(move, facts_of(person, move.item, loss, LossAnswers(), today=today()))


@blueprint.app_template_global()
def pending_stage(person: Any, item: str) -> Stage | None:  # noqa: ANN401
    """Return how far the re-issue of something has come; nothing where none is under way."""
    stage = loss_of(person, Item(item), today()).stage
    return None if stage is Stage.UNREPORTED else stage


@blueprint.route("/<int:person_id>/losses/<item>/<move>", methods=["GET", "POST"])
@needs(Right.LOOK)
def loss(person_id: int, item: str, move: str) -> ResponseReturnValue:
    """Make a move about something lost: its rule, its form, what is missing beside each field."""
    known = next((each for each in FORMS if each == (move, item)), None)
    if known is None:
        abort(404)
    person, form = person_of_mine(person_id), FORMS[known]()
    if not form.seen.data:
        form.seen.data = str(person.version)
    if form.validate_on_submit():
        return _done(person_id, *known, form)
    return _page(person_id, *known, form), 422 if form.errors else 200


def _done(person_id: int, move: Move, item: Item, form: LossForm) -> ResponseReturnValue:
    """Do it; what was refused stands beside its field, the rows of before are gone by then."""
    answers, by, seen = form.answers(), asked_by(), form.version()
    try:
        answer_loss(person_id, item, move, answers, by=by, seen=seen)
    except (Refused, Invalid, Stale) as error:
        status = _say(form, error)
        return _page(person_id, move, item, form), status
    said = _("%(what)s (%(item)s): đã ghi.", what=word(move, "step"), item=word(item, "item"))
    flash(said, "success")
    return redirect(url_for(".show", person_id=person_id), 303)


def _say(form: LossForm, error: Refused | Invalid | Stale) -> int:
    """Write into the form why nothing was done, and return the status of the answer."""
    if isinstance(error, Stale):
        form.seen.data = str(error.version)
        form.form_errors.append(_changed(error))
        return 409
    if isinstance(error, Refused):
        form.refuse(error)
    elif error.field == "card_number":
        form["card_number"].errors = [_("Số thẻ này đã cấp cho người khác: ghi số khác.")]
    else:
        raise error
    return 422


def _changed(stale: Stale) -> str:
    return str(
        _(
            "%(who)s đã ghi thay đổi của người này lúc %(time)s; xem lại rồi bấm lần nữa để ghi.",
            who=stale.last.who if stale.last else "…",
            time=moment(stale.last.at) if stale.last else "…",
        )
    )


def _page(person_id: int, move: Move, item: Item, form: LossForm) -> str:
    person = person_of_mine(person_id)
    loss = loss_of(person, item, today())
    chosen = move_named(loss, item, move)
    post_for(person, chosen, asked_by())
    return render_template(
        "people/loss.html",
        person=person,
        move=chosen,
        form=form,
        loss=loss,
        rule=RULES[move.value, item.value],
        clause=loss.rules.clause(chosen.clause),
        closed=[unmet(reason) for reason in _closed(person, chosen, loss)],
    )
