"""Old encodings: each reads back what was written in it, and is told from the others."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.imports.old_encodings import (
    FONTS,
    Encoding,
    in_unicode,
    plausibility,
    read_letters,
    written_in,
)

PEOPLE = (
    "Họ và tên;Ngày sinh;Chi đoàn\r\n"
    "Nguyễn Thị Đào;26/03/2005;Chi đoàn Ấp 1\r\n"
    "Trần Văn Bưởi;01/9/2004;Chi đoàn ấp Thành Lợi\r\n"
    "Huỳnh Ngữ Kỳ;15/10/2003;Chi đoàn trường học\r\n"
    "Lê Hoàng Phượng;02/02/2006;Ấp Mỹ Thuận\r\n"
)
NAMES = (
    *("Nguyễn Thị Đào", "Trần Văn Bưởi", "Huỳnh Ngữ Kỳ", "Lê Hoàng Phượng", "Đặng Quỳnh Như"),
    *(
        "Phạm Thị Yến Nhi",
        "Võ Thị Kiều Diễm",
        "Bùi Khắc Huấn",
        "Đỗ Thị Thủy Tiên",
        "Hồ Thị Ngọc Rỡ",
    ),
    *("Trịnh Xuân Nghĩa", "Lý Thường Quyết", "Phan Nguyễn Uyển", "Vũ Thị Lẫm", "Tạ Kỵ"),
)
VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
SMALL = [unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES] + ["đ"]
# The tables as the vendors printed them, written down apart from those of the program.
TCVN3 = {
    **dict(zip("àảãáạằẳẵắặầẩẫấậ", bytes.fromhex("b5b6b7b8b9bbbcbdbec6c7c8c9cacb"), strict=True)),
    **dict(zip("èẻẽéẹềểễếệìỉĩíị", bytes.fromhex("cccecfd0d1d2d3d4d5d6d7d8dcddde"), strict=True)),
    **dict(zip("òỏõóọồổỗốộờởỡớợ", bytes.fromhex("dfe1e2e3e4e5e6e7e8e9eaebecedee"), strict=True)),
    **dict(zip("ùủũúụừửữứựỳỷỹýỵ", bytes.fromhex("eff1f2f3f4f5f6f7f8f9fafbfcfdfe"), strict=True)),
    **dict(zip("ĂÂÊÔƠƯĐăâêôơưđ", range(0xA1, 0xAF), strict=True)),
}
VNI = dict(
    re.findall(
        r"(\S)=(\S+)",
        "á=aù à=aø ả=aû ã=aõ ạ=aï ă=aê ắ=aé ằ=aè ẳ=aú ẵ=aü ặ=aë â=aâ ấ=aá ầ=aà ẩ=aå ẫ=aã ậ=aä "
        "é=eù è=eø ẻ=eû ẽ=eõ ẹ=eï ê=eâ ế=eá ề=eà ể=eå ễ=eã ệ=eä í=í ì=ì ỉ=æ ĩ=ó ị=ò "
        "ó=où ò=oø ỏ=oû õ=oõ ọ=oï ô=oâ ố=oá ồ=oà ổ=oå ỗ=oã ộ=oä ơ=ô ớ=ôù ờ=ôø ở=ôû ỡ=ôõ ợ=ôï "
        "ú=uù ù=uø ủ=uû ũ=uõ ụ=uï ư=ö ứ=öù ừ=öø ử=öû ữ=öõ ự=öï ý=yù ỳ=yø ỷ=yû ỹ=yõ ỵ=î đ=ñ",
    )
)
VNI |= {capital.upper(): letters.upper() for capital, letters in VNI.items()}


def to_tcvn3(text):
    """Write as a typist does: capitals with a tone are small letters of another font."""
    return bytes(TCVN3.get(c, TCVN3.get(c.lower(), ord(c) % 256)) for c in text)


def to_vni(text):
    return "".join(VNI.get(c, c) for c in text).encode("cp1252")


def to_windows_1258(text):
    """The letter with its hat is one character, the tone follows it."""
    found = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(part for part in parts if part in TONES[1:])
        hat = "".join(part for part in parts if part not in TONES[1:])
        found += unicodedata.normalize("NFC", hat) + tones
    return found.encode("cp1258")


WRITERS = {
    Encoding.UTF_8: lambda text: text.encode(),
    Encoding.UTF_16: lambda text: text.encode("utf-16"),
    Encoding.WINDOWS_1258: to_windows_1258,
    Encoding.TCVN3: to_tcvn3,
    Encoding.VNI: to_vni,
}


def read(content):
    """Read a file as an import does: the letters first, then what they were written in."""
    letters, certain = read_letters(content)
    encoding = written_in(letters, certain)
    return in_unicode(letters, encoding), encoding


def read_as(content, encoding):
    letters = content.decode("latin-1") if encoding in ONE_BYTE else read_letters(content)[0]
    return in_unicode(letters, encoding)


ONE_BYTE = {Encoding.WINDOWS_1258, Encoding.TCVN3, Encoding.VNI}
letters = st.sampled_from([*SMALL, *"bcghklmnpqrstvx", " ", "\n", "1", "/"])
small_texts = st.text(letters, max_size=60)
lists = st.lists(st.sampled_from(NAMES), min_size=5, max_size=30)


@pytest.mark.parametrize("encoding", Encoding)
@given(text=small_texts)
def test_each_encoding_reads_back_what_was_written_in_it(encoding, text):
    assert read_as(WRITERS[encoding](text), encoding) == text


@pytest.mark.parametrize("encoding", [each for each in Encoding if each is not Encoding.TCVN3])
@given(text=small_texts)
def test_capitals_are_read_as_capitals(encoding, text):
    assert read_as(WRITERS[encoding](text.upper()), encoding) == text.upper()


@given(names=lists)
def test_capitals_of_the_font_without_small_letters_are_read_from_the_letters_around(names):
    shouted = [name.upper() for name in names if sum(c.isascii() for c in name) > 5]
    assert read_as(to_tcvn3("\n".join(shouted)), Encoding.TCVN3) == "\n".join(shouted)


@pytest.mark.parametrize("encoding", Encoding)
@given(names=lists)
def test_the_encoding_of_a_list_of_names_is_found_out(encoding, names):
    content = WRITERS[encoding]("\n".join(names))
    text, found = read(content)
    assert found is encoding
    assert text.split("\n") == names


@pytest.mark.parametrize("name", [*NAMES, "Hoài Thúy", "Quý Thuỷ", "Tào Tửu", "Cừu Mưỡu"])
def test_one_name_again_and_again_tells_the_encoding(name):
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        assert read(WRITERS[encoding]("\n".join([name] * 5))) == ("\n".join([name] * 5), encoding)


@pytest.mark.parametrize("encoding", Encoding)
def test_the_encoding_of_a_list_of_members_is_found_out(encoding):
    text, found = read(WRITERS[encoding](PEOPLE))
    assert found is encoding
    assert "Nguyễn Thị Đào;26/03/2005" in text


@given(names=lists)
def test_letters_of_an_old_font_in_a_spreadsheet_are_found_out(names):
    typed = {
        Encoding.UTF_8: "\n".join(names),
        Encoding.TCVN3: to_tcvn3("\n".join(names)).decode("cp1252"),
        Encoding.VNI: to_vni("\n".join(names)).decode("cp1252"),
    }
    for encoding, text in typed.items():
        assert written_in(text, Encoding.UTF_8) is encoding
        assert in_unicode(text, encoding).split("\n") == names


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"", Encoding.UTF_8),
        (b"Nguyen Van An", Encoding.UTF_8),
        ("\ufeffĐào".encode(), Encoding.UTF_8),
        ("Nguyễn Thị Đào".encode("utf-16-le"), Encoding.UTF_16),
        ("Nguyễn Thị Đào".encode("utf-16-be"), Encoding.UTF_16),
        ("Nguyễn Thị Đào; Trần Văn Bưởi".encode() + b"\xff", Encoding.UTF_8),
    ],
)
def test_marks_of_order_and_files_without_any_are_understood(content, encoding):
    text, found = read(content)
    assert found is encoding
    assert not text.startswith("\ufeff")


def test_wide_letters_without_a_mark_of_order_are_read():
    for order in ("utf-16-le", "utf-16-be"):
        assert read("Nguyễn Thị Đào".encode(order)) == ("Nguyễn Thị Đào", Encoding.UTF_16)


@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_as_something(content):
    assert isinstance(read(content)[0], str)


@given(text=st.text(max_size=80))
def test_text_of_today_is_taken_as_it_is(text):
    for encoding in (*FONTS, Encoding.WINDOWS_1258):
        assert isinstance(in_unicode(text, encoding), str)
    assert in_unicode(text, Encoding.UTF_8) == text


def test_words_that_are_no_syllables_speak_against_an_encoding():
    assert plausibility("Nguyễn Thị Đào") == 3
    assert plausibility("NguyÔn ThÞ §µo") < 0
    assert plausibility("Nguyeãn Thò Ñaøo") < 0
    assert plausibility("Nguyen Thi Dao") == 0
