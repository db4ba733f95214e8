"""The words of an admission: states, steps, sections, claims, and what is missing."""

from workflows.labels.marks import N_

STATES = {
    "nomination": N_("Chọn đối tượng"),
    "education": N_("Bồi dưỡng"),
    "branch_vote": N_("Chờ họp chi đoàn"),
    "ready": N_("Chờ trình"),
    "commune_review": N_("Đoàn cơ sở xét"),
    "returned": N_("Trả lại để bổ sung"),
    "superior_review": N_("Cấp trên cho ý kiến"),
    "ceremony": N_("Chờ lễ kết nạp"),
    "card_issue": N_("Chờ cấp thẻ"),
    "admitted": N_("Đã kết nạp"),
    "refused": N_("Không được chuẩn y"),
    "withdrawn": N_("Đã rút"),
    "lapsed": N_("Đã kết thúc"),
}

STEPS = {
    "begin_education": N_("Bắt đầu bồi dưỡng"),
    "call_to_vote": N_("Đưa ra hội nghị chi đoàn"),
    "postpone_vote": N_("Hoãn biểu quyết"),
    "record_vote": N_("Ghi kết quả biểu quyết"),
    "correct_vote": N_("Đính chính kết quả biểu quyết"),
    "submit": N_("Trình đoàn cơ sở"),
    "adopt_resolution": N_("Ghi nghị quyết kết nạp"),
    "approve": N_("Chuẩn y"),
    "send_back": N_("Trả lại"),
    "refuse": N_("Không chuẩn y"),
    "ask_superior": N_("Xin ý kiến cấp trên"),
    "consent": N_("Đồng ý"),
    "object": N_("Không đồng ý"),
    "resubmit": N_("Trình lại"),
    "repeat_vote": N_("Đưa ra biểu quyết lại"),
    "record_ceremony": N_("Ghi lễ kết nạp"),
    "issue_card": N_("Cấp thẻ"),
    "withdraw": N_("Rút hồ sơ"),
    "lapse": N_("Kết thúc hồ sơ"),
}

SECTIONS = {
    "person": N_("Nhân thân"),
    "nomination": N_("Nguồn và người giúp đỡ"),
    "application": N_("Đơn xin vào Đoàn"),
    "background": N_("Lý lịch"),
    "introducer": N_("Giới thiệu"),
    "study": N_("Tìm hiểu về Đoàn"),
    "party_opinion": N_("Ý kiến cấp ủy"),
    "vote": N_("Hội nghị chi đoàn"),
    "proposal": N_("Đề nghị của chi đoàn"),
    "decision": N_("Quyết định"),
    "ceremony": N_("Lễ kết nạp"),
    "card": N_("Thẻ đoàn viên"),
}

# What each claim asks; shown in the checklist where it holds.
CLAIMS = {
    "identity_complete": N_("Có đủ họ tên, ngày sinh, giới tính"),
    "old_enough": N_("Đủ tuổi vào ngày họp"),
    "not_too_old": N_("Chưa quá tuổi vào ngày họp"),
    "schooled": N_("Học xong tiểu học trở lên"),
    "not_yet_member": N_("Chưa là đoàn viên"),
    "expulsion_is_over": N_("Đã qua thời hạn sau khi bị khai trừ"),
    "source_named": N_("Đã ghi nguồn của đối tượng"),
    "helper_assigned": N_("Đã phân công đoàn viên giúp đỡ"),
    "application_written": N_("Có đơn xin vào Đoàn viết chậm nhất vào ngày họp"),
    "background_declared": N_("Đã khai lý lịch"),
    "party_consulted": N_("Cấp ủy đã cho ý kiến về người thân đang bị giam giữ"),
    "proposal_written": N_("Có đề nghị của chi đoàn sau cuộc họp"),
    "introduced": N_("Có cá nhân hoặc tập thể giới thiệu"),
    "introducer_is_member": N_("Người giới thiệu là đoàn viên"),
    "three_months_together": N_("Người giới thiệu cùng công tác hoặc học tập từ đủ 3 tháng"),
    "study_finished": N_("Đã học lớp tìm hiểu về Đoàn hoặc đạt bài kiểm tra tự học"),
    "meeting_day_named": N_("Có ngày họp chi đoàn"),
    "vote_recorded": N_("Đã ghi kết quả biểu quyết"),
    "vote_in_person": N_("Họp trực tiếp"),
    "vote_not_ahead": N_("Cuộc họp đã diễn ra"),
    "counts_agree": N_("Số phiếu khớp với số người có mặt"),
    "quorum_met": N_("Đủ số người dự họp"),
    "committee_may_vote": N_("Cấp trên đã đồng ý để ban chấp hành xét thay hội nghị"),
    "vote_passed": N_("Quá nửa số người có mặt tán thành"),
    "reason_given": N_("Có lý do"),
    "sections_named": N_("Có mục cần bổ sung"),
    "sections_mended": N_("Đã sửa mọi mục bị trả lại"),
    "no_new_vote_needed": N_("Không phải biểu quyết lại"),
    "new_vote_needed": N_("Đoàn cơ sở yêu cầu biểu quyết lại"),
    "has_grassroots_union": N_("Chi đoàn thuộc đoàn cơ sở"),
    "is_grassroots_branch": N_("Là chi đoàn cơ sở"),
    "signed_after_meeting": N_("Ngày ký hợp lệ"),
    "ceremony_after_signing": N_("Ngày lễ hợp lệ"),
    "card_numbered": N_("Có số thẻ và ngày cấp hợp lệ"),
    "no_card_yet": N_("Chưa được cấp thẻ"),
    "past_age_or_idle": N_("Đã quá tuổi hoặc để quá lâu"),
}

# What is missing where a claim fails, and what to do; ``{…}`` are the claim's values.
UNMET = {
    "identity_complete": N_("Ghi đủ họ tên, ngày sinh và giới tính."),
    "old_enough": N_("Chưa đủ tuổi: họp biểu quyết sớm nhất vào ngày {earliest}."),
    "not_too_old": N_("Quá tuổi kết nạp: ngày họp muộn nhất là {latest}."),
    "schooled": N_("Ghi trình độ học vấn; phải học xong tiểu học, trừ nơi được xét linh hoạt."),
    "not_yet_member": N_(
        "Người này đã là đoàn viên; nếu mới chuyển đến, hãy làm thủ tục chuyển sinh hoạt."
    ),
    "expulsion_is_over": N_(
        "Bị khai trừ chưa đủ 1 năm: họp biểu quyết sớm nhất vào ngày {earliest}."
    ),
    "source_named": N_("Chọn nguồn của đối tượng, ví dụ: đội viên trưởng thành, học sinh."),
    "helper_assigned": N_("Phân công một đoàn viên giúp đỡ đối tượng."),
    "application_written": N_("Bổ sung đơn xin vào Đoàn, ngày viết không sau ngày họp."),
    "background_declared": N_(
        "Khai đủ lý lịch, kể cả việc có người thân đang bị giam giữ hay không."
    ),
    "party_consulted": N_(
        "Có người thân đang bị giam giữ: xin ý kiến cấp ủy cùng cấp trước khi biểu quyết."
    ),
    "proposal_written": N_("Viết đề nghị của chi đoàn, ghi ngày không trước ngày họp."),
    "introduced": N_(
        "Ghi ai giới thiệu và ngày giới thiệu, không sau ngày họp; nếu là cá nhân, ghi "
        "cả ngày bắt đầu cùng công tác hoặc học tập."
    ),
    "introducer_is_member": N_(
        "Người giới thiệu không phải là đoàn viên: chọn người khác hoặc sửa loại giới thiệu."
    ),
    "three_months_together": N_(
        "Người giới thiệu chưa cùng công tác hoặc học tập đủ 3 tháng: đến ngày {earliest} mới đủ."
    ),
    "study_finished": N_(
        "Ghi kết quả lớp tìm hiểu về Đoàn hoặc bài kiểm tra tự học, chậm nhất vào ngày họp."
    ),
    "meeting_day_named": N_("Ghi ngày họp chi đoàn."),
    "vote_recorded": N_("Ghi kết quả biểu quyết của hội nghị chi đoàn."),
    "vote_in_person": N_(
        "Không được biểu quyết kết nạp trong cuộc họp trực tuyến: hãy họp trực tiếp."
    ),
    "vote_not_ahead": N_("Chưa đến ngày họp {held}: ghi kết quả sau khi họp xong."),
    "counts_agree": N_("Số phiếu không khớp: {left} và {right}; hãy xem lại biên bản."),
    "quorum_met": N_("Chưa đủ người dự họp: có mặt {present} người, cần ít nhất {needed}."),
    "committee_may_vote": N_(
        "Ban chấp hành chỉ xét thay hội nghị khi cấp trên đã đồng ý, chậm nhất vào ngày họp."
    ),
    "vote_passed": N_(
        "Không đạt: {in_favour} phiếu tán thành, cần ít nhất {needed} trong {present} người có mặt."
    ),
    "reason_given": N_("Ghi rõ lý do."),
    "sections_named": N_("Chọn ít nhất một mục cần bổ sung, trong các mục chi đoàn sửa được."),
    "sections_mended": N_("Sửa nốt các mục bị trả lại: {sections}."),
    "no_new_vote_needed": N_("Đoàn cơ sở yêu cầu biểu quyết lại: hãy họp lại trước khi trình."),
    "new_vote_needed": N_(
        "Đoàn cơ sở không yêu cầu biểu quyết lại: sửa các mục bị trả lại rồi trình lại."
    ),
    "has_grassroots_union": N_("Chi đoàn cơ sở tự ra nghị quyết kết nạp, không trình lên."),
    "is_grassroots_branch": N_(
        "Chỉ chi đoàn cơ sở tự ra nghị quyết kết nạp; chi đoàn khác trình đoàn cơ sở."
    ),
    "signed_after_meeting": N_("Ghi ngày ký trong khoảng từ {first} đến {last}."),
    "ceremony_after_signing": N_("Ghi ngày lễ trong khoảng từ {first} đến {last}."),
    "card_numbered": N_("Ghi số thẻ; ngày cấp không trước ngày ký chuẩn y và không sau hôm nay."),
    "no_card_yet": N_("Không cấp thêm: người này đã có thẻ số {number}."),
    "past_age_or_idle": N_(
        "Chưa kết thúc được: đối tượng chưa quá tuổi, hồ sơ chưa để quá {months} tháng."
    ),
}

SOURCES = {
    "pioneer": N_("Đội viên trưởng thành"),
    "resident": N_("Thanh niên trên địa bàn"),
    "worker": N_("Công nhân, người lao động"),
    "pupil": N_("Học sinh"),
    "student": N_("Sinh viên"),
    "official": N_("Cán bộ, công chức, viên chức"),
    "soldier": N_("Lực lượng vũ trang"),
}

INTRODUCERS = {
    "member": N_("Một đoàn viên"),
    "party_member": N_("Một đảng viên (nơi chưa có tổ chức Đoàn)"),
    "federation": N_("Tập thể chi hội Hội LHTN Việt Nam"),
    "student_association": N_("Ban chấp hành chi hội Hội Sinh viên"),
    "pioneers": N_("Tập thể chi đội Đội TNTP Hồ Chí Minh"),
}

SCHOOLING = {
    "none": N_("Chưa học xong tiểu học"),
    "primary": N_("Tiểu học"),
    "lower_secondary": N_("Trung học cơ sở"),
    "upper_secondary": N_("Trung học phổ thông"),
    "higher": N_("Trên trung học phổ thông"),
}

WAYS = {
    "branch": N_("Hội nghị chi đoàn, đoàn cơ sở chuẩn y"),
    "grassroots_branch": N_("Chi đoàn cơ sở tự ra nghị quyết"),
    "no_branch": N_("Nơi chưa có chi đoàn: đoàn cơ sở làm toàn bộ"),
}
