"""What people of the demo district write: short, plausible, and about nobody."""

APPLICATIONS = (
    "Qua tìm hiểu Điều lệ Đoàn, em thấy Đoàn là nơi để rèn luyện và cống hiến cho quê hương.",
    "Em đã tham gia các buổi sinh hoạt hè và mong được học hỏi thêm trong tổ chức Đoàn.",
    "Em hiểu nhiệm vụ của đoàn viên và hứa chấp hành Điều lệ, tích cực rèn luyện bản thân.",
    "Em muốn góp sức trẻ vào việc xây dựng ấp nông thôn mới và giúp bạn bè cùng tiến bộ.",
)
INTRODUCTIONS = (
    "Bạn sống chan hòa, siêng năng, tích cực tham gia các hoạt động của chi đoàn.",
    "Bạn có ý thức tổ chức, ham học hỏi; tôi xin giới thiệu và tiếp tục giúp đỡ bạn.",
    "Bạn luôn nhận việc khó trong các đợt ra quân và được mọi người quý mến.",
)
PROPOSALS = (
    "Chi đoàn nhất trí đề nghị Ban Chấp hành Đoàn xã xét, chuẩn y kết nạp.",
    "Đủ điều kiện theo Điều lệ; chi đoàn kính đề nghị Đoàn cấp trên chuẩn y.",
)
FAMILIES = (
    "Cha: làm ruộng; mẹ: nội trợ; một em gái đang đi học.",
    "Cha: thợ hồ; mẹ: buôn bán; hai anh trai làm công nhân.",
    "Cha mẹ làm vườn; một chị gái là giáo viên.",
)
CLASS_TITLE = "Lớp tìm hiểu về Đoàn"
TWIN_REASON = "Trùng họ tên và ngày sinh nhưng khác cha mẹ và nơi ở, đã đối chiếu giấy tờ."
CUSTODY_NOTE = "Anh ruột đang chấp hành án, gia đình đã khai đầy đủ."
PARTY_OPINION = "Chi ủy nhất trí để chi đoàn xét kết nạp; bản thân không liên quan."
CORRECTION = "Kiểm lại phiếu thấy đã cộng sót một phiếu không tán thành."
RETURNS = {
    "application": "Đơn chưa nêu nhận thức về Điều lệ Đoàn.",
    "introducer": "Lời giới thiệu còn quá ngắn, chưa nói rõ quá trình phấn đấu.",
    "study": "Chưa ghi điểm bài kiểm tra tự học.",
    "person": "Quê quán ghi chưa đầy đủ.",
    "vote": "Biên bản không ghi số người vắng; cần họp và biểu quyết lại.",
}
MENDED = {
    "application": {"own_words": "Em đã đọc lại Điều lệ Đoàn, hiểu quyền và nhiệm vụ đoàn viên."},
    "introducer": {"introduction": "Bạn đã cùng chi đoàn làm đường, dạy học hè, được tin cậy."},
    "study": {"self_study_result": "Đạt 8,5/10, có bài kiểm tra kèm theo."},
    "person": {"home_place": "Ấp 2, xã Tân Quới, huyện Bình Tân, tỉnh Vĩnh Long"},
}
QUESTION = "Gia đình có yếu tố cần cân nhắc, xin ý kiến Huyện đoàn trước khi chuẩn y."
CONSENT = "Đồng ý để Đoàn xã chuẩn y."
OBJECTION = "Cần xác minh thêm lý lịch trước khi chuẩn y."
REFUSAL = "Khai lý lịch không trung thực, chưa đủ điều kiện chuẩn y."
WITHDRAWALS = (
    "Bạn chuyển đi học ở tỉnh khác, sẽ kết nạp ở nơi mới.",
    "Bạn xin hoãn vì bận việc gia đình.",
)
LAPSE = "Đã quá tuổi kết nạp mà hồ sơ chưa hoàn thành."
