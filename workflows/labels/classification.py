"""The words of the yearly classification: grades, states, steps, criteria, what is missing."""

from workflows.labels.marks import N_

GRADES = {
    "excellent": N_("Hoàn thành xuất sắc"),
    "good": N_("Hoàn thành tốt"),
    "completed": N_("Hoàn thành"),
    "not_completed": N_("Không hoàn thành"),
    "fair": N_("Khá"),
    "average": N_("Trung bình"),
    "weak": N_("Yếu"),
    "strong": N_("Vững mạnh"),
}
# Before 2019 the best grade had no task in its name.
OLD_GRADES = {**GRADES, "excellent": N_("Xuất sắc")}
# The four places of both scales, where several years stand side by side.
PLACES = (
    N_("Xuất sắc, vững mạnh"),
    N_("Tốt, khá"),
    N_("Hoàn thành, trung bình"),
    N_("Không hoàn thành, yếu"),
)
STATES = {
    "draft": N_("Chi đoàn đang lập"),
    "voted": N_("Đã họp, chờ trình"),
    "submitted": N_("Chờ cấp trên xác nhận"),
    "returned": N_("Bị trả lại"),
    "confirmed": N_("Đã xác nhận"),
    "joined": N_("Đã gộp vào chi đoàn mới"),
}
STEPS = {
    "write_sheet": N_("Ghi bản xếp loại"),
    "hold_meeting": N_("Ghi cuộc họp xếp loại"),
    "reopen": N_("Sửa lại trước khi trình"),
    "submit": N_("Trình cấp trên"),
    "send_back": N_("Trả lại"),
    "resubmit": N_("Trình lại"),
    "confirm": N_("Xác nhận xếp loại"),
    "join": N_("Gộp vào bản của chi đoàn hợp nhất"),
    "take_in": N_("Nhận bản của chi đoàn hợp nhất"),
    "correct_grade": N_("Đính chính xếp loại"),
    "write_rating": N_("Ghi xếp loại chi đoàn"),
}
NOT_CLASSIFIED = {
    "party_member": N_("Không xếp loại vì là đảng viên: chỉ nhận xét"),
    "new": N_("Không xếp loại vì vào Đoàn chưa đủ 6 tháng trong năm"),
    "absent": N_("Không xếp loại vì sinh hoạt chưa đủ 6 tháng trong năm"),
    "elsewhere": N_("Không xếp loại ở đây vì đã được xếp loại ở đơn vị khác"),
}
CIRCUMSTANCES = {
    "party_member": N_("Đảng viên"),
    "maternity": N_("Nghỉ thai sản: tính thời gian thực tế"),
    "sick": N_("Nghỉ ốm trên 3 tháng: không xếp từ mức tốt trở lên"),
}
DISCIPLINES = {
    "reprimand": N_("Khiển trách"),
    "warning": N_("Cảnh cáo"),
    "dismissal": N_("Cách chức"),
}
CRITERIA = {
    "attendance": N_("Sinh hoạt"),
    "tasks": N_("Nhiệm vụ"),
    "programme": N_("Chương trình rèn luyện"),
    "dues": N_("Đoàn phí"),
    "discipline": N_("Kỷ luật"),
    "circumstance": N_("Hoàn cảnh"),
}
# What a criterion found, with its numbers.
FOUND = {
    "attendance": N_("dự {present}/{entitled} cuộc họp ({percent}%)"),
    "tasks": N_("xong {done}/{assigned} việc"),
    "programme": N_("rèn luyện: {mark}"),
    "dues": N_("đóng {paid}/{payable} tháng"),
    "discipline": N_("bị kỷ luật trong 12 tháng"),
    "circumstance": N_("theo quy định về phạm vi"),
}
MARKS = {
    "done_well": N_("thực hiện tốt"),
    "average": N_("trung bình"),
    "not_done": N_("chưa thực hiện"),
    "unregistered": N_("chưa đăng ký"),
}
MEASURES = {
    "meetings": N_("Sinh hoạt chi đoàn"),
    "registered": N_("Đăng ký rèn luyện"),
    "good_members": N_("Đoàn viên từ mức tốt (khá) trở lên"),
    "growth": N_("Kết nạp mới và đoàn viên ưu tú"),
    "dues": N_("Đoàn phí"),
    "discipline": N_("Kỷ luật từ cảnh cáo"),
    "books": N_("Sổ sách, báo cáo"),
    "activities": N_("Sinh hoạt truyền thống, hoạt động riêng"),
}
MEASURED = {
    "meetings": N_("6 tháng đầu {first}, 6 tháng cuối {second} buổi"),
    "registered": N_("{registered}/{members} đoàn viên"),
    "good_members": N_("{percent}%, mức thấp nhất: {weak} người"),
    "growth": N_("kết nạp {admitted}, ưu tú {elite}"),
    "dues": N_("còn thiếu {owed} tháng"),
    "discipline": N_("{disciplined} người"),
    "books": N_("{books}"),
    "activities": N_("theo chi đoàn ghi"),
}
BOOKS = {
    "full": N_("đầy đủ"),
    "partial": N_("chưa đầy đủ"),
    "none": N_("không có hoặc không ghi"),
}

UNMET = {
    "somebody_graded": N_("Chưa có đoàn viên nào trong bản xếp loại."),
    "other_grade_reasoned": N_("Ghi lý do đề nghị khác với số liệu của: {names}."),
    "former_unit_heard": N_(
        "Ghi nhận xét của đơn vị cũ cho người chuyển đến chưa đủ 6 tháng: {names}."
    ),
    "ceiling_kept": N_("Có {excellent} người xếp mức xuất sắc; nhiều nhất là {most}."),
    "classified_in_person": N_("Không được xếp loại trong cuộc họp trực tuyến: hãy họp trực tiếp."),
    "met_in_time": N_("Ghi ngày họp trong khoảng từ {first} đến {last}."),
    "enough_at_the_meeting": N_(
        "Chưa đủ người dự họp: có mặt {present} người, cần ít nhất {needed}."
    ),
    "each_grade_voted": N_("Ghi kết quả biểu quyết cho từng người, còn thiếu: {names}."),
    "grade_counts_agree": N_("Số phiếu của {name} không khớp: {left} và {right}."),
    "grades_passed": N_(
        "Không quá nửa số người có mặt tán thành mức của: {names}. Ghi mức mà cuộc họp tán thành."
    ),
    "votes_stand": N_("Mức đề nghị khác với mức đã biểu quyết, hãy họp lại: {names}."),
    "returns_mended": N_("Sửa nốt những người bị trả lại: {names}."),
    "return_reasoned": N_("Ghi lý do trả lại cho ít nhất một người."),
    "graded_once": N_("Đã được xác nhận xếp loại năm này ở đơn vị khác: {names}."),
    "members_voted": N_("Họp xếp loại đoàn viên trước rồi mới xếp loại chi đoàn."),
    "members_confirmed": N_(
        "Xác nhận xếp loại đoàn viên trước rồi mới xác nhận xếp loại chi đoàn."
    ),
    "rating_reasoned": N_("Mức đề nghị khác với số liệu: ghi lý do."),
    "return_said": N_("Ghi rõ lý do trả lại."),
}
