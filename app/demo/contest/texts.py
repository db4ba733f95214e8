"""What is written in contest entries of the demo."""

from random import Random

from workflows.contest.entry_facts import Section

POSTS = (
    "Bí thư chi đoàn, từ tháng {month}/{year}",
    "Phó bí thư chi đoàn từ tháng {month}/{before}; bí thư từ tháng {month}/{year}",
)
ACHIEVEMENTS = (
    "Giấy khen của Huyện đoàn năm {last} về phong trào thanh niên tình nguyện.",
    "Sáng kiến “Tủ sách ấp” được Đoàn xã nhân rộng năm {last}.",
    "Hoàn thành xuất sắc nhiệm vụ năm {last}; vận động sửa hai cây cầu nông thôn.",
    "Đoàn viên ưu tú năm {last}, phụ trách đội thanh niên xung kích.",
)
RESULTS = (
    "Chi đoàn xếp loại xuất sắc năm {last}; kết nạp {number} đoàn viên mới.",
    "Chi đoàn xếp loại khá năm {last}; trồng {number}0 mét đường hoa.",
    "Sinh hoạt đều mỗi tháng; giúp {number} thanh niên vay vốn làm ăn.",
)
TO_MEND = "Ghi rõ năm và số quyết định khen thưởng"
WITHDRAWN = "Đi học xa, không dự thi được"
NOT_ENDORSED = "Không đi tiếp theo kết quả vòng cấp xã"
NOT_ACCEPTED = "Đã vắng mặt ở buổi tập huấn bắt buộc của hội thi"


def sections(dice: Random, year: int) -> dict[Section, dict[str, str]]:
    """Make up what a secretary writes of themselves and of the branch."""
    since = year - dice.randint(2, 4)
    told = {"month": dice.randint(1, 12), "year": since, "before": since - 1}
    told |= {"last": year - 1, "number": dice.randint(2, 9)}
    phone = f"09{dice.randrange(10**8):08d}"
    return {
        Section.CONTESTANT: {"posts_held": dice.choice(POSTS).format(**told), "phone": phone},
        Section.ACHIEVEMENTS: {
            "achievements": dice.choice(ACHIEVEMENTS).format(**told),
            "branch_results": dice.choice(RESULTS).format(**told),
        },
    }
