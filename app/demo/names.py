"""Made-up names as people of the Mekong delta bear them: Kinh, Khmer and Hoa."""

import unicodedata
from dataclasses import dataclass
from random import Random

from app.vietnamese import clean_name
from workflows.membership import Sex

DECOMPOSED_SHARE = 0.05  # typed on a keyboard that writes letters and marks apart


@dataclass(frozen=True, slots=True)
class People:
    """What the names of one ethnicity are made of; a middle name may be empty."""

    ethnicity: str
    families: tuple[str, ...]
    middle: dict[Sex, tuple[str, ...]]
    given: dict[Sex, tuple[str, ...]]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


KINH = People(
    "Kinh",
    _words(
        "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Lê Phạm Phạm Huỳnh "
        "Huỳnh Phan Võ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Trương Mai Cao Đinh Lâm Tô Châu Lương Hà "
        "Đoàn Thái Tăng Nghiêm"
    ),
    {
        Sex.MALE: _names(
            "Văn, Hữu, Minh, Quốc, Thanh, Hoàng, Đức, Trọng, Tấn, Chí, Nhật, Phúc, Gia, Anh, Công"
        ),
        Sex.FEMALE: _names(
            "Thị, Thị Mỹ, Thị Ngọc, Ngọc, Thị Kim, Thị Thu, Thanh, Hồng, Mỹ, Bảo, Thị Bích, Tường"
        ),
    },
    {
        Sex.MALE: _words(
            "Đạt Khang Huy Phúc Thịnh Hiếu Nghĩa Trí Duy Khánh Tài Lộc Nhân Toàn Vinh Thắng Kiệt "
            "Tín Đăng Tâm Phong Quân Sang Hậu Luân Thiện Bình Tuấn Hòa Quí Nam Khoa An Đông"
        ),
        Sex.FEMALE: _words(
            "Đào Trân Như Ngân Thư Vy Yến Hân Trang Thảo Linh Tiên Duyên Nhi Diễm Quyên Loan My "
            "Tuyền Hương Phương Xuân Nguyệt Huyền Lan Hạnh Ánh Thủy Trúc Anh Ý Mai Kiều Oanh"
        ),
    },
)
KHMER = People(
    "Khmer",
    _words("Thạch Thạch Sơn Kim Danh Kiên Lâm Trầm Tăng"),
    {Sex.MALE: ("", "Minh", "Quốc"), Sex.FEMALE: ("Thị", "Thị Ngọc", "")},
    {
        Sex.MALE: _names("Đa Ra, Sóc Kha, Rít Thi, Sa Rinh, Sô Phia, Vi Sal, Phi Rum, Chanh Tha"),
        Sex.FEMALE: _names("Sa Rây, Chanh Đa, Sô Pha, Ma Ly, Đa Ni, Sa Mon, Ni Ta, Sóc Thia"),
    },
)
HOA = People(
    "Hoa",
    _words("Trần Lâm Quách Lưu Trịnh Vương Tạ Mã Hứa Ông"),
    {Sex.MALE: _words("Vĩnh Chí Gia Cẩm Kiến"), Sex.FEMALE: _words("Mỹ Tú Gia Bội Tuyết")},
    {
        Sex.MALE: _words("Phát Cường Hưng Nguyên Bửu Đạt Xương"),
        Sex.FEMALE: _words("Lệ Hân Phụng Liên San Bình Dung"),
    },
)
SHARES = ((KINH, 90), (KHMER, 7), (HOA, 3))


@dataclass(frozen=True, slots=True)
class Named:
    """A name as somebody typed it, with what else it tells."""

    typed: str
    sex: Sex
    ethnicity: str

    @property
    def name(self) -> str:
        """The name as it is kept."""
        return clean_name(self.typed)


def draw_name(rng: Random) -> Named:
    """Make up one name; now and then letters and marks come apart (NFD), as some phones type."""
    people = rng.choices([each for each, _ in SHARES], [share for _, share in SHARES])[0]
    sex = rng.choice((Sex.FEMALE, Sex.MALE))
    middle, given = rng.choice(people.middle[sex]), rng.choice(people.given[sex])
    typed = " ".join(part for part in (rng.choice(people.families), middle, given) if part)
    if rng.random() < DECOMPOSED_SHARE:
        typed = unicodedata.normalize("NFD", typed)
    return Named(typed, sex, people.ethnicity)
