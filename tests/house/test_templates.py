"""The templates: each compiles, each is used, and none carries a script or a style of its own."""

import re
from collections.abc import Iterator

import pytest
from jinja2 import nodes

from tests.house.sources import PROGRAM, ROOT

FOLDER = ROOT / "templates"
TEMPLATES = {str(path.relative_to(FOLDER)): path.read_text() for path in FOLDER.rglob("*.html")}
AREAS = sorted(name for name in TEMPLATES if "/" in name and not name.startswith("macros/"))
# Pages that the table of errors names without their folder.
ERRORS = {"errors"}
LED_TO = (nodes.Extends, nodes.Include, nodes.FromImport, nodes.Import)


@pytest.fixture(scope="session")
def trees(migrated_app):
    """The templates as Jinja reads them, with the extensions of the program."""
    return {name: migrated_app.jinja_env.parse(text) for name, text in TEMPLATES.items()}


def named(tree: nodes.Template) -> Iterator[str]:
    """List the templates that a template leads to; one named by its workflow, by its ending."""
    for leading in tree.find_all(LED_TO):
        yield from (each.value for each in leading.template.find_all(nodes.Const))
        if isinstance(leading.template, nodes.Const):
            yield leading.template.value


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(migrated_app, name):
    assert migrated_app.jinja_env.compile(TEMPLATES[name], name=name)


def test_every_template_of_an_area_is_used(trees):
    spoken = set(re.findall(r'"([\w./]+\.html)"', "\n".join(p.read_text() for p in PROGRAM)))
    led_to = {each for tree in trees.values() for each in named(tree)}
    endings = tuple(each for each in led_to if each.startswith("/"))
    idle = [
        name
        for name in AREAS
        if name not in spoken | led_to
        and name.partition("/")[0] not in ERRORS
        and not name.endswith(endings)
    ]
    assert idle == []


def test_every_page_of_an_error_is_in_the_table_of_errors():
    table = (ROOT / "app/web/errors.py").read_text()
    pages = [name.rpartition("/")[2].removesuffix(".html") for name in AREAS if "errors/" in name]
    shown = [page for page in pages if f'"{page}"' in table or f'"errors/{page}.html"' in table]
    assert shown == pages


def test_every_page_extends_the_frame(trees):
    frames = {"base.html", *(name for name, tree in trees.items() if "base.html" in named(tree))}
    framed = {name for name, tree in trees.items() if frames & set(named(tree))}
    parts = {each for tree in trees.values() for each in named(tree)}
    endings = tuple(each for each in parts if each.startswith("/"))
    assert [
        name for name in AREAS if name not in framed | parts and not name.endswith(endings)
    ] == []


def test_no_template_has_a_script_or_a_style_of_its_own():
    inline = re.compile(r"<script\b(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=\"|javascript:")
    assert [name for name, text in TEMPLATES.items() if inline.search(text)] == []


def test_no_template_marks_a_text_as_safe():
    trusting = re.compile(r"\|\s*safe\b|Markup|autoescape")
    assert [name for name, text in TEMPLATES.items() if trusting.search(text)] == []
