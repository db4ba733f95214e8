"""Numbers of things in addresses: only what can be the id of a row leads anywhere."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

BIGGEST_ID = 2**31 - 1


class RowNumber(IntegerConverter):
    """A whole number that PostgreSQL can keep as an id; any other has no page."""

    def __init__(self, map: Map) -> None:  # noqa: A002  (Werkzeug's own name)
        super().__init__(map, max=BIGGEST_ID)


def register(app: Flask) -> None:
    """Let ``<int:…>`` in every address mean such a number."""
    app.url_map.converters["int"] = RowNumber
