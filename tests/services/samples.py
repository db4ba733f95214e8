"""Files made in memory: sound ones, and those that people or attackers might send."""

import zlib
from io import BytesIO
from struct import pack

import pillow_heif
from PIL import ExifTags, Image, JpegImagePlugin
from pypdf import PdfWriter

EXECUTABLE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
HTML = "<!doctype html><title>Đơn</title><script>alert(1)</script>".encode()
PLACE = (10.0, 2.0, 24.0)  # degrees, minutes, seconds
AUTHOR = "Tran Thi Le"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def pdf(pages: int = 1) -> bytes:
    return _written(_writer(pages))


def locked_pdf(*, to_open: str, to_change: str) -> bytes:
    writer = _writer()
    writer.encrypt(to_open, to_change, algorithm="AES-256")
    return _written(writer)


def pdf_with_script() -> bytes:
    action = b"<</S/JavaScript/JS(app.launchURL\\('http://example.com'\\);)>>"
    return packed_pdf(catalog=b"/Names<</JavaScript<</Names[(start)" + action + b"]>>>>")


def pdf_with_attachment() -> bytes:
    writer = _writer()
    writer.add_attachment("setup.exe", EXECUTABLE)
    return _written(writer)


def pdf_that_launches() -> bytes:
    """Neither the action nor its name can be read in the file as it lies there."""
    return packed_pdf((b"<</S 51 0 R/F(cmd.exe)>>", b"/Launch"), catalog=b"/OpenAction 50 0 R")


def packed_pdf(*streams: tuple[bytes, ...], catalog: bytes = b"") -> bytes:
    """A page, with objects in packed streams, counted from number 50."""
    numbers = iter(range(50, 1000))
    packed = [[(next(numbers), body) for body in bodies] for bodies in streams]
    plain = {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    }
    plain |= {4 + at: _object_stream(objects) for at, objects in enumerate(packed)}
    out, places = BytesIO(), {}
    out.write(b"%PDF-1.7\n")
    for number, body in plain.items():
        places[number] = pack(">BIH", 1, out.tell(), 0)
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    for at, objects in enumerate(packed):
        places |= {number: pack(">BIH", 2, 4 + at, i) for i, (number, _) in enumerate(objects)}
    return _with_places(out, places)


def _object_stream(objects: list[tuple[int, bytes]]) -> bytes:
    index, bodies = b"", b""
    for number, body in objects:
        index += b"%d %d " % (number, len(bodies))
        bodies += body + b" "
    entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(index))
    return _stream(entries, index + bodies)


def _with_places(out: BytesIO, places: dict[int, bytes]) -> bytes:
    start, size = out.tell(), max(places) + 2
    table = b"".join(places.get(number, pack(">BIH", 0, 0, 0)) for number in range(size))
    entries = b"/Type/XRef/Root 1 0 R/W[1 4 2]/Size %d" % size
    out.write(b"%d 0 obj\n%b\nendobj\n" % (size - 1, _stream(entries, table)))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _stream(entries: bytes, content: bytes) -> bytes:
    body = zlib.compress(content)
    entries += b"/Filter/FlateDecode/Length %d" % len(body)
    return b"<<%b>>stream\n%b\nendstream" % (entries, body)


def _writer(pages: int = 1) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return writer


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """Red above, blue below: so one sees which side is up."""
    painted = Image.new("RGB", size, BLUE)
    painted.paste(RED, (0, 0, size[0], size[1] // 2))
    return painted.convert(mode)


def traces(orientation: int = 1) -> Image.Exif:
    """What a phone writes into a picture: who, where, and how it was held."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = AUTHOR
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = PLACE
    return exif


def jpeg(orientation: int = 1, *, mode: str = "RGB", comment: bytes = b"") -> bytes:
    out = BytesIO()
    picture(mode).save(out, "JPEG", quality=83, exif=traces(orientation), comment=comment)
    return out.getvalue()


def png(mode: str = "RGB") -> bytes:
    out = BytesIO()
    picture(mode).save(out, "PNG", exif=traces())
    return out.getvalue()


def heic(orientation: int = 1, *, mode: str = "RGB") -> bytes:
    out = BytesIO()
    made = picture(mode)
    exif = traces(orientation).tobytes()
    pillow_heif.encode(mode, made.size, made.tobytes(), out, exif=exif, quality=80)
    return out.getvalue()


def png_bomb(width: int, height: int) -> bytes:
    """Some kilobytes that become `width` times `height` pixels."""
    packed = zlib.compressobj()
    row = bytes(1 + (width + 7) // 8)
    pixels = b"".join(packed.compress(row) for _ in range(height)) + packed.flush()
    head = pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [_chunk(b"IHDR", head), _chunk(b"IDAT", pixels), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))


def quantization(content: bytes) -> dict[int, list[int]]:
    return JpegImagePlugin.JpegImageFile(BytesIO(content)).quantization


MAGIC = [b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic"]
SOUND = {
    "pdf": pdf(),
    "packed pdf": packed_pdf((b"<</Lang(vi)>>",), catalog=b"/Extra 50 0 R"),
    "jpeg": jpeg(),
    "png": png(),
    "heic": heic(),
}
