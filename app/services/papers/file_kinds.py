"""Proof of what an uploaded file is: by its content, never by its name or what the browser says.

What reads PDFs and pictures is loaded when the first one comes: most starts need neither.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import IO, Literal, NamedTuple

from flask_babel import gettext

from app.vietnamese import clean_name
from config import MEGABYTE
from workflows.labels import N_

MediaType = Literal["application/pdf", "image/jpeg", "image/png"]

MAX_NAME = 120
# A phone's picture of "50 megapixels"; it takes 200 MB of memory while it is open.
MAX_PIXELS = 8192 * 6144

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


def _pdf(content: bytes) -> bytes:
    from app.services.papers import pdfs  # noqa: PLC0415  (loaded with the first PDF)

    return pdfs.checked(content)


def _picture(kind: str, content: bytes) -> bytes:
    from app.services.papers import pictures  # noqa: PLC0415  (loaded with the first picture)

    return pictures.PAINTERS[kind](content)


_jpeg, _png, _heic = (partial(_picture, kind) for kind in ("jpeg", "png", "heic"))
_HEIF = re.compile(rb".{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)
_KINDS = (
    _Kind(re.compile(rb"%PDF-"), "application/pdf", ".pdf", "broken", _pdf),
    _Kind(re.compile(rb"\xff\xd8\xff"), "image/jpeg", ".jpg", "broken", _jpeg),
    _Kind(re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png", ".png", "broken", _png),
    _Kind(_HEIF, "image/jpeg", ".jpg", "heic_unreadable", _heic),
)
