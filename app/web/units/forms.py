"""Forms of units and posts, and the sentences for what a service finds wrong in them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from app.queries.offices import Stand
from app.services.offices.accounts import Invitation
from app.services.offices.appointments import Office
from app.services.offices.handover import Substitution
from app.services.refusals import Invalid
from app.services.units.founding import Description
from app.web.access import today
from app.web.fields import DayField, KeyedForm, given, short
from app.web.filters import choices, word
from workflows.levels import Area, Level, Post, UnitKind

SENTENCES = {
    "taken_here": _l("Đã có đơn vị tên này dưới cùng đơn vị cấp trên. Ghi tên khác."),
    "no_kind": _l("Chọn loại hình của chi đoàn."),
    "after_last_day": _l("Ngày thành lập sau ngày kết thúc. Ghi ngày sớm hơn."),
    "before_first_day": _l("Ngày cuối trước ngày đầu. Ghi ngày muộn hơn, hoặc để trống."),
    "half_a_consent": _l("Ghi cả ngày và số văn bản đồng ý của cấp trên, hoặc để trống cả hai."),
    "from_above": _l("Chức vụ này do cấp trên của đơn vị giao. Chọn chức vụ khác."),
    "already_held": _l("Người này đang giữ chức vụ này trong những ngày đó."),
    "unknown_account": _l("Không có tài khoản nào tên này trong các đơn vị đồng chí phụ trách."),
    "yourself": _l("Không ai tự giao chức vụ cho mình. Xin cấp trên giao."),
    "taken": _l("Tên đăng nhập này đã có người dùng. Ghi tên khác."),
    "not_a_username": _l(
        "Ghi 3 đến 40 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch; không có dấu cách."
    ),
    "no_name": _l("Chọn đoàn viên, hoặc ghi họ và tên."),
    "unknown_person": _l("Người này không còn là đoàn viên của đơn vị. Chọn người khác."),
    "has_account": _l(
        "Người này đã có tài khoản “%(username)s”: giao chức vụ cho tài khoản đó, không mời lại."
    ),
    "not_an_address": _l("Địa chỉ thư chưa đúng dạng ten@noi.vn."),
    "cannot_stand_in": _l("Người này không thay được nữa. Chọn người khác."),
    "day_gone_by": _l("Ngày đầu đã qua. Ghi từ hôm nay trở đi."),
    "beyond_own_term": _l("Ngày cuối sau ngày đồng chí hết giữ chức vụ. Ghi ngày sớm hơn."),
    "not_sisters": _l("Chỉ sáp nhập các đơn vị cùng cấp dưới cùng đơn vị cấp trên."),
    "not_a_target": _l("Không sáp nhập được vào đơn vị này. Chọn đơn vị khác."),
    "one_alone": _l("Chọn ít nhất một đơn vị nữa."),
    "cards_twice": _l("Có %(number)s số thẻ cấp trùng ở hai nơi. Sửa số thẻ trước khi sáp nhập."),
    "season_twice": _l(
        "Hai huyện đều có hội thi năm %(year)s: chưa sáp nhập được, vì mỗi năm chỉ có một mùa."
    ),
    "sheet_confirmed": _l(
        "Xếp loại năm %(year)s của %(unit)s còn dở, mà đơn vị ở lại đã được xác nhận: "
        "làm xong và xác nhận trước khi sáp nhập."
    ),
    "ahead": _l("Ngày này ở phía trước. Ghi khi quyết định đã có hiệu lực."),
    "before_founding": _l("Ngày này không sau ngày thành lập của mọi đơn vị. Xem lại ngày."),
    "two_secretaries": _l("Chỉ một người làm bí thư. Chọn chức vụ khác cho những người còn lại."),
    "nobody_acts": _l("Phải có ít nhất một bí thư, phó bí thư hoặc cán bộ để giải quyết hồ sơ."),
    "nobody_chosen": _l("Đánh dấu những người sang chi đoàn mới."),
    "everybody_chosen": _l("Phải có người ở lại. Nếu tất cả cùng đổi tên thì dùng Đổi tên đơn vị."),
    "stranger": _l("Có người không còn trong đơn vị. Mở lại trang và chọn lại."),
    "not_a_seat": _l("Người này không còn giữ chức vụ ở đây. Chọn người khác."),
    "not_a_union": _l("Không chuyển giao được về đơn vị này. Chọn đoàn cơ sở khác."),
    "same_name": _l("Đơn vị đang có tên này. Ghi tên mới."),
    "something_left": _l(
        "Đơn vị còn người, hồ sơ, chức vụ hoặc đơn vị cấp dưới, chưa giải thể được."
    ),
    "same_holder": _l("Người này đang giữ chức vụ đó. Ghi tên người nhận."),
}


def sentence(error: Invalid) -> str:
    """Say what a service found wrong."""
    return str(SENTENCES[error.code]) % error.values


class ServiceForm(KeyedForm):
    """A form that can say what a service found wrong."""

    def refuse(self, error: Invalid) -> None:
        """Put the sentence beside the field it is about."""
        self[error.field].errors = [sentence(error)]


class UnitForm(ServiceForm):
    """What is said of a unit."""

    name = short(_l("Tên đơn vị"), given(_l("Ghi tên đơn vị.")), most=100)
    kind = SelectField(_l("Loại hình"), choices=choices("unit_kind", blank="…"))
    area = SelectField(_l("Khu vực"), choices=choices("area"))
    valid_from = DayField(_l("Ngày thành lập"), [given(_l("Ghi ngày thành lập."))])
    is_disadvantaged = BooleanField(
        _l("Nơi đặc biệt khó khăn: được xét linh hoạt về trình độ học vấn")
    )

    def description(self) -> Description:
        """Return what was said."""
        return Description(
            name=self.name.data or "",
            kind=UnitKind(self.kind.data) if self.kind.data else None,
            area=Area(self.area.data),
            valid_from=self.valid_from.day or date.min,
            is_disadvantaged=bool(self.is_disadvantaged.data),
            **self._consent(),
        )

    def _consent(self) -> dict[str, Any]:
        return {}


class FoundForm(UnitForm):
    """A new unit; a temporary one says until when."""

    level = SelectField(_l("Cấp"))
    valid_to = DayField(_l("Đến ngày (chỉ với chi đoàn tạm thời)"))
    decision = short(_l("Số quyết định thành lập"), most=100)

    def offer(self, above: Level, founds: Iterable[Level]) -> None:
        """Offer what the unit above founds; nothing is asked where there is one answer."""
        branch = _l("Chi đoàn") if above is Level.COMMUNE else _l("Chi đoàn cơ sở")
        words = {Level.BRANCH: branch, Level.COMMUNE: _l("Đoàn cơ sở (xã, trường, cơ quan)")}
        self.level.choices = [SelectChoice(level.value, words[level]) for level in founds]


class ChangeForm(UnitForm):
    """A unit described anew; of a branch also the consent that its committee votes."""

    committee_votes_from = DayField(
        _l("Ngày cấp trên đồng ý để ban chấp hành xét kết nạp thay hội nghị"), past=True
    )
    committee_votes_ref = short(_l("Số văn bản đồng ý"), most=100)

    def _consent(self) -> dict[str, Any]:
        if "committee_votes_from" not in self:
            return {}
        return {
            "committee_votes_from": self.committee_votes_from.day,
            "committee_votes_ref": self.committee_votes_ref.data or "",
        }


class PostForm(ServiceForm):
    """A post for someone who has an account."""

    username = short(_l("Tên đăng nhập"), given(_l("Ghi tên đăng nhập.")), most=40)
    post = SelectField(_l("Chức vụ"))
    from_on = DayField(_l("Từ ngày"), [given(_l("Ghi ngày bắt đầu."))], default=today)
    to_on = DayField(_l("Đến hết ngày (để trống nếu chưa biết)"))

    def offer(self, posts: Sequence[Post]) -> None:
        """Offer the posts that the person may give."""
        self.post.choices = [SelectChoice(post.value, word(post, "post")) for post in posts]

    def office(self, unit_id: int) -> Office:
        """Return the post that was asked for."""
        return Office(**self._days(unit_id))

    def _days(self, unit_id: int) -> dict[str, Any]:
        return {
            "unit_id": unit_id,
            "post": Post(self.post.data),
            "from_on": self.from_on.day or date.min,
            "to_on": self.to_on.day,
        }


class SubstituteForm(ServiceForm):
    """Who stands in for an officer, and in which days."""

    account_id = SelectField(_l("Người thay"), validators=[given(_l("Chọn người thay."))])
    from_on = DayField(_l("Từ ngày"), [given(_l("Ghi ngày bắt đầu."))], default=today)
    to_on = DayField(_l("Đến hết ngày"), [given(_l("Ghi ngày cuối."))])

    def offer(self, stands: Iterable[Stand]) -> None:
        """Offer who holds a post nearby."""
        known = [
            SelectChoice(str(each.account_id), f"{each.name} ({each.unit_name})") for each in stands
        ]
        self.account_id.choices = [SelectChoice("", "…"), *known]

    def substitution(self) -> Substitution:
        """Return what was asked for."""
        return Substitution(
            int(self.account_id.data), self.from_on.day or date.min, self.to_on.day or date.min
        )


class HandoverForm(ServiceForm):
    """Who takes an office over."""

    username = short(_l("Tên đăng nhập của người nhận"), given(_l("Ghi tên đăng nhập.")), most=40)


class InviteForm(PostForm):
    """A post for someone who has no account yet: a member of the unit, or somebody by name."""

    person_id = SelectField(_l("Đoàn viên của đơn vị"), coerce=str)
    name = short(_l("Họ và tên (nếu không chọn ở trên)"), most=100)
    email = short(_l("Thư điện tử (nếu có)"), most=200)

    def offer_members(self, members: Iterable[tuple[int, str]]) -> None:
        """Offer the members of the unit: who is named here never decides on their own dossier."""
        known = [SelectChoice(str(number), name) for number, name in members]
        self.person_id.choices = [SelectChoice("", _l("Không phải đoàn viên ở đây")), *known]

    def invitation(self, unit_id: int) -> Invitation:
        """Return who is invited to what."""
        return Invitation(
            username=self.username.data or "",
            name=self.name.data or "",
            email=self.email.data or "",
            person_id=int(self.person_id.data) if self.person_id.data else None,
            **self._days(unit_id),
        )
