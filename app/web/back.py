"""Ways back to a page of this site and to no other."""

from urllib.parse import urlsplit

from flask import url_for


def safe_path(wanted: str | None) -> str:
    """Return a path on this site, or the first page where the wanted one leads elsewhere."""
    parts = urlsplit(wanted or "")
    local = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    if not wanted or not local or wanted.startswith(("//", "/\\")) or "\\" in wanted:
        return url_for("desk.show")
    return wanted
