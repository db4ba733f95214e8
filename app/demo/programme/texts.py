"""What the made-up programmes ask, and what is made up of how it went."""

from workflows.programme_facts import Content, Field

OF_THE_DISTRICT = (
    Content(
        "Học tập và làm theo Bác: đăng ký và làm một việc cụ thể", Field.POLITICS, is_required=True
    ),
    Content(
        "Dự sinh hoạt chi đoàn và học nghị quyết",
        Field.POLITICS,
        is_required=True,
        target=10,
        measure="buổi",
    ),
    Content("Không vi phạm pháp luật, giữ an toàn giao thông", Field.ETHICS),
    Content(
        "Tham gia hoạt động tình nguyện vì cộng đồng", Field.LIFESTYLE, target=3, measure="lần"
    ),
    Content("Tập luyện thường xuyên một môn thể thao", Field.FITNESS),
    Content("Học một kỹ năng: tin học, giao tiếp, sơ cứu", Field.SKILLS, target=1, measure="lớp"),
    Content("Áp dụng một cách làm mới trong học tập, sản xuất", Field.WORK),
)
OF_A_COMMUNE = Content(
    "Cùng chi đoàn chăm sóc một tuyến đường hoa", Field.LIFESTYLE, target=4, measure="lần"
)
EVIDENCE = (
    "Có ghi trong sổ chi đoàn.",
    "Ảnh gửi nhóm chi đoàn; bí thư đã xem.",
    "Có giấy khen của Đoàn xã.",
    "Chi đoàn xác nhận tại buổi sinh hoạt.",
)
REMARKS = (
    "Tham gia đều, cần giữ vững.",
    "Thực hiện đúng đăng ký; nên ghi minh chứng đầy đủ hơn.",
    "Còn vắng một số buổi, cần cố gắng trong 6 tháng cuối năm.",
)
COMMENTS = (
    "Bản thân đã thực hiện đủ các nội dung đăng ký.",
    "Có cố gắng, còn một nội dung làm chậm.",
)
RETURNED = "Chọn thêm một nội dung phù hợp với công việc của mình."
