"""The words of a contest entry: states, steps, sections, claims, and what is missing."""

from workflows.labels.marks import N_

STATES = {
    "preparing": N_("Đang soạn hồ sơ dự thi"),
    "entered": N_("Đoàn cơ sở xem hồ sơ dự thi"),
    "commune_round": N_("Thi vòng cơ sở"),
    "endorsed": N_("Cấp trên xét hồ sơ dự thi"),
    "accepted": N_("Được dự thi"),
    "not_endorsed": N_("Không được cử dự thi"),
    "not_accepted": N_("Không được nhận dự thi"),
    "withdrawn_entry": N_("Đã rút khỏi hội thi"),
}
STEPS = {
    "enter_contest": N_("Nộp hồ sơ dự thi"),
    "enter_again": N_("Nộp lại hồ sơ dự thi"),
    "admit_to_round": N_("Nhận vào vòng cơ sở"),
    "endorse": N_("Cử dự thi cấp trên"),
    "not_endorse": N_("Không cử dự thi"),
    "accept_entry": N_("Nhận dự thi"),
    "decline_entry": N_("Không nhận dự thi"),
    "withdraw_entry": N_("Rút khỏi hội thi"),
}
SECTIONS = {
    "contestant": N_("Người dự thi"),
    "achievements": N_("Thành tích"),
    "contest_rounds": N_("Các vòng thi"),
}
CLAIMS = {
    "call_takes_entries": N_("Còn trong hạn đăng ký"),
    "contestant_is_member": N_("Người dự thi là đoàn viên"),
    "leads_a_branch": N_("Đang là bí thư hoặc phó bí thư chi đoàn"),
    "contestant_age": N_("Không quá tuổi thể lệ định"),
    "posts_told": N_("Đã ghi chức vụ và thời gian giữ chức"),
    "achievements_told": N_("Đã ghi thành tích"),
    "entry_mended": N_("Đã bổ sung mục bị trả lại"),
    "commune_round_held": N_("Vòng cơ sở đã kết thúc"),
    "went_on": N_("Được đi tiếp ở vòng cơ sở"),
    "endorsement_left": N_("Còn suất cử dự thi"),
    "rules_have_commune_round": N_("Thể lệ có vòng cơ sở"),
    "takes_contestants": N_("Vòng thi còn nhận thí sinh"),
    "entry_reason": N_("Có nêu lý do không nhận hoặc rút"),
    "entry_sections_named": N_("Có nêu mục cần bổ sung"),
}
UNMET = {
    "call_takes_entries": N_("Hiện không nhận hồ sơ dự thi; hạn đăng ký {until}."),
    "contestant_is_member": N_("Người này không phải là đoàn viên."),
    "leads_a_branch": N_("Người này hiện không giữ chức bí thư hay phó bí thư chi đoàn."),
    "contestant_age": N_("Người này {age} tuổi; thể lệ nhận đến {most} tuổi."),
    "posts_told": N_("Ghi chức vụ và thời gian giữ chức."),
    "achievements_told": N_("Ghi thành tích của người dự thi và của chi đoàn."),
    "entry_mended": N_("Chưa bổ sung: {sections}."),
    "commune_round_held": N_("Chờ vòng cơ sở kết thúc."),
    "went_on": N_("Không được đi tiếp theo kết quả vòng cơ sở."),
    "endorsement_left": N_("Đoàn cơ sở chỉ được cử {most} người."),
    "rules_have_commune_round": N_("Thể lệ không có vòng cơ sở: cử thẳng lên cấp trên."),
    "takes_contestants": N_("Vòng thi không còn nhận thí sinh."),
    "entry_reason": N_("Ghi rõ lý do."),
    "entry_sections_named": N_("Chọn mục cần bổ sung và ghi lý do từng mục."),
}
