"""The program's own files, read as text and as trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("app", "workflows")
PROGRAM = sorted(
    [
        *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")),
        *ROOT.glob("*.py"),
    ]
)


def name_of(path: Path) -> str:
    """Return a path as the project writes it."""
    return str(path.relative_to(ROOT))


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Walk through every function of the program with the file it stands in."""
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield name_of(path), node
