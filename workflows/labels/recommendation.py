"""The words of a recommendation to the Party: states, steps, parts, claims, what is missing."""

from workflows.labels.marks import N_

STATES = {
    "chosen": N_("Được bình chọn, chi đoàn làm hồ sơ"),
    "listing": N_("Chờ trao danh sách cho cấp ủy"),
    "with_party": N_("Chờ cấp ủy công nhận"),
    "prospect": N_("Đối tượng Đảng, đang bồi dưỡng"),
    "resolution": N_("Chờ nghị quyết giới thiệu"),
    "resolved": N_("Đã có nghị quyết, chờ chuyển chi bộ"),
    "with_cell": N_("Hồ sơ ở chi bộ"),
    "cell_accepted": N_("Chi bộ đã nhận, chờ kết nạp Đảng"),
    "probation": N_("Đảng viên dự bị"),
    "full_member": N_("Đảng viên chính thức"),
    "not_admitted": N_("Không được kết nạp Đảng"),
    "left_union": N_("Không còn là đoàn viên"),
    "moved_away": N_("Đã chuyển hồ sơ ra ngoài huyện"),
}

STEPS = {
    "complete_file": N_("Gửi hồ sơ lên đoàn cơ sở"),
    "hand_list": N_("Trao danh sách cho cấp ủy"),
    "recognise": N_("Ghi công nhận đối tượng Đảng"),
    "ask_opinion": N_("Đề nghị chi đoàn cho ý kiến"),
    "renew_class": N_("Đưa về học lại lớp bồi dưỡng"),
    "record_resolution": N_("Ghi nghị quyết giới thiệu"),
    "hand_to_cell": N_("Chuyển hồ sơ cho chi bộ"),
    "cell_returns": N_("Chi bộ trả hồ sơ"),
    "cell_accepts": N_("Chi bộ nhận hồ sơ"),
    "admit_to_party": N_("Ghi kết nạp Đảng"),
    "become_full_member": N_("Ghi đảng viên chính thức"),
    "close_unadmitted": N_("Kết thúc, không được kết nạp"),
    "close_left": N_("Kết thúc, không còn là đoàn viên ở đây"),
}

SECTIONS = {
    "profile": N_("Trích ngang (mẫu danh sách)"),
    "wish": N_("Nguyện vọng, bài cảm nhận, nhận xét của chi đoàn"),
    "effort": N_("Sơ lược quá trình phấn đấu"),
    "union_comment": N_("Nhận xét của đoàn cơ sở"),
    "prospect": N_("Đối tượng Đảng và bồi dưỡng"),
    "branch_quarter": N_("Nhận xét hằng quý của chi đoàn"),
    "union_quarter": N_("Nhận xét hằng quý của đoàn cơ sở"),
    "resolution": N_("Nghị quyết giới thiệu"),
    "party": N_("Chuyển cấp ủy, chi bộ và kết quả"),
    "branch_probation": N_("Ý kiến của chi đoàn về đảng viên dự bị"),
    "union_probation": N_("Ý kiến của đoàn cơ sở về đảng viên dự bị"),
    "delay": N_("Vì sao chưa được kết nạp"),
}

CLAIMS = {
    "in_good_standing": N_("Không bị đình chỉ, xử lý"),
    "graded_excellent": N_("Được xếp loại hoàn thành xuất sắc trong năm tính"),
    "of_party_age": N_("Đủ 18 tuổi vào ngày họp chi đoàn"),
    "schooled_for_party": N_("Học xong trung học cơ sở trở lên"),
    "profile_written": N_("Đã ghi trích ngang"),
    "own_wish_written": N_("Có nguyện vọng vào Đảng"),
    "essay_received": N_("Đã nhận bài cảm nhận về Đảng"),
    "branch_commented": N_("Có nhận xét của chi đoàn về đoàn viên ưu tú"),
    "effort_written": N_("Có sơ lược quá trình phấn đấu"),
    "union_commented": N_("Có nhận xét của đoàn cơ sở"),
    "has_left": N_("Không còn là đoàn viên ở đây"),
    "members_gave_opinion": N_("Hội nghị chi đoàn cho ý kiến, không phải ban chấp hành"),
    "met_as_prospect": N_("Họp sau khi cấp ủy công nhận đối tượng Đảng"),
    "opinion_passed": N_("Đạt tỷ lệ tán thành của người có mặt"),
    "class_attended": N_("Có giấy chứng nhận bồi dưỡng nhận thức về Đảng"),
    "class_still_valid": N_("Giấy chứng nhận còn giá trị"),
    "class_lapsed": N_("Giấy chứng nhận đã hết giá trị"),
    "party_member_assigned": N_("Có đảng viên được phân công theo dõi, giúp đỡ"),
    "committee_counted": N_("Số phiếu của ban chấp hành khớp nhau"),
    "against_explained": N_("Có lý do của người không tán thành"),
    "member_described": N_("Có ưu điểm, khuyết điểm"),
    "listed_in_time": N_("Ngày trao danh sách hợp lệ"),
    "party_named": N_("Có tên cấp ủy hoặc chi bộ nhận"),
    "recognised_in_time": N_("Ngày công nhận hợp lệ"),
    "recognition_numbered": N_("Có số quyết định công nhận"),
    "resolved_in_time": N_("Ngày họp ban chấp hành hợp lệ"),
    "handed_in_time": N_("Ngày chuyển chi bộ hợp lệ"),
    "accepted_in_time": N_("Ngày chi bộ nhận hợp lệ"),
    "admitted_in_time": N_("Ngày kết nạp Đảng hợp lệ"),
    "probation_served": N_("Đủ 12 tháng dự bị"),
    "branch_commented_on_probation": N_("Chi đoàn đã cho ý kiến về đảng viên dự bị"),
    "union_commented_on_probation": N_("Đoàn cơ sở đã cho ý kiến về đảng viên dự bị"),
}

UNMET = {
    "in_good_standing": N_("Đang bị đình chỉ sinh hoạt: chờ giải quyết xong."),
    "graded_excellent": N_(
        "Năm tính cho danh hiệu {year} chưa được xếp loại hoàn thành xuất sắc nhiệm vụ."
    ),
    "of_party_age": N_("Chưa đủ 18 tuổi: chi đoàn họp sớm nhất vào ngày {earliest}."),
    "schooled_for_party": N_("Ghi trình độ học vấn ở sổ đoàn viên: từ trung học cơ sở trở lên."),
    "profile_written": N_("Ghi mục trích ngang: thường trú, chức vụ hoặc nơi học, làm việc."),
    "own_wish_written": N_(
        "Ghi ngày đoàn viên bày tỏ nguyện vọng vào Đảng, sau ngày sinh và không sau hôm nay."
    ),
    "essay_received": N_("Ghi ngày nhận bài cảm nhận về Đảng, sau ngày sinh và không sau hôm nay."),
    "branch_commented": N_("Viết nhận xét của chi đoàn về đoàn viên này."),
    "effort_written": N_("Ghi công tác Đoàn và kết quả học tập, lao động."),
    "union_commented": N_("Viết nhận xét của đoàn cơ sở trước khi trao danh sách."),
    "has_left": N_("Người này vẫn là đoàn viên ở đây: không kết thúc bằng cách này được."),
    "members_gave_opinion": N_("Toàn chi đoàn cho ý kiến, ban chấp hành không xét thay."),
    "met_as_prospect": N_("Cấp ủy công nhận ngày {first}: chi đoàn họp từ ngày ấy trở đi."),
    "opinion_passed": N_(
        "Chưa đạt: {in_favour} phiếu tán thành, cần ít nhất {needed} trong {present} người dự."
    ),
    "class_attended": N_("Ghi số và ngày giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng."),
    "class_still_valid": N_("Giấy chứng nhận hết giá trị từ ngày {end}: học lại lớp."),
    "class_lapsed": N_("Giấy chứng nhận còn giá trị đến ngày {end}."),
    "party_member_assigned": N_("Ghi đảng viên được phân công theo dõi, giúp đỡ."),
    "committee_counted": N_(
        "Tán thành và không tán thành cộng lại {voted}, có mặt {present}, tổng số ủy viên "
        "{members}: số trước không quá số sau, và phải có người dự."
    ),
    "against_explained": N_("Có người không tán thành: ghi lý do."),
    "member_described": N_("Ghi cả ưu điểm và khuyết điểm."),
    "listed_in_time": N_("Ghi ngày trao danh sách trong khoảng từ {first} đến {last}."),
    "party_named": N_("Ghi tên cấp ủy hoặc chi bộ nhận."),
    "recognised_in_time": N_("Ghi ngày công nhận trong khoảng từ {first} đến {last}."),
    "recognition_numbered": N_("Ghi số quyết định công nhận."),
    "resolved_in_time": N_("Ghi ngày họp ban chấp hành trong khoảng từ {first} đến {last}."),
    "handed_in_time": N_("Ghi ngày chuyển chi bộ trong khoảng từ {first} đến {last}."),
    "accepted_in_time": N_("Ghi ngày chi bộ nhận trong khoảng từ {first} đến {last}."),
    "admitted_in_time": N_("Ghi ngày kết nạp Đảng trong khoảng từ {first} đến {last}."),
    "probation_served": N_("Ghi ngày chuyển chính thức, sớm nhất {first}, không sau {last}."),
    "branch_commented_on_probation": N_("Ghi ý kiến của chi đoàn về đảng viên dự bị."),
    "union_commented_on_probation": N_("Ghi ý kiến của đoàn cơ sở về đảng viên dự bị."),
}

STATIONS = {
    "chosen": N_("Bình chọn"),
    "with_party": N_("Trao danh sách"),
    "prospect": N_("Đối tượng Đảng"),
    "opinion": N_("Chi đoàn cho ý kiến"),
    "resolution": N_("Nghị quyết"),
    "cell": N_("Chi bộ"),
    "probation": N_("Dự bị"),
    "full_member": N_("Chính thức"),
    "ended": N_("Đã kết thúc"),
}
