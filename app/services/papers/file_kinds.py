"""Proof of what an uploaded file is: by its content, never by its name or what the browser says.

A PDF stays byte for byte as received, so that signatures in it stay valid; one that would act on
its reader's machine is refused. A picture is painted anew from its pixels: where it was taken,
its small preview and whatever else was hidden in the file are gone. PNG loses nothing by that;
JPEG keeps its own quantization tables, which no eye can tell from the original.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import BytesIO
from time import thread_time
from typing import IO, Literal, NamedTuple

from flask_babel import gettext
from PIL import ImageOps
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from pillow_heif import HeifImageFile
from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from app.vietnamese import clean_name
from config import MEGABYTE
from workflows.labels import N_

MediaType = Literal["application/pdf", "image/jpeg", "image/png"]

MAX_NAME = 120
# A phone's picture of "50 megapixels"; it takes 200 MB of memory while it is open.
MAX_PIXELS = 8192 * 6144

# What one PDF may cost: processor time, and bytes that its packed parts unpack to.
PDF_SECONDS = 5
MAX_UNPACKED = 64 * MEGABYTE
MAX_STREAM = 8 * MEGABYTE
_PDF_LIMITS = Configuration(
    zlib_maximum_output_length=MAX_STREAM,
    lzw_maximum_output_length=MAX_STREAM,
    run_length_maximum_output_length=MAX_STREAM,
    stream_decoding_work_maximum_length=4 * MAX_STREAM,
)
_ACTING_KEYS = {"/JS", "/EF", "/XFA"}
_ACTIONS = {"/JavaScript", "/Launch"}

_ACCEPTED = N_("Nhận PDF, JPEG, PNG, HEIC.")
_SENTENCES: dict[str, str] = {
    "empty": N_("Tệp “%(filename)s” trống."),
    "too_large": N_("Tệp “%(filename)s” lớn hơn %(limit)s MB."),
    "unknown_kind": N_("Nội dung tệp “%(filename)s” không thuộc loại được nhận."),
    "broken": N_("Tệp “%(filename)s” bị hỏng, không mở được."),
    "encrypted": N_("Tệp “%(filename)s” có mật khẩu; hãy bỏ mật khẩu rồi gửi lại."),
    "heic_unreadable": N_(
        "Không chuyển được ảnh HEIC “%(filename)s”; hãy lưu ảnh thành JPEG rồi gửi lại."
    ),
    "too_many_pixels": N_(
        "Ảnh “%(filename)s” lớn hơn %(megapixels)s triệu điểm ảnh; hãy thu nhỏ rồi gửi lại."
    ),
    "active_content": N_(
        "Tệp “%(filename)s” có mã chạy, biểu mẫu động hoặc tệp đính kèm bên trong;"
        " hãy in lại thành PDF rồi gửi."
    ),
    "too_complex": N_("Tệp “%(filename)s” quá phức tạp; hãy in lại thành PDF rồi gửi."),
}


class UnfitFile(Exception):  # noqa: N818  (a refusal with a reason, not a fault of the program)
    """A file that is not taken: `code` says why, `values` fill the sentence for its sender."""

    def __init__(self, code: str, values: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values = values or {}

    @property
    def sentence(self) -> str:
        """Say in the reader's language what is wrong, what to do, and which kinds are taken."""
        return f"{gettext(_SENTENCES[self.code], **self.values)} {gettext(_ACCEPTED)}"


@dataclass(frozen=True, slots=True)
class ProvenFile:
    """What is kept of a file: `size` in bytes and `sha256` in hex are those of `content`."""

    content: bytes
    media_type: MediaType
    filename: str
    sha256: str
    size: int


class _Kind(NamedTuple):
    begins: re.Pattern[bytes]
    media_type: MediaType
    extension: str
    unreadable: str
    cleaned: Callable[[bytes], bytes]


def prove(stream: IO[bytes], filename: str, *, max_bytes: int) -> ProvenFile:
    """Prove one uploaded file for whoever keeps it; read no more than a byte above `max_bytes`.

    The limit is for what is received: a picture painted anew may be somewhat larger.

    Raises:
        UnfitFile: it is not taken; nothing else is raised, whatever the content.
    """
    name = _plain_name(filename)
    try:
        kind, content = _proven(stream.read(max_bytes + 1), max_bytes)
    except UnfitFile as unfit:
        unfit.values = {
            "filename": name,
            "limit": f"{max_bytes / MEGABYTE:g}",
            "megapixels": str(MAX_PIXELS // 1_000_000),
        }
        raise
    return ProvenFile(
        content=content,
        media_type=kind.media_type,
        filename=_with_extension(name, kind.extension),
        sha256=sha256(content).hexdigest(),
        size=len(content),
    )


def _proven(content: bytes, max_bytes: int) -> tuple[_Kind, bytes]:
    if not content:
        raise UnfitFile("empty")
    if len(content) > max_bytes:
        raise UnfitFile("too_large")
    kind = next((kind for kind in _KINDS if kind.begins.match(content)), None)
    if kind is None:
        raise UnfitFile("unknown_kind")
    try:
        return kind, kind.cleaned(content)
    except UnfitFile:
        raise
    except Exception as error:  # these readers promise no closed list of errors on broken files
        raise UnfitFile(kind.unreadable) from error


def _plain_name(filename: str) -> str:
    """Keep Vietnamese letters, unlike werkzeug's `secure_filename`; drop the sender's folders."""
    last = clean_name(filename).replace("\\", "/").rpartition("/")[2]
    return last.strip(" .")[:MAX_NAME] or gettext("Giấy tờ")


def _with_extension(name: str, extension: str) -> str:
    """Only extensions of the accepted kinds are dropped: `Trần V.An` or `3.2` are no such thing."""
    stem = re.sub(r"\.(pdf|jpe?g|jpe|jfif|png|hei[cf]s?|hif)$", "", name, flags=re.IGNORECASE)
    return stem[: MAX_NAME - len(extension)].rstrip(" .") + extension


def _checked_pdf(content: bytes) -> bytes:
    try:
        with apply_configuration(_PDF_LIMITS):
            _check(PdfReader(BytesIO(content)))
    except LimitReachedError as error:
        raise UnfitFile("too_complex") from error
    return content


def _check(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise UnfitFile("encrypted")
    _unpack(reader)
    _walk(reader)
    if not reader.pages:
        raise UnfitFile("broken")


def _unpack(reader: PdfReader) -> None:
    """Objects come in packed streams, which stay in memory: together they may be a bomb."""
    unpacked = 0
    for number in {stream for stream, _ in reader.xref_objStm.values()}:
        stream = reader.get_object(number)
        unpacked += len(stream.get_data()) if isinstance(stream, StreamObject) else 0
        if unpacked > MAX_UNPACKED:
            raise UnfitFile("too_complex")


def _walk(reader: PdfReader) -> None:
    until = thread_time() + PDF_SECONDS
    for part in _parts(reader):
        if _acts(part):
            raise UnfitFile("active_content")
        if thread_time() > until:
            raise UnfitFile("too_complex")


def _parts(reader: PdfReader) -> Iterator[PdfObject | None]:
    """Everything that a viewer can reach, each object once."""
    seen: set[IndirectObject] = set()
    waiting: list[PdfObject] = [reader.trailer, reader.root_object]
    while waiting:
        part = waiting.pop().get_object()
        yield part
        members = _members(part)
        references = {each for each in members if isinstance(each, IndirectObject)} - seen
        seen |= references
        waiting += references
        waiting += [each for each in members if isinstance(each, (DictionaryObject, ArrayObject))]


def _members(part: PdfObject | None) -> list[PdfObject]:
    if isinstance(part, DictionaryObject):
        return list(part.values())
    return list(part) if isinstance(part, ArrayObject) else []


def _acts(part: PdfObject | None) -> bool:
    """Whether a viewer may run a script or a program by it, or unpack a file out of it."""
    if not isinstance(part, DictionaryObject):
        return False
    if not _ACTING_KEYS.isdisjoint(part):
        return True
    return "/S" in part and str(part["/S"]) in _ACTIONS


def _repainted(
    kind: type[ImageFile], form: str, content: bytes, **options: str | bytes | int
) -> bytes:
    """Save the upright pixels and their colour profile, nothing else."""
    kind(BytesIO(content)).verify()  # the checksums, which loading leaves out
    with kind(BytesIO(content)) as image:
        if image.width * image.height > MAX_PIXELS:
            raise UnfitFile("too_many_pixels")
        ImageOps.exif_transpose(image, in_place=True)
        painted = image.convert("RGB") if (form, image.mode) == ("JPEG", "RGBA") else image
        saved = BytesIO()
        painted.save(saved, form, icc_profile=image.info.get("icc_profile"), **options)
        return saved.getvalue()


_jpeg = partial(_repainted, JpegImageFile, "JPEG", quality="keep", comment=b"")
_png = partial(_repainted, PngImageFile, "PNG")
_heic = partial(_repainted, HeifImageFile, "JPEG", quality=90)
_HEIF = re.compile(rb".{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)
_KINDS = (
    _Kind(re.compile(rb"%PDF-"), "application/pdf", ".pdf", "broken", _checked_pdf),
    _Kind(re.compile(rb"\xff\xd8\xff"), "image/jpeg", ".jpg", "broken", _jpeg),
    _Kind(re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png", ".png", "broken", _png),
    _Kind(_HEIF, "image/jpeg", ".jpg", "heic_unreadable", _heic),
)
