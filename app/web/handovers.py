"""An open page of an office that was handed over: what its former holder is told (statement 47)."""

from flask import request
from flask_login import current_user

from app.queries.offices import LostOffice, lies_in, lost_office
from app.queries.units.tree import unit_by_id
from app.web.access import me
from app.web.fields import as_number


def handed_over() -> LostOffice | None:
    """Return the office that this request would have needed and its sender has handed over."""
    if not current_user.is_authenticated:
        return None
    office = lost_office(me().account_id, me().posts)
    return office if office and (not me().posts or _is_about(office)) else None


def _is_about(office: LostOffice) -> bool:
    """Whether the address, or the form, names a dossier or a unit of the office."""
    named = request.view_args or {}
    if ref := named.get("ref"):
        return lies_in(ref, office)
    asked = request.form.get("unit_id") or request.args.get("unit")
    number = named.get("unit_id") or as_number(asked)
    unit = unit_by_id(number) if number else None
    return unit is not None and unit.path.startswith(office.unit_path)
