"""Words of judging: what is wrong with a sheet, what bars a judge, where a round stands."""

from workflows.labels.marks import N_

# Keyed by the codes of workflows.contest.marking.
UNMET = {
    "missing": N_("Chưa chấm tiêu chí này."),
    "no_number": N_("Điểm không phải là số. Ghi số từ 0 đến {most}, ví dụ 8,5."),
    "below_zero": N_("Điểm {points} nhỏ hơn 0."),
    "above_most": N_("Điểm {points} quá mức tối đa {most}."),
    "off_step": N_("Điểm {points} không đúng bước: chấm cách nhau {step} điểm."),
    "unexplained": N_("Điểm dưới {limit} phải ghi lý do."),
    "too_long": N_("Lý do dài {length} ký tự; tối đa {most}."),
    "over_part": N_("Tổng {points} quá điểm tối đa của phần thi, {most}."),
}
CONFLICTS = {
    "itself": N_("là chính thí sinh"),
    "home": N_("cùng đơn vị với thí sinh"),
    "post": N_("giữ hoặc từng giữ chức vụ ở đơn vị của thí sinh"),
    "kinship": N_("có quan hệ gia đình với thí sinh"),
    "coach": N_("đã hướng dẫn, tập luyện cho thí sinh"),
    "other": N_("lý do khác"),
}
HOURS = {
    "before": N_("Chưa đến giờ chấm."),
    "open": N_("Đang nhận điểm."),
    "over": N_("Đã hết giờ nhận điểm."),
    "season_shut": N_("Mùa thi không ở giai đoạn chấm điểm."),
}
SHEETS = {
    "empty": N_("Chưa chấm"),
    "draft": N_("Bản nháp"),
    "final": N_("Đã chốt"),
    "removed": N_("Không tính"),
}
STEPS = {
    "assign_sheet": N_("Phân công chấm"),
    "save_sheet": N_("Lưu nháp điểm"),
    "make_final": N_("Chốt điểm"),
    "late_sheet": N_("Gửi điểm sau giờ đóng"),
    "reopen_sheet": N_("Mở lại phiếu điểm"),
    "let_in_sheet": N_("Cho nộp điểm sau giờ đóng"),
    "remove_sheet": N_("Rút phiếu điểm khỏi kết quả"),
    "type_sheet": N_("Nhập phiếu giấy"),
    "seat_judge": N_("Cử giám khảo"),
    "unseat_judge": N_("Thôi cử giám khảo"),
    "declare_conflict": N_("Khai mối liên quan"),
    "remind_judge": N_("Nhắc giám khảo"),
    "adjust_points": N_("Cộng hoặc trừ điểm"),
    "time_part": N_("Ghi thời gian"),
    "draw_debates": N_("Bốc thăm cặp tranh biện"),
    "end_round": N_("Kết thúc chấm"),
    "go_on_round": N_("Mở chấm tiếp"),
}
BARS = {
    "judge_conflict": N_("Đồng chí có mối liên quan với thí sinh này nên không được chấm."),
    "sheet_is_final": N_("Phiếu này đã chốt: chỉ trưởng ban giám khảo mở lại được."),
    "only_the_chair": N_("Chỉ trưởng ban giám khảo làm được việc này."),
    "judges_do_not_type": N_("Giám khảo của vòng thi không nhập phiếu giấy của người khác."),
    "season_shut": N_("Mùa thi không ở giai đoạn chấm điểm nên điểm không đổi được nữa."),
    "round_not_open": N_("Chưa đến giờ chấm của vòng thi."),
}
