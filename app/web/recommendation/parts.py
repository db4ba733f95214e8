"""How the parts of a recommendation are written, and what a refused comment says."""

from typing import Any

from flask_babel import gettext as _

from app.queries.recommendation.files import RecommendationFile
from app.services.recommendation.comments import NUMBERS, SIDES, WORDS
from app.services.recommendation.parts import (
    PART_FIELDS,
    WRITTEN,
    may_open,
    may_write,
    save_part,
)
from app.services.refusals import Invalid
from app.web.access import me
from app.web.dossiers.section_forms import SectionForms
from app.web.filters import day
from app.web.recommendation.forms import FORMS
from workflows.recommendation_facts import Part

OF_PROBATION = frozenset({Part.BRANCH_PROBATION, Part.UNION_PROBATION})


def _on_file(file: RecommendationFile, part: Part) -> dict[str, Any]:
    if part in OF_PROBATION:
        opinion = file.opinions.get(SIDES[part])
        return {name: getattr(opinion, name, None) for name in (*NUMBERS, *WORDS)}
    return {name: getattr(file.recommendation, name) for name in PART_FIELDS.get(part, ())}


def _blame(form: Any, error: Exception) -> None:  # noqa: ANN401
    if not isinstance(error, Invalid):
        raise error
    first: Any = error.values.get("first")
    begun = day(first)
    sentences = {
        "before_probation": _("Kết nạp Đảng ngày %(day)s: lấy ý kiến từ ngày ấy.", day=begun),
        "reason_missing": _("Có người không tán thành: ghi lý do."),
        "quarter_closed": _("Quý này đã có nhận xét, hoặc chưa đến: chọn quý khác."),
        "numbers_disagree": _("Cộng tán thành và không tán thành nhiều hơn số người được hỏi."),
    }
    form[error.field].errors = [sentences[error.code]]


PARTS = SectionForms(
    names=WRITTEN,
    form_of=lambda _file, part: FORMS[part],
    on_file=_on_file,
    may_open=may_open,
    save=save_part,
    blame=_blame,
    may_write=lambda file, part: may_write(me(), file, part),
)
