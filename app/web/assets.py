"""Style sheets: browsers keep them for a year, under an address that changes with them."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask

A_YEAR = 31_536_000


def register(app: Flask) -> None:
    """Put the fingerprint of this release into every address of a static file."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR
    fingerprint = _fingerprint(Path(str(app.static_folder)))

    @app.url_defaults
    def _of_this_release(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" or endpoint.endswith(".static"):
            values["v"] = fingerprint


def _fingerprint(folder: Path) -> str:
    content = hashlib.sha256(version("bootstrap-flask").encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content.update(path.read_bytes())
    return content.hexdigest()[:12]
