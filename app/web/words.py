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
UNIT_CHANGES = {
    "found": N_("Thành lập"),
    "merge": N_("Sáp nhập"),
    "split": N_("Chia tách"),
    "rename": N_("Đổi tên"),
    "close": N_("Giải thể"),
}
AREAS = {"rural": N_("Nông thôn"), "urban": N_("Đô thị")}
OTHER_STEPS = {
    "open": N_("Lập hồ sơ"),
    "edit": N_("Sửa mục"),
    "join_class": N_("Đưa vào lớp"),
    "class_result": N_("Ghi kết quả lớp"),
    "export": N_("Xuất danh sách"),
    "pay_dues": N_("Thu đoàn phí"),
    "set_wage": N_("Ghi có lương hay không"),
    "exempt_dues": N_("Miễn đoàn phí"),
    "pass_dues_up": N_("Nộp đoàn phí lên trên"),
    "confirm_dues": N_("Xác nhận đã nhận đoàn phí"),
    "take_dues_back": N_("Bỏ lần nộp đoàn phí ghi nhầm"),
    "enter": N_("Ghi vào danh sách"),
    "import": N_("Nhập từ bảng tính"),
    "edit_member_book": N_("Sửa sổ đoàn viên"),
    "read_sensitive": N_("Xem dữ liệu nhạy cảm"),
    "set_holdings": N_("Ghi sổ, thẻ, huy hiệu"),
    "found_unit": N_("Lập đơn vị"),
    "merge_unit": N_("Sáp nhập đơn vị"),
    "split_unit": N_("Chia tách đơn vị"),
    "rename_unit": N_("Đổi tên đơn vị"),
    "close_unit": N_("Giải thể đơn vị"),
    "move_unit": N_("Chuyển theo đơn vị"),
    "move_post": N_("Chuyển chức vụ theo đơn vị"),
    "name_substitute": N_("Cử người thay"),
    "end_substitute": N_("Thôi cử người thay"),
    "hand_over": N_("Bàn giao chức vụ"),
    "take_over": N_("Nhận bàn giao chức vụ"),
    "change_unit": N_("Sửa đơn vị"),
    "invite": N_("Mời giữ chức vụ"),
    "accept": N_("Nhận lời mời"),
    "renew_link": N_("Cấp liên kết đặt mật khẩu"),
    "change_password": N_("Đổi mật khẩu"),
    "slow_down": N_("Tạm khóa vì sai mật khẩu nhiều lần"),
    "give_post": N_("Giao chức vụ"),
    "end_post": N_("Kết thúc chức vụ"),
    "list_candidates": N_("Ghi danh sách học viên"),
    "open_class": N_("Mở lớp"),
    "record_results": N_("Ghi kết quả lớp"),
    "record": N_("Ghi biên bản"),
    "correct": N_("Đính chính"),
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
    "bars_your_principal": N_("Người mà đồng chí thay mặt không được quyết định hồ sơ này."),
    "only_branches_split": N_("Chỉ chi đoàn mới chia tách được ở đây."),
    "unit_closed": N_("Đơn vị này đã kết thúc hoạt động."),
    "section_closed": N_("Mục này đang khóa: hồ sơ không ở bước được sửa mục này."),
    "in_open_dossier": N_("Người này đang có hồ sơ kết nạp: sửa trong hồ sơ đó."),
    "already_taken": N_("Danh sách này đã nhập xong, không sửa được nữa."),
    "not_previewed": N_("Danh sách chưa đọc xong; hãy mở lại để đọc tiếp."),
    "not_yours_to_invite": N_("Đồng chí chỉ mời được người vào đơn vị mình phụ trách."),
}
