"""What people of the demo district write about members: short, plausible, and about nobody."""

WORKPLACES = (
    "Khu công nghiệp Sóng Thần, Bình Dương",
    "Khu công nghiệp Trà Nóc, Cần Thơ",
    "Khu công nghiệp Hòa Phú, Long Hồ",
    "Quận 12, Thành phố Hồ Chí Minh",
    "Khu công nghiệp Long Hậu, Long An",
)
DEFERRALS = ("Nuôi con nhỏ", "Điều trị bệnh dài ngày", "Chăm sóc cha mẹ bệnh nặng")
RESIGNATION = "Xin ra Đoàn vì không còn điều kiện tham gia, đã làm đơn."
DELETION = "Không tham gia sinh hoạt, đã liên hệ nhiều lần."
DEATH = "Tai nạn giao thông"
STAYS_ON = "Có nguyện vọng tiếp tục sinh hoạt đến 35 tuổi."
COMMENTS = (
    "Sinh hoạt đều, hoàn thành tốt nhiệm vụ được giao.",
    "Tích cực tham gia phong trào; được chi đoàn tín nhiệm.",
    "Chấp hành tốt Điều lệ, có tinh thần giúp đỡ bạn bè.",
)
OUTSIDE = (
    "Đoàn phường 5, thành phố Vĩnh Long",
    "Đoàn Trường Đại học Cần Thơ",
    "Đoàn phường Hưng Lợi, Cần Thơ",
    "Đoàn Công ty PouYuen, Thành phố Hồ Chí Minh",
)
MOVES = ("Lập gia đình, chuyển nơi ở", "Đổi nơi làm việc", "Gia đình chuyển chỗ ở")
STUDIES = "Học nghề ngắn hạn"
NO_PAPERS = "Giấy giới thiệu thiếu nhận xét của chi đoàn; đề nghị bổ sung."
NOT_HERE = "Người được giới thiệu không cư trú tại địa bàn."
NOT_THIS_BRANCH = "Không thuộc địa bàn của chi đoàn, đề nghị giới thiệu chi đoàn khác."
CHANGED_MIND = "Đoàn viên không chuyển nữa."
HARDSHIPS = ("Gia đình thuộc hộ nghèo", "Đang điều trị bệnh dài ngày", "Mồ côi, đang đi học")
NO_REISSUE = "Đơn chưa có xác nhận nơi mất; đề nghị bổ sung rồi gửi lại."
