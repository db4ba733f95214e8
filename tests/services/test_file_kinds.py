import unicodedata
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.services.papers import pdfs
from app.services.papers.file_kinds import MAX_NAME, ProvenFile, UnfitFile, prove
from config import MEGABYTE
from tests.services import samples
from tests.services.samples import MAGIC, SOUND

LIMIT = 10 * MEGABYTE
ACCEPTED = "Nhận PDF, JPEG, PNG, HEIC."
BIDI_CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
often = settings(max_examples=150, deadline=None)


def proven(content: bytes, filename: str = "giấy.tờ") -> ProvenFile:
    return prove(BytesIO(content), filename, max_bytes=LIMIT)


def refusal(content: bytes, filename: str = "giấy.tờ", limit: int = LIMIT) -> UnfitFile:
    with pytest.raises(UnfitFile) as caught:
        prove(BytesIO(content), filename, max_bytes=limit)
    return caught.value


def opened(file: ProvenFile) -> Image.Image:
    return Image.open(BytesIO(file.content))


def near(pixel, colour) -> bool:
    return all(abs(seen - meant) < 40 for seen, meant in zip(pixel, colour, strict=True))


# What is taken.


def test_a_pdf_is_kept_byte_for_byte():
    content = samples.pdf(pages=3)
    file = proven(content, "Đơn xin vào Đoàn.PDF")
    assert (file.media_type, file.filename) == ("application/pdf", "Đơn xin vào Đoàn.pdf")
    assert (file.content, file.size) == (content, len(content))


@pytest.mark.parametrize("content", [SOUND["packed pdf"], samples.pdf(pages=300)])
def test_a_pdf_with_packed_objects_or_many_pages_is_taken(content):
    assert proven(content).media_type == "application/pdf"


def test_the_content_tells_the_kind_whatever_the_name_says():
    file = proven(samples.png(), "ảnh thẻ.jpeg")
    assert (file.media_type, file.filename) == ("image/png", "ảnh thẻ.png")


def test_a_heic_of_a_phone_becomes_a_jpeg():
    file = proven(samples.heic(), "IMG_0042.HEIC")
    assert (file.media_type, file.filename) == ("image/jpeg", "IMG_0042.jpg")
    assert (opened(file).format, opened(file).size) == ("JPEG", (64, 48))


@pytest.mark.parametrize("mode", ["RGBA", "L", "LA"])
def test_a_heic_that_is_grey_or_transparent_becomes_a_jpeg_too(mode):
    assert opened(proven(samples.heic(mode=mode))).format == "JPEG"


@pytest.mark.parametrize("make", [samples.jpeg, samples.heic])
def test_a_picture_taken_sideways_is_kept_upright(make):
    image = opened(proven(make(orientation=6)))
    assert image.size == (48, 64)
    assert near(image.getpixel((40, 32)), samples.RED)
    assert near(image.getpixel((8, 32)), samples.BLUE)


@pytest.mark.parametrize("kind", ["jpeg", "png", "heic"])
def test_a_picture_forgets_where_and_by_whom_it_was_taken(kind):
    file = proven(SOUND[kind])
    author = samples.AUTHOR.encode()
    assert (author in SOUND[kind], author in file.content) == (True, False)
    assert opened(file).getexif() == {}


def test_a_jpeg_keeps_its_own_quality():
    content = samples.jpeg()
    assert samples.quantization(proven(content).content) == samples.quantization(content)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_every_pixel(mode):
    content = samples.png(mode)
    sent, kept = Image.open(BytesIO(content)), opened(proven(content))
    assert (kept.mode, kept.tobytes()) == (mode, sent.tobytes())
    assert kept.getpalette() == sent.getpalette()


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_jpeg_of_a_scanner_is_taken(mode):
    assert opened(proven(samples.jpeg(mode=mode))).mode == mode


def test_what_hides_in_a_picture_is_gone():
    content = samples.jpeg(comment=samples.HTML) + samples.HTML
    assert samples.HTML not in proven(content).content


# What is refused.


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("empty", b""),
        ("unknown_kind", samples.EXECUTABLE),
        ("unknown_kind", samples.HTML),
        ("unknown_kind", b"GIF89a" + bytes(20)),
        ("unknown_kind", samples.HTML + SOUND["pdf"]),
        ("unknown_kind", b"GIF89a" + SOUND["pdf"]),
        ("broken", SOUND["pdf"][:40]),
        ("broken", samples.pdf(pages=0)),
        ("broken", b"%PDF-1.7\n" + samples.EXECUTABLE),
        ("broken", SOUND["jpeg"][:-60]),
        ("broken", SOUND["png"][:-60]),
        ("broken", b"\xff\xd8\xff\xe0" + samples.HTML),
        ("encrypted", samples.locked_pdf(to_open="bí mật", to_change="bí mật")),
        ("encrypted", samples.locked_pdf(to_open="", to_change="bí mật")),
        ("heic_unreadable", SOUND["heic"][: len(SOUND["heic"]) // 2]),
        ("heic_unreadable", SOUND["heic"][:24] + samples.EXECUTABLE),
        ("too_many_pixels", samples.png_bomb(20_000, 20_000)),
        ("active_content", samples.pdf_with_script()),
        ("active_content", samples.pdf_with_attachment()),
        ("active_content", samples.pdf_that_launches()),
        ("active_content", samples.packed_pdf(catalog=b"/OpenAction<</S/Java#53cript>>")),
        ("active_content", samples.packed_pdf(catalog=b"/AcroForm<</XFA[]>>")),
    ],
)
def test_a_file_that_is_not_what_we_take_is_refused_with_its_reason(code, content):
    unfit = refusal(content, "Đơn.pdf")
    assert unfit.code == code
    assert "“Đơn.pdf”" in unfit.sentence
    assert unfit.sentence.endswith(ACCEPTED)


def test_an_executable_renamed_pdf_is_refused_in_words():
    assert refusal(samples.EXECUTABLE, "don.pdf").sentence == (
        f"Nội dung tệp “don.pdf” không thuộc loại được nhận. {ACCEPTED}"
    )


def test_a_file_of_the_largest_size_is_taken_and_one_byte_more_refused():
    content = samples.pdf()
    assert prove(BytesIO(content), "a.pdf", max_bytes=len(content)).size == len(content)
    assert refusal(content, limit=len(content) - 1).code == "too_large"


def test_the_limit_is_told_in_megabytes():
    content = b"%PDF-" + bytes(2 * MEGABYTE)
    assert refusal(content, "quét.pdf", limit=2 * MEGABYTE).sentence == (
        f"Tệp “quét.pdf” lớn hơn 2 MB. {ACCEPTED}"
    )


def test_no_more_is_read_than_one_byte_above_the_limit():
    stream = BytesIO(b"%PDF-" + bytes(1000))
    with pytest.raises(UnfitFile):
        prove(stream, "a.pdf", max_bytes=100)
    assert stream.tell() == 101


def test_a_packed_stream_that_swells_is_refused():
    content = samples.packed_pdf((bytes(pdfs.MAX_STREAM),))
    assert refusal(content).code == "too_complex"


def test_packed_streams_that_swell_together_are_refused():
    bomb = (b" " * (pdfs.MAX_STREAM - 1000),)
    count = pdfs.MAX_UNPACKED // pdfs.MAX_STREAM + 1
    assert refusal(samples.packed_pdf(*[bomb] * count)).code == "too_complex"


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "PDF_SECONDS", 0)
    assert refusal(samples.pdf()).code == "too_complex"


@often
@given(st.sampled_from([b"", *MAGIC]), st.binary(max_size=400))
def test_any_bytes_are_refused_in_words(magic, rest):
    assert refusal(magic + rest).sentence.endswith(ACCEPTED)


@often
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_a_damaged_file_is_taken_or_refused_but_never_an_error(kind, data):
    content = bytearray(SOUND[kind])
    places = st.integers(0, len(content) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=8)):
        content[place] = byte
    cut = data.draw(st.integers(0, len(content)))
    assert outcome(bytes(content[:cut])).endswith((ACCEPTED, ".pdf", ".jpg", ".png"))


def outcome(content: bytes) -> str:
    try:
        return proven(content).filename
    except UnfitFile as unfit:
        return unfit.sentence


# Names.


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Giấy khai sinh.pdf", "Giấy khai sinh.pdf"),
        (unicodedata.normalize("NFD", "Lý lịch Đặng Thị Ngữ.pdf"), "Lý lịch Đặng Thị Ngữ.pdf"),
        ("C:\\fakepath\\Đơn.pdf", "Đơn.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("Trần V.An", "Trần V.An.pdf"),
        ("ngày 26.3.2026", "ngày 26.3.2026.pdf"),
        ("đơn.pdf.exe", "đơn.pdf.exe.pdf"),
        ("don\u202efdp.exe", "donfdp.exe.pdf"),
        ("đơn\r\nSet-Cookie: a\x00.pdf", "đơn Set-Cookie: a.pdf"),
        ("  đơn  .pdf ", "đơn.pdf"),
        (".htaccess", "htaccess.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "Giấy tờ.pdf"),
        ("..", "Giấy tờ.pdf"),
        ("thư mục/", "Giấy tờ.pdf"),
        ("ữ" * 200 + ".pdf", "ữ" * 116 + ".pdf"),
    ],
)
def test_a_name_keeps_its_letters_and_gets_the_extension_of_its_kind(sent, kept):
    assert proven(SOUND["pdf"], sent).filename == kept


@often
@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_shown_and_saved(sent):
    name = proven(SOUND["pdf"], sent).filename
    assert name == unicodedata.normalize("NFC", name)
    assert 5 <= len(name) <= MAX_NAME
    assert name.endswith(".pdf")
    assert not name.startswith((".", " "))
    assert not {"/", "\\"} & set(name)
    assert not {char for char in name if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}}
    assert not {char for char in name if unicodedata.bidirectional(char) in BIDI_CONTROLS}
