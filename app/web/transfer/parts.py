"""The parts of a transfer: what is on file in each, and a place to which nobody can move."""

from typing import Any

from flask_babel import gettext as _

from app.queries.transfers import TransferFile
from app.services.refusals import Invalid
from app.services.transfer.parts import PART_FIELDS, may_open, save_part
from app.web.dossiers.section_forms import SectionForms
from app.web.transfer.forms import OUT, form_of
from workflows.transfer_facts import Kind, Part


def _on_file(file: TransferFile, part: Part) -> dict[str, Any]:
    found = {name: getattr(file.transfer, name) for name in PART_FIELDS[part]}
    if part is Part.MOVE:
        place = found["destination_id"]
        outside = OUT if file.transfer.kind is Kind.OUT else ""
        found["destination_id"] = str(place) if place else outside
    return found


def _blame(form: Any, error: Exception) -> None:  # noqa: ANN401
    if not isinstance(error, Invalid):
        raise error
    form.destination_id.errors = [_("Không chuyển đến đơn vị này được. Chọn nơi khác.")]


PARTS = SectionForms(
    names=PART_FIELDS,
    form_of=lambda file, part: form_of(part, file.transfer.kind),
    on_file=_on_file,
    may_open=may_open,
    save=save_part,
    blame=_blame,
    papers=False,
)
