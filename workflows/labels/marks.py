"""The mark of a text that people read; it is translated where it is shown."""


def N_(text: str) -> str:  # noqa: N802  (gettext's own name for "mark, translate later")
    """Mark a text for the translation catalogue."""
    return text
