"""The store of papers: a file lies under the SHA-256 of its content, outside the web root."""

import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from app.services.papers.file_kinds import ProvenFile

_SHA256 = re.compile(r"[0-9a-f]{64}")


def keep(folder: Path, file: ProvenFile) -> None:
    """Keep a proven file, readable by the program alone; the same content twice is one file.

    When this returns, the file outlives a power cut. Whoever keeps the same content at the same
    moment writes a draft of his own: the last one takes the place, and no reader sees half a file.
    """
    path = path_of(folder, file.sha256)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:  # mode 0o600
        try:
            draft.write(file.content)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
    _settle(path.parent)
    _settle(folder)


def path_of(folder: Path, sha256: str) -> Path:
    """Where the content with this hash lies, in one of 256 folders; ValueError if it is no hash."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256 in lower-case hex: {sha256!r}")
    return folder / sha256[:2] / sha256


def _settle(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
