"""Words people read that belong to no workflow: statuses, kinds of unit, refusals, other events."""

from flask_babel import lazy_gettext as _l

STATUSES = {
    "candidate": _l("Đối tượng kết nạp"),
    "member": _l("Đoàn viên"),
    "temporarily_out": _l("Sinh hoạt tạm thời nơi khác"),
    "temporarily_in": _l("Sinh hoạt tạm thời tại đây"),
    "working_away": _l("Đi làm ăn xa"),
    "deferred": _l("Hoãn sinh hoạt"),
    "awaiting_transfer": _l("Chờ chuyển sinh hoạt"),
    "transferred": _l("Đã chuyển đi"),
    "suspended": _l("Bị đình chỉ"),
    "deleted": _l("Đã xóa tên"),
    "expelled": _l("Bị khai trừ"),
    "matured": _l("Trưởng thành Đoàn"),
    "honorary": _l("Đoàn viên danh dự"),
    "deceased": _l("Đã mất"),
}
SEXES = {"male": _l("Nam"), "female": _l("Nữ")}
UNIT_KINDS = {
    "hamlet": _l("Ấp, khóm"),
    "school": _l("Trường học"),
    "agency": _l("Cơ quan"),
    "enterprise": _l("Doanh nghiệp"),
    "forces": _l("Lực lượng vũ trang"),
}
AREAS = {"rural": _l("Nông thôn"), "urban": _l("Đô thị")}
OTHER_STEPS = {
    "open": _l("Lập hồ sơ"),
    "edit": _l("Sửa mục"),
    "join_class": _l("Đưa vào lớp"),
    "class_result": _l("Ghi kết quả lớp"),
}
WORKFLOWS = {"admission": _l("Kết nạp đoàn viên")}
BARS = {
    "not_your_desk": _l("Việc này thuộc đơn vị hoặc chức vụ khác, không phải của đồng chí."),
    "about_yourself": _l("Hồ sơ này là của chính đồng chí, nên người khác phải giải quyết."),
    "introduced_by_you": _l("Đồng chí là người giới thiệu, nên người khác phải quyết định."),
    "prepared_by_you": _l("Đồng chí đã lập hoặc trình hồ sơ này, nên người khác phải quyết định."),
    "section_closed": _l("Mục này đang khóa: hồ sơ không ở bước được sửa mục này."),
    "not_yours_to_invite": _l("Đồng chí chỉ mời được người vào đơn vị mình phụ trách."),
}
