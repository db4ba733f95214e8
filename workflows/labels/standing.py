"""The words of changes of standing: what can be done, its rule, and what is missing."""

from workflows.labels.marks import N_

CHANGES = {
    "work_away": N_("Ghi đi làm ăn xa"),
    "defer": N_("Hoãn sinh hoạt"),
    "return": N_("Ghi trở lại sinh hoạt"),
    "suspend": N_("Đình chỉ sinh hoạt"),
    "suspend_longer": N_("Gia hạn đình chỉ sinh hoạt"),
    "lift": N_("Thôi đình chỉ sinh hoạt"),
    "be_guest": N_("Giới thiệu sinh hoạt nơi cư trú"),
    "end_guest": N_("Thôi sinh hoạt nơi cư trú"),
    "stay_on": N_("Tiếp tục sinh hoạt đến 35 tuổi"),
    "mature": N_("Ghi trưởng thành Đoàn"),
    "delete": N_("Xóa tên"),
    "resign": N_("Cho ra Đoàn theo đơn"),
    "die": N_("Ghi đoàn viên đã mất"),
}

# The rule in one sentence; the clause is written behind it.
RULES = {
    "work_away": N_(
        "Đoàn viên báo nơi đến trước mỗi chuyến đi; chi đoàn ghi sổ theo dõi. Vắng không quá một "
        "năm, đóng đủ đoàn phí thì không tính là bỏ sinh hoạt."
    ),
    "defer": N_(
        "Ban chấp hành chi đoàn quyết định, mỗi lần không quá một năm; vẫn đóng đoàn phí. Trong "
        "thời gian hoãn không biểu quyết."
    ),
    "return": N_("Từ ngày trở lại, đoàn viên được biểu quyết như trước."),
    "suspend": N_(
        "Đoàn cơ sở quyết định khi đang xem xét một việc, mỗi lần không quá 3 tháng, được gia hạn "
        "một lần. Trong thời gian đó không biểu quyết, không chuyển đi. Không phải là kỷ luật."
    ),
    "suspend_longer": N_(
        "Đoàn cơ sở gia hạn một lần, không quá 3 tháng, tính từ sau ngày cuối của lần trước."
    ),
    "lift": N_("Đoàn cơ sở quyết định; từ ngày đó đoàn viên được biểu quyết như trước."),
    "be_guest": N_(
        "Hồ sơ Đoàn vẫn ở đơn vị hiện nay. Ở nơi cư trú được dự và phát biểu, không biểu quyết."
    ),
    "end_guest": N_("Nơi cư trú không còn ghi đoàn viên này trong danh sách."),
    "stay_on": N_(
        "Đoàn viên quá 30 tuổi có nguyện vọng thì chi đoàn xem xét, quyết định; không quá 35 tuổi."
    ),
    "mature": N_(
        "Đoàn viên quá 30 tuổi được làm lễ trưởng thành; cán bộ Đoàn đang giữ chức vụ thì tiếp tục."
    ),
    "delete": N_(
        "Không sinh hoạt hoặc không đóng đoàn phí 3 tháng trong một năm mà không có lý do chính "
        "đáng: hội nghị chi đoàn quyết định với quá nửa số người có mặt, rồi báo đoàn cơ sở. "
        "Không phải là kỷ luật."
    ),
    "resign": N_(
        "Chi đoàn xem xét đơn, đoàn cơ sở quyết định; không giải quyết khi đang bị đình chỉ."
    ),
    "die": N_("Tên đoàn viên được giữ trong sổ, không còn trong danh sách sinh hoạt."),
}

MISSED = {
    "activity": N_("Không sinh hoạt"),
    "dues": N_("Không đóng đoàn phí"),
}

UNMET = {
    "member_of_ours": N_("Người này không phải là đoàn viên đang sinh hoạt ở đây."),
    "in_activity": N_(
        "Đang vắng, hoãn, bị đình chỉ hoặc chờ chuyển: ghi trở lại sinh hoạt trước đã."
    ),
    "alive": N_("Đoàn viên này đã được ghi là đã mất."),
    "no_office_held": N_(
        "Người này đang giữ chức vụ: được tiếp tục sinh hoạt; muốn thôi thì bàn giao chức vụ trước."
    ),
    "settled_first": N_("Đang bị đình chỉ: chờ giải quyết xong mới xét đơn xin ra Đoàn."),
    "begins_in_time": N_("Ghi ngày bắt đầu trong khoảng từ {first} đến {last}."),
    "happened_in_time": N_("Ghi ngày trong khoảng từ {first} đến {last}."),
    "address_given": N_("Ghi địa chỉ nơi đến."),
    "return_expected": N_("Ghi ngày dự kiến trở lại, từ {first} trở đi."),
    "deferred_a_year_at_most": N_(
        "Ghi ngày hết hoãn trong khoảng từ {first} đến {last}: mỗi lần không quá một năm."
    ),
    "cause_given": N_("Ghi lý do hoãn sinh hoạt."),
    "suspended_now": N_("Người này không đang bị đình chỉ."),
    "not_suspended_yet": N_("Người này đang bị đình chỉ: chọn gia hạn hoặc thôi đình chỉ."),
    "suspended_once_more_at_most": N_("Đã đình chỉ rồi gia hạn một lần, không thêm được nữa."),
    "suspended_in_measure": N_(
        "Ghi ngày hết đình chỉ trong khoảng từ {first} đến {last}: mỗi lần không quá 3 tháng."
    ),
    "grounds_told": N_("Ghi lý do đình chỉ."),
    "host_elsewhere": N_("Chọn chi đoàn nơi cư trú, khác đơn vị đang giữ hồ sơ."),
    "no_guest_yet": N_("Đang sinh hoạt ở một nơi cư trú: ghi thôi nơi đó trước."),
    "resident_long_enough": N_("Ghi ngày đăng ký cư trú, muộn nhất là {latest} để đủ 6 tháng."),
    "something_to_end": N_("Người này không đang vắng hoặc hoãn, nên không có gì để ghi trở lại."),
    "ends_in_time": N_("Ghi ngày trở lại trong khoảng từ {first} đến {last}."),
    "past_thirty": N_("Chưa quá 30 tuổi: đến năm {year} mới đưa vào danh sách trưởng thành."),
    "not_over_35": N_("Đã quá 35 tuổi: chỉ tiếp tục được đến {last}."),
    "not_staying_yet": N_("Chi đoàn đã đồng ý cho tiếp tục sinh hoạt rồi, không ghi lần nữa."),
    "applied_before": N_("Ghi ngày viết đơn, không sau ngày quyết định {last}."),
    "contacted_before": N_("Ghi ngày gặp, liên lạc với đoàn viên, không sau ngày họp {last}."),
    "three_months_missed": N_(
        "Mới {missed} tháng; phải từ {needed} tháng trong một năm mới xét xóa tên."
    ),
    "not_excused": N_(
        "Đi làm ăn xa không quá một năm mà vẫn đóng đủ đoàn phí, hoặc đang được hoãn, "
        "thì không tính là bỏ sinh hoạt."
    ),
    "deletion_in_person": N_(
        "Không được biểu quyết xóa tên trong cuộc họp trực tuyến: hãy họp trực tiếp."
    ),
    "roll_is_whole": N_(
        "Số người được dự đã ghi ({entitled}) ít hơn danh sách ngày đó ({counted}); xem lại."
    ),
}
