"""The year and unit that a page of the programme is about, and what all of these pages say."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _

from app import policies
from app.actors import HeldPost
from app.policies import Right
from app.queries.rules import rulebook
from app.services.people.standings import PeopleRefused
from app.services.programme.contents import OLDEST_YEAR
from app.services.refusals import Forbidden, NotFound, Stale
from app.web.access import me, today
from app.web.fields import as_number
from app.web.filters import moment, word
from app.web.standings.places import clause_of, why


def year_asked() -> int:
    """Return the year the address names; this year where it names none that makes sense."""
    asked, now = as_number(request.args.get("year")), int(today().year)
    return asked if asked is not None and OLDEST_YEAR <= asked <= now + 1 else now


def checked(year: int) -> int:
    """Return a year of which there can be a programme.

    Raises:
        NotFound: it is too long ago, or too far ahead.
    """
    if not OLDEST_YEAR <= year <= today().year + 1:
        raise NotFound
    return year


def keeps(unit: Any) -> bool:  # noqa: ANN401
    """Whether this person writes on the sheet of a unit."""
    return bool(policies.may(me(), Right.PREPARE, unit.id, unit.path))


def sets(unit: Any) -> bool:  # noqa: ANN401
    """Whether this person writes the programme of a unit."""
    return bool(policies.may(me(), Right.SET_PROGRAMME, unit.id, unit.path))


def mine_to(condition: bool) -> None:  # noqa: FBT001
    """Refuse who looks over a unit, but does not do its work.

    Raises:
        Forbidden: it is not theirs.
    """
    if not condition:
        raise Forbidden("not_your_desk")


def rule_of_the_result() -> dict[str, Any]:
    """Return the numbers of the rule that proposes a result, and where it comes from."""
    local = rulebook().on(today()).local
    best, middle = (int(share * 100) for share in local.programme_shares)
    return {
        "least": local.programme_least,
        "best": best,
        "middle": middle,
        "clause": clause_of("programme_result"),
        "source": clause_of("programme"),
        "plan": clause_of("programme_plan"),
    }


def sentences_of(refused: PeopleRefused) -> Mapping[int, list[str]]:
    """Say of each member what is missing, or who changed their registration since."""
    told = {number: [overtaken(stale)] for number, stale in refused.changed.items()}
    return told | {number: [why(each) for each in rest] for number, rest in refused.unmet.items()}


def overtaken(stale: Stale) -> str:
    """Say who was quicker; the second press goes through."""
    last = stale.last
    return str(
        _(
            "Vừa có thay đổi: %(who)s, %(step)s, %(time)s. Xem lại rồi bấm lần nữa.",
            who=(last.who if last else "") or _("đoàn viên (qua liên kết)"),
            step=word(last.step, "programme_step") if last else "…",
            time=moment(last.at) if last else "…",
        )
    )


def my_units(posts: Iterable[HeldPost]) -> list[HeldPost]:
    """List the posts by which somebody looks over units, each unit once, no unit within another."""
    held = {each.unit_id: each for each in posts}
    return [
        each
        for each in held.values()
        if not any(other.reaches(each.path) for other in held.values() if other is not each)
    ]
