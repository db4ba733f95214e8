"""What people write on the way of an exemplary member."""

PROFILE = {
    "birth_place": "Huyện Bình Tân, tỉnh Vĩnh Long",
    "permanent_address": "Xã nơi sinh hoạt, huyện Bình Tân",
    "position": "Đoàn viên, lao động tại địa phương",
    "it_skills": "Ứng dụng cơ bản",
    "awards": "Giấy khen của Huyện đoàn",
    "joined_at": "Chi đoàn trường",
    "own_class": "Nông dân",
}
EFFORT = {
    "union_work": "Tham gia đủ các buổi sinh hoạt; phụ trách đội thanh niên tình nguyện của ấp.",
    "work_results": "Làm kinh tế khá, giúp ba hộ thanh niên cùng làm.",
}
BRANCH_COMMENT = "Gương mẫu, nhiệt tình, được đoàn viên tín nhiệm."
UNION_COMMENT = "Hoàn thành xuất sắc nhiệm vụ, có nguyện vọng phấn đấu vào Đảng."
RETURNED = "Nhận xét còn chung chung: ghi rõ việc đã làm trong năm."
HELPER = "Đảng viên được chi bộ phân công"
QUARTER = "Giữ vững tinh thần phấn đấu, hoàn thành việc được giao trong quý."
GUESTS = "Đại diện chi bộ"
PROPOSAL = "Chi đoàn đề nghị giới thiệu đoàn viên với chi bộ."
RESOLUTION = {
    "strengths": "Lập trường vững vàng, lối sống trong sạch, gần gũi thanh niên.",
    "weaknesses": "Đôi lúc còn ngại phê bình.",
    "against_reason": "Cần thêm thời gian thử thách.",
}
CELL_RETURNED = "Bổ sung bản sao giấy chứng nhận lớp bồi dưỡng."
PROBATION = {
    "strengths": "Tiếp tục gương mẫu trong thời gian dự bị.",
    "weaknesses": "Cần mạnh dạn hơn khi góp ý.",
    "against_reason": "",
}
WITHDRAWN = "Chưa sẵn sàng, xin rút theo nguyện vọng."
NOT_ADMITTED = "Cấp ủy chưa xét kết nạp, đoàn viên chuyển việc làm."
