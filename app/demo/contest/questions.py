"""The question bank of the demo: forty questions on the Union, the right answer always first."""

from collections.abc import Iterator

from app.services.quiz.question_file import NewQuestion

HISTORY = """
Đoàn TNCS Hồ Chí Minh được thành lập ngày nào?
    26/3/1931 | 03/2/1930 | 15/5/1941 | 02/9/1945
Đoàn mang tên Đoàn TNCS Hồ Chí Minh từ năm nào?
    1976 | 1931 | 1956 | 1986
Bài ca chính thức của Đoàn là bài nào?
    Thanh niên làm theo lời Bác | Tiến quân ca | Lên đàng | Khát vọng tuổi trẻ
Tác giả bài “Thanh niên làm theo lời Bác” là ai?
    Hoàng Hòa | Văn Cao | Lưu Hữu Phước | Phạm Tuyên
Ai vẽ mẫu huy hiệu Đoàn?
    Huỳnh Văn Thuận | Tô Ngọc Vân | Bùi Trang Chước | Nguyễn Sáng
Đội TNTP Hồ Chí Minh được thành lập ngày nào?
    15/5/1941 | 26/3/1931 | 09/1/1950 | 15/10/1956
Ngày truyền thống học sinh, sinh viên Việt Nam là ngày nào?
    09/1 | 26/3 | 15/5 | 20/11
Ngày truyền thống Hội LHTN Việt Nam là ngày nào?
    15/10 | 26/3 | 09/1 | 22/12
Ai được coi là người đoàn viên thanh niên cộng sản đầu tiên?
    Lý Tự Trọng | Nguyễn Văn Trỗi | Võ Thị Sáu | Kim Đồng
Phong trào “Ba sẵn sàng” là của thanh niên ở đâu?
    Miền Bắc | Miền Nam | Miền Trung | Nước ngoài
Phong trào “Năm xung phong” là của thanh niên ở đâu?
    Miền Nam | Miền Bắc | Tây Bắc | Nước ngoài
Câu “Đâu cần thanh niên có…” tiếp theo là gì?
    việc gì khó có thanh niên | việc lớn cũng xong | ở đâu cũng vui | thanh niên đi trước
Ngày 26/3 hằng năm được gọi là gì?
    Ngày thành lập Đoàn | Ngày thành lập Đảng | Ngày Hội LHTN | Ngày thành lập Đội
"""
STATUTE = """
Đoàn TNCS Hồ Chí Minh hoạt động theo nguyên tắc nào?
    Tập trung dân chủ | Tự do bàn bạc | Mỗi nơi tự quyết | Cấp trên quyết hết
Cơ quan lãnh đạo cao nhất của mỗi cấp bộ Đoàn là gì?
    Đại hội | Ban thường vụ | Ủy ban kiểm tra | Văn phòng
Nền tảng của Đoàn là tổ chức nào?
    Tổ chức cơ sở Đoàn | Tỉnh đoàn | Huyện đoàn | Hội LHTN
Đơn vị nào là tế bào của Đoàn?
    Chi đoàn | Huyện đoàn | Tỉnh đoàn | Câu lạc bộ
Hội nghị xét kết nạp đoàn viên biểu quyết ở đâu trước tiên?
    Chi đoàn | Huyện đoàn | Tỉnh đoàn | Hội LHTN
Người xin vào Đoàn phải tự nguyện viết gì?
    Đơn xin vào Đoàn | Bản cam kết đóng góp | Giấy mời | Báo cáo năm
Được kết nạp khi bao nhiêu người có mặt tán thành?
    Hơn một nửa | Một phần ba | Tất cả | Một phần tư
Lễ kết nạp tổ chức trong thời hạn nào sau quyết định?
    Một tháng | Một năm | Sáu tháng | Hai năm
Trên bao nhiêu tuổi thì chi đoàn làm lễ trưởng thành Đoàn?
    30 | 25 | 28 | 40
Quyền nào là của đoàn viên?
    Ứng cử, đề cử, bầu cử | Miễn đóng đoàn phí | Vắng sinh hoạt | Tự chọn cấp trên
Nhiệm vụ nào là của đoàn viên?
    Sinh hoạt và đóng đoàn phí đều | Nộp thay cho chi đoàn | Chỉ dự đại hội | Ký thay bí thư
Hình thức nào là kỷ luật đoàn viên?
    Khiển trách | Xóa tên | Trưởng thành | Chuyển sinh hoạt
Xóa tên đoàn viên có phải là kỷ luật không?
    Không | Có | Chỉ với cán bộ | Chỉ ở trường học
"""
PRACTICE = """
Sổ nào do bí thư chi đoàn giữ và ghi?
    Sổ chi đoàn | Sổ hộ khẩu | Sổ tiết kiệm | Sổ đỏ
Chi đoàn khu dân cư nên sinh hoạt định kỳ thế nào?
    Mỗi tháng | Mỗi năm | Hai năm một lần | Khi có khách
Biên bản hội nghị chi đoàn do ai ghi?
    Thư ký hội nghị | Khách mời | Đoàn cấp trên | Người vắng mặt
Khi đoàn viên chuyển nơi ở, chi đoàn làm gì trước?
    Nhận xét và giới thiệu chuyển | Xóa tên | Khai trừ | Cấp thẻ mới
Chi đoàn nộp đoàn phí lên đâu?
    Đoàn cấp trên trực tiếp | Ủy ban xã | Trường học | Hội LHTN
Giới thiệu đoàn viên ưu tú vào Đảng bắt đầu từ đâu?
    Bình chọn ở chi đoàn | Quyết định của huyện | Đơn của gia đình | Phiếu của trường
Xếp loại đoàn viên thực hiện khi nào?
    Hằng năm | Năm năm một lần | Mỗi ngày | Khi chuyển đi
Chương trình rèn luyện đoàn viên do ai đăng ký?
    Từng đoàn viên | Huyện đoàn | Cha mẹ | Khách mời
Đoàn viên vắng sinh hoạt nhiều kỳ, bí thư làm gì trước?
    Gặp gỡ, tìm hiểu lý do | Khai trừ ngay | Bỏ qua | Báo công an
Công trình thanh niên cần có gì?
    Kế hoạch và người phụ trách | Ca sĩ | Vé vào cửa | Giấy phép lái xe
Tổ chức hội nghị chi đoàn, việc nào làm trước?
    Chuẩn bị nội dung và mời họp | Ghi kết quả | Bế mạc | Chụp ảnh
Bí thư chi đoàn phân công nhiệm vụ dựa vào đâu?
    Khả năng từng đoàn viên | Bốc thăm | Tuổi tác | Nơi ở
Nghị quyết chi đoàn có hiệu lực với ai?
    Mọi đoàn viên chi đoàn | Người có mặt | Ban chấp hành | Người tán thành
Muốn giữ đoàn viên đi làm ăn xa, chi đoàn làm gì?
    Giữ liên lạc và hẹn kỳ về | Xóa tên | Thu thẻ | Ngừng sinh hoạt
"""
TOPICS = {"Lịch sử Đoàn": HISTORY, "Điều lệ Đoàn": STATUTE, "Nghiệp vụ chi đoàn": PRACTICE}


def bank() -> list[NewQuestion]:
    """Return the questions, topic by topic."""
    return [question for topic, text in TOPICS.items() for question in _read(text, topic)]


def _read(text: str, topic: str) -> Iterator[NewQuestion]:
    """Read questions, each with its options on the line below."""
    lines = text.strip().splitlines()
    for asked, options in zip(lines[::2], lines[1::2], strict=True):
        yield NewQuestion(asked, tuple(each.strip() for each in options.split("|")), 0, topic)
