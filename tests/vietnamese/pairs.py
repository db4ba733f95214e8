"""Typed words with the names they find or do not find, and lists in the order people expect."""

from itertools import pairwise

ZERO_WIDTH_SPACE = "\u200b"
RIGHT_TO_LEFT_MARK = "\u200f"
SOFT_HYPHEN = "\u00ad"
NO_BREAK_SPACE = "\u00a0"
ETH = "\u00d0"
MODIFIER_APOSTROPHE = "\u02bc"

# Of each name: what finds it, what does not.
_SEARCHES = {
    "Nguyễn Thị Đào": (
        ["dao nguyen", "Đào", "đào", "ĐÀO", "dao", "DAO", "nguyen thi dao", "NGUYỄN THỊ ĐÀO"],
        ["đao thi ba", "daon", "nguyenthi", "guyen", "ao", "hi", "nguyen van dao", "dào dau"],
    ),
    "Nguyễn Văn Đạo": (["dao nguyen", "đào", "ng v d", "n", "nguyễn đ", "vă"], ["thi", "an"]),
    "Trần Thị Ðào": (["đào", "dao", "Đào", f"{ETH}ào", "tran dao"], ["eao", "nguyen"]),
    "Đặng Đình Đức": (
        ["dang dinh duc", "đ đ đ", "d", "duc dinh dang", "ĐỨC", "đưc", "dức", "đang"],
        ["dang dung", "dinh van", "ducd", "ang", "uc"],
    ),
    "Đỗ Hòa": (["do hoa", "Đỗ Hoà", "hoà", "hòa", "HOÀ", "hoa do", "ho"], ["hoan", "hao", "oa"]),
    "Đỗ Hoà": (["Đỗ Hòa", "đỗ hòa", "hòa", "hoá", "ĐỖ HÒA"], ["hoai", "hoàng"]),
    "Lê Thị Thúy": (["thuý", "thúy", "thuy le", "LE THUY", "le thi thu"], ["thuyen", "the", "uy"]),
    "Lê Thị Thuý": (["thúy", "Thúy", "thủy", "lê thuỳ"], ["tuy", "thi thi le thuyet"]),
    "Phạm Quý Khoẻ": (["khỏe", "khoe", "quy", "qúy", "pham khỏe"], ["khoeo", "qui"]),
    "Huỳnh Thị Lụa": (["huynh", "hùynh", "lụa huỳnh", "lua", "hu lu"], ["huynhthi", "hoang"]),
    "Ngô Nguyễn Bảo Ngọc": (
        ["ngo ngoc", "bao ngoc", "ngoc bao", "ng ng ng", "nguyen ngo", "b", "NGO NGUYEN BAO NGOC"],
        ["ngoc ngan", "bao ngoch", "ngo thi"],
    ),
    "Vũ Ưu": (["vu uu", "ưu", "uu", "Ưu Vũ", "u"], ["vo", "uuu", "uv"]),
    "Tôn Nữ Thị Ơn": (["on", "ơn", "ton nu", "nữ tôn", "o t n t"], ["ton thon", "onn", "nn"]),
    "Công Tằng Tôn Nữ Bích Ý": (["y", "Ý", "ý bích", "cong tang ton nu bich y"], ["yy", "ich"]),
    "Trần   Văn\tAn": (
        ["tran van an", "  an   tran ", "an\ttran", "an\ntran"],
        ["vanan", "tranvan"],
    ),
    "TRẦN VĂN BÌNH": (["trần văn bình", "binh", "Bình", "bình trần"], ["banh", "ran"]),
    "phan thị cúc": (["PHAN THỊ CÚC", "Cúc", "cuc phan"], ["cục bộ", "hoa"]),
    "Y Kpă": (["y kpa", "kpa", "Y Kpă", "KPĂ", "kpa y", "k", "y"], ["ykpa", "kpan", "pa"]),
    "H'Hen Niê": (
        [
            "h'hen nie",
            "H'HEN NIÊ",
            "hen nie",
            "h hen",
            "nie hen",
            "niê",
            "H’Hen",
            f"h{MODIFIER_APOSTROPHE}hen",
        ],
        ["hhen", "ie", "henn"],
    ),
    "K'Brôih": (["k'broih", "broih", "k broih", "K’BRÔIH", "brô", "k'"], ["kbroih", "roih"]),
    "Ksor Phước": (["ksor", "phuoc", "phước ksor", "KSOR PHƯỚC", "ks ph"], ["sor", "phuocc"]),
    "Thạch Thị Sa Rây": (
        ["sa ray", "rây", "thach", "ray sa thi thach", "t t s r", "THẠCH THỊ SA RÂY"],
        ["saray", "rayy", "thach sa roi"],
    ),
    "Kim Sô Phanh Na Ry": (["phanh na ry", "so kim", "KIM SÔ", "rỳ"], ["phanhna", "kim xo"]),
    "Y Ƀlŏ Ñuôl": (["y blo nuol", "ƀlŏ", "Ƀlo", "ñuôl", "NUOL"], ["lo", "bloo"]),
    "Čil Múp Ha Kĕo": (["cil mup", "čil", "ha keo", "kĕo"], ["il", "chil"]),
    "Giàng A Páo": (["giang a pao", "a", "páo", "pao giang"], ["gian pa ba", "apao"]),
    "Vừ Thị Mỷ": (["vu my", "mỷ", "mỵ", "MỶ VỪ"], ["mi", "vuthi"]),
    "Đinh Nông-Thị Sơn": (
        ["nong thi", "nông-thị", "son dinh", "thị nông", "nong–thi"],
        ["nongthi"],
    ),
    "Maria Trần Thị Anh-Thư": (
        ["anh thu", "anh-thu", "thu anh", "maria thư"],
        ["anhthu", "mari tu"],
    ),
    "Phạm Thị O'Connor": (["o'connor", "connor", "o connor", "O’Connor pham"], ["oconnor"]),
    "Lý Văn Tám (Út)": (["ut", "út", "(út)", "tam ut", "ly van tam"], ["utt", "tamut"]),
    "Lê Văn Ba 2": (["ba 2", "2", "2 ba le", "Lê Văn Ba 2"], ["ba 3", "22"]),
    f"Nguy{ZERO_WIDTH_SPACE}ễn Thị Xuân": (["nguyễn", "nguyen xuan"], ["nguy en"]),
    f"Hồ Thị Yến{RIGHT_TO_LEFT_MARK}": (["yến", f"{RIGHT_TO_LEFT_MARK}yen", "ho yen"], ["yenn"]),
    f"Cao{NO_BREAK_SPACE}Bá Quát": (["cao ba", f"quát{NO_BREAK_SPACE}cao"], ["caoba"]),
    f"Mai An Tiêm{SOFT_HYPHEN}": (["tiem", f"ti{SOFT_HYPHEN}êm", "an mai"], ["antiem"]),
    "Dương Thùy Ái": (["duong", "ái dương", "thuỳ ai", "A", "đương"], ["duongg", "aii"]),
    "Quách Thị Ngoãn": (["ngoan", "NGOÃN", "ngõan", "quach ngo"], ["ngan", "quachh"]),
    "Nguyễn Trường Tộ": (["to nguyen", "tộ", "tô", "tr to", "truong to"], ["too", "ruong"]),
}

SEARCHES = [
    (typed, name, found)
    for name, columns in _SEARCHES.items()
    for found, column in zip((True, False), columns, strict=True)
    for typed in column
]

_GIVEN_NAMES = """
    An Anh Ánh Ăn Ân Ấn Ba Bách Băng Bân Cam Cẩm Chi Cúc Dung Dũng Duy Đan Đào Đăng Đậu Đông Đức
    Em Én Êm Frank Gấm Giang Hà Hai Hải Hảo Hoa Hòa Hoá Hoàng Hồng Hương Hường Im Jun Kha Khánh
    Kiên Lan Lành Linh Lĩnh Loan Mai Mận Nam Năm Ngà Ngân Nghĩa Oanh Ổn Ơn Phúc Phước Quang Quế
    Sen Sơn Tài Tám Tâm Thanh Thành Thảo Thắm Thủy Thúy Tú Tuấn Tư Từ Uyên Ước Văn Vân Việt Vy Wan
    Xuân Xuyến Yên Yến Zin
"""

# Every list stands in the order in which a list of people must show it.
PEOPLE_IN_ORDER = {
    "letters": [f"Lê {name}" for name in _GIVEN_NAMES.split()],
    "alphabet": list(
        "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
    ),
    "letters_before_tones": ["Tạ Mạ", "Tạ Man", "Tạ Màn", "Tạ Mạn", "Tạ Mang", "Tạ Mảnh", "Tạ Mao"],
    "given_family_middle": [
        "Trần An",
        "Đặng Thị Bình",
        "Lê Bình",
        "Lê Thanh Bình",
        "Lê Thị Bình",
        "Lê Văn Bình",
        "Nguyễn Bình",
        "Nguyễn An Bình",
        "Trần Bình",
        "Đặng Thị Bính",
        "An Thị Cúc",
    ],
    "one_given_name_together": ["Nguyễn Hoa", "Trần Hoa", "Bùi Hòa", "Lê Hòa", "Vũ Hòa", "An Họa"],
    "one_family_together": ["Trân Văn An", "Trần Bá An", "Trần Văn An", "Trấn Bá An", "Võ Bá An"],
    "place_of_the_tone": [
        "Bùi Hòa",
        "Cao Hoà",
        "Đỗ Hòa",
        "Lê Hoà",
        "Lý Thúy",
        "Mai Thuý",
        "Ngô Thúy",
    ],
    "short_before_long": ["Lê An", "Lê Thị An", "Lê Thị Anh", "Lê Thị Anh Anh", "Nguyễn"],
    "minorities": [
        "Y Ƀlŏ",
        "Sùng A Chớ",
        "K'Brôih",
        "Thạch Kha",
        "Y Kpă",
        "H'Hen Niê",
        "H'Hoa Niê",
        "Y Niê",
        "Giàng A Páo",
        "Ksor Phước",
        "Thạch Thị Sa Rây",
        "Kim Na Ry",
    ],
    "signs_are_not_letters": ["Lê-Thị An", "Lê (Thị) Anh", "Lê Thị Ánh .", "“Lê” Thị Ân"],
}

UNITS_IN_ORDER = {
    "hamlets": ["Ấp 1", "Ấp 2", "Ấp 9", "Ấp 10", "Ấp 11", "Ấp 100", "Ấp An Hòa", "Ấp Ấp"],
    "branches": [
        "Chi đoàn ấp 2",
        "Chi đoàn ấp 10",
        "Chi đoàn ấp Thành Đức",
        "Chi đoàn ấp Thành Tâm",
        "Chi đoàn Công an",
        "Chi đoàn Quân sự",
        "Chi đoàn Trạm Y tế",
    ],
    "classes": ["Lớp 9A1", "Lớp 9A2", "Lớp 9A10", "Lớp 9B1", "Lớp 10A1", "Lớp 12A1", "Lớp 12C"],
    "communes": [
        "Mỹ Thuận",
        "Nguyễn Văn Thảnh",
        "Tân An Thạnh",
        "Tân Bình",
        "Tân Hưng",
        "Tân Quới",
    ],
    "zeros": [
        "Tổ 1",
        "Tổ 02",
        "Tổ 3",
        "Tổ 010",
        "Tổ 11",
        "Tổ 99999999999999",
        "Tổ 100000000000000",
    ],
}

PEOPLE_PAIRS = [pair for names in PEOPLE_IN_ORDER.values() for pair in pairwise(names)]
UNIT_PAIRS = [pair for names in UNITS_IN_ORDER.values() for pair in pairwise(names)]
