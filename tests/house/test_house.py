"""What keeps the house small: one place to commit, short modules and functions, telling names."""

import ast
import re

from tests.house.sources import PROGRAM, ROOT, functions, name_of

LONGEST_MODULE = 250
LONGEST_FUNCTION = 25
DEEPEST = 3
NO_HOME = {"utils", "helpers", "common", "misc", "manager", "base", "core"}
TEXTS = (".py", ".html", ".css", ".md", ".toml", ".po", ".yaml", ".yml", ".ini")


def test_only_one_file_commits():
    commits = [name_of(path) for path in PROGRAM if "session.commit(" in path.read_text()]
    assert commits == ["app/services/use_case.py"]


def test_no_module_is_longer_than_a_person_reads_at_once():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in PROGRAM}
    assert {name: long for name, long in lengths.items() if long > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{file}:{node.name}": node.end_lineno - node.lineno + 1
        for file, node in functions()
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [name_of(path) for path in PROGRAM if path.stem in NO_HOME] == []


def test_folders_are_not_deeper_than_three():
    deep = [name_of(path) for path in PROGRAM if len(path.relative_to(ROOT).parts) > DEEPEST + 1]
    assert deep == []


def test_every_module_opens_with_what_it_is_for():
    trees = {name_of(path): ast.parse(path.read_text()) for path in PROGRAM}
    silent = [name for name, tree in trees.items() if not ast.get_docstring(tree)]
    assert silent == []


def test_public_functions_of_rules_queries_and_services_say_what_they_do():
    layers = ("workflows/", "app/services/", "app/queries/", "app/policies", "app/vietnamese")
    silent = [
        f"{file}:{node.name}"
        for file, node in functions()
        if file.startswith(layers)
        and not node.name.startswith("_")
        and node.col_offset == 0
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_is_left_open():
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|(pytest|mark)\.(skip|xfail)")
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path.parent.name != "house"]
    assert [name_of(path) for path in [*PROGRAM, *tests] if marks.search(path.read_text())] == []


def test_no_absolute_path_stands_in_the_project():
    paths = re.compile(r"(?<![\w.:/])/(home|root|work|Users)/")
    files = [
        path
        for path in ROOT.rglob("*")
        if path.suffix in TEXTS
        and not {".venv", "var", ".git", "node_modules"} & set(path.relative_to(ROOT).parts)
        and path.name != "test_house.py"
    ]
    assert [name_of(path) for path in files if paths.search(path.read_text())] == []
