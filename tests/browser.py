"""A browser without a screen: every page it opens is well-formed, and forms send what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
OK = 200


@dataclass
class Page:
    """An answer, read as strictly as a browser may."""

    status: int
    path: str
    text: str
    headers: Mapping[str, str]
    tree: Element = field(repr=False)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """List the elements of a kind with these attributes (``data_state`` for data-state)."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.tree.iter(f"{NAMESPACE}{tag}")
            if all(element.get(name) == value for name, value in wanted.items())
        ]

    def words(self) -> str:
        """Return what a person reads, in one line."""
        body = next(self.tree.iter(f"{NAMESPACE}body"))
        return " ".join(" ".join(body.itertext()).split())

    def form(self, action: str | None = None) -> dict[str, list[str]]:
        """Return what a form of the page would send as it stands; unnamed, the first in main."""
        main = next(self.tree.iter(f"{NAMESPACE}main"))
        for form in main.iter(f"{NAMESPACE}form"):
            if action is None and form.get("method") == "post":
                return _fields(form)
            if action is not None and form.get("action") == action:
                return _fields(form)
        raise AssertionError(f"{self.path} has no form {action or ''}: {self.words()[:300]}")


def _fields(form: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in form.iter():
        name, tag = element.get("name"), element.tag.removeprefix(NAMESPACE)
        if name and tag in {"input", "select", "textarea"}:
            found.setdefault(name, []).extend(_values(element, tag))
    return {name: values for name, values in found.items() if values}


def _values(element: Element, tag: str) -> list[str]:
    if tag == "textarea":
        return ["".join(element.itertext()).removeprefix("\n")]
    if tag == "select":
        options = list(element.iter(f"{NAMESPACE}option"))
        chosen = [each for each in options if each.get("selected") is not None] or options[:1]
        return [each.get("value", "") for each in chosen]
    kind = element.get("type", "text")
    if kind in {"checkbox", "radio"} and element.get("checked") is None:
        return []
    if kind in {"file", "submit", "button"}:
        return []
    return [element.get("value", "")]


class Browser:
    """Somebody at a browser; signed in without the door, which has tests of its own.

    Each request has a context of its own, so nothing is remembered that a server would forget.
    """

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str) -> Page:
        """Open a page, wherever it leads."""
        return self._page(self._follow(self._ask("GET", path)))

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, *, follow: bool = True
    ) -> Page:
        """Send fields as they are, without opening the form first."""
        answer = self._ask("POST", path, data=data or {})
        return self._page(self._follow(answer) if follow else answer)

    def _ask(self, method: str, path: str, **rest: Any) -> TestResponse:
        with self.client.application.app_context():
            answer = self.client.open(path, method=method, **rest)
        answer.request.environ["wsgi.input"].close()
        return answer

    def _follow(self, answer: TestResponse) -> TestResponse:
        while answer.location:
            answer = self._ask("GET", answer.location)
        return answer

    def send(
        self, path: str, *, to: str | None = None, action: str | None = None, **changed: Any
    ) -> Page:
        """Open a page, fill in its form and send it; ``None`` takes a field away."""
        fields: dict[str, Any] = {**self.get(path).form(action), **changed}
        sent = {name: value for name, value in fields.items() if value is not None}
        return self.post(to or action or path, sent)

    def _page(self, answer: TestResponse) -> Page:
        text = answer.get_data(as_text=True) if "text" in (answer.mimetype or "") else ""
        parser = html5lib.HTMLParser(strict="text/html" in (answer.mimetype or ""))
        tree = parser.parse(text or "<!doctype html><title></title>")
        return Page(answer.status_code, answer.request.path, text, answer.headers, tree)
