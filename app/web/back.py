"""Ways back to a page of this site and to no other."""

import re

from flask import url_for

# One slash, for two lead to another site; browsers read a backslash as a slash and skip controls.
_PATH_HERE = re.compile(r"/(?![/\\])[^\\\x00-\x1f]*")


def safe_path(wanted: str | None) -> str:
    """Return a path on this site, or the first page where the wanted one leads elsewhere."""
    return wanted if wanted and _PATH_HERE.fullmatch(wanted) else url_for("desk.show")
