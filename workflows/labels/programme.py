"""The words of the training programme: fields, marks, states, steps, what is missing."""

from workflows.labels.marks import N_

FIELDS = {
    "politics": N_("Nhận thức chính trị"),
    "ethics": N_("Đạo đức"),
    "lifestyle": N_("Lối sống"),
    "fitness": N_("Thể lực"),
    "skills": N_("Kỹ năng"),
    "work": N_("Chuyên môn, nghề nghiệp"),
}
MARKS = {
    "done_well": N_("Thực hiện tốt"),
    "average": N_("Trung bình"),
    "not_done": N_("Chưa thực hiện"),
}
STATES = {
    "": N_("Chưa đăng ký"),
    "registered": N_("Chờ chi đoàn duyệt"),
    "returned": N_("Trả lại để sửa"),
    "approved": N_("Đang rèn luyện"),
    "reviewed": N_("Đã nhận xét giữa năm"),
    "self_evaluated": N_("Đã tự đánh giá"),
    "concluded": N_("Đã kết luận"),
}
STEPS = {
    "register": N_("Đăng ký nội dung"),
    "approve": N_("Duyệt đăng ký"),
    "send_back": N_("Trả lại"),
    "review": N_("Nhận xét giữa năm"),
    "track": N_("Ghi việc đã làm"),
    "self_evaluate": N_("Tự đánh giá"),
    "conclude": N_("Kết luận kết quả"),
}
# What is done to the programme of a unit itself.
ACTS = {
    "begin_programme": N_("Lập bản nháp"),
    "write_programme": N_("Ghi nội dung"),
    "open_programme": N_("Mở cho đăng ký"),
}
UNMET = {
    "enough_contents": N_("Mới chọn {number} nội dung; cần ít nhất {least}."),
    "required_chosen": N_("Còn thiếu nội dung bắt buộc: {contents}."),
    "programme_return_reasoned": N_("Ghi lý do trả lại để đoàn viên biết sửa gì."),
    "remark_given": N_("Ghi nhận xét giữa năm."),
    "each_self_marked": N_("Chưa tự đánh giá: {contents}."),
    "each_content_marked": N_("Chưa đánh giá: {contents}."),
    "other_result_reasoned": N_("Kết luận khác mức đề nghị: ghi lý do."),
    "silence_reasoned": N_("Đoàn viên chưa tự đánh giá: ghi lý do kết luận."),
}
