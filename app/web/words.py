"""Words people read that belong to no workflow: statuses, kinds of unit, refusals, other events."""

from workflows.labels import N_

STATUSES = {
    "candidate": N_("Đối tượng kết nạp"),
    "member": N_("Đoàn viên"),
    "temporarily_out": N_("Sinh hoạt tạm thời nơi khác"),
    "temporarily_in": N_("Sinh hoạt tạm thời tại đây"),
    "residence_guest": N_("Sinh hoạt nơi cư trú"),
    "working_away": N_("Đi làm ăn xa"),
    "deferred": N_("Hoãn sinh hoạt"),
    "awaiting_transfer": N_("Chờ chuyển sinh hoạt"),
    "transferred": N_("Đã chuyển đi"),
    "suspended": N_("Bị đình chỉ"),
    "deleted": N_("Đã xóa tên"),
    "resigned": N_("Đã xin ra Đoàn"),
    "expelled": N_("Bị khai trừ"),
    "matured": N_("Trưởng thành Đoàn"),
    "honorary": N_("Đoàn viên danh dự"),
    "deceased": N_("Đã mất"),
}
HOLDINGS = {
    "has": N_("Có"),
    "lacks": N_("Chưa có"),
    "lost": N_("Đã mất"),
    "reissued": N_("Đã cấp lại"),
}
SEXES = {"male": N_("Nam"), "female": N_("Nữ")}
UNIT_KINDS = {
    "hamlet": N_("Ấp, khóm"),
    "school": N_("Trường học"),
    "agency": N_("Cơ quan"),
    "enterprise": N_("Doanh nghiệp"),
    "forces": N_("Lực lượng vũ trang"),
}
AREAS = {"rural": N_("Nông thôn"), "urban": N_("Đô thị")}
OTHER_STEPS = {
    "open": N_("Lập hồ sơ"),
    "edit": N_("Sửa mục"),
    "join_class": N_("Đưa vào lớp"),
    "class_result": N_("Ghi kết quả lớp"),
}
WORKFLOWS = {
    "admission": N_("Kết nạp đoàn viên"),
    "transfer": N_("Chuyển sinh hoạt Đoàn"),
}
BARS = {
    "not_your_desk": N_("Việc này thuộc đơn vị hoặc chức vụ khác, không phải của đồng chí."),
    "about_yourself": N_("Hồ sơ này là của chính đồng chí, nên người khác phải giải quyết."),
    "introduced_by_you": N_("Đồng chí là người giới thiệu, nên người khác phải quyết định."),
    "prepared_by_you": N_("Đồng chí đã lập hoặc trình hồ sơ này, nên người khác phải quyết định."),
    "section_closed": N_("Mục này đang khóa: hồ sơ không ở bước được sửa mục này."),
    "not_yours_to_invite": N_("Đồng chí chỉ mời được người vào đơn vị mình phụ trách."),
}
