"""The one place that commits: a use case is done whole, or not at all."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.services.refusals import Invalid

Given = ParamSpec("Given")
Result = TypeVar("Result")

SENT_TWICE = {
    *("uq_events_request_key", "uq_group_acts_request_key"),
    "uq_quiz_attempts_contestant_id_part",
}
TAKEN = {
    "uq_people_district_id_card_number": "card_number",
    "uq_dossiers_open_transfer": "person",
    "uq_classification_lines_confirmed": "person",
    "uq_contest_seasons_district_id_year": "year",
}


def use_case(act: Callable[Given, Result]) -> Callable[Given, Result]:
    """Run a public function of a service as one transaction.

    A form that arrived twice at the same moment loses against the unique request key; the act
    then runs once more, finds what the first one did, and answers the same. A value that must be
    the only one of its kind, and is not, is ``Invalid`` at its field.
    """

    @wraps(act)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return _committed(act, *args, **kwargs)
        except IntegrityError as error:
            constraint = broken_constraint(error)
            if constraint in TAKEN:
                raise Invalid(TAKEN[constraint], "taken") from error
            if constraint not in SENT_TWICE:
                raise
        return _once_more(act, *args, **kwargs)

    return run


def _once_more(act: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Whoever uses a key again for something else gets nothing."""
    try:
        return _committed(act, *args, **kwargs)
    except IntegrityError as error:
        if broken_constraint(error) not in SENT_TWICE:
            raise
        raise Invalid("request_key", "used") from error


def _committed(act: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    _begin()
    try:
        result = act(*args, **kwargs)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    return result


def _begin() -> None:
    """A page that is only looked at lets each statement stand alone; an act never does."""
    if not db.session().in_transaction():
        return
    options = db.session.connection().get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        db.session.rollback()


def broken_constraint(error: IntegrityError) -> str | None:
    """Name the constraint that refused a row, so that a form can say which field is at fault."""
    diagnosis = getattr(error.orig, "diag", None)
    return getattr(diagnosis, "constraint_name", None)
