"""PDFs as papers: unchanged to the byte, so that signatures in them stay valid.

One that would act on its reader's machine is refused.
"""

from collections.abc import Iterator
from io import BytesIO
from time import thread_time

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from app.services.papers.file_kinds import UnfitFile
from config import MEGABYTE

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


def checked(content: bytes) -> bytes:
    """Return a PDF as it came.

    Raises:
        UnfitFile: it would act, is too complex, or has a password.
    """
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
