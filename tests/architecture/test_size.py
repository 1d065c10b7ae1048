"""No module and no function grows past what the eye holds."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES_IN_A_MODULE = 300
MOST_LINES_IN_A_FUNCTION = 40

EXCEPTIONS: dict[str, str] = {}
"""What may be longer, and why: "path" or "path:function" to a reason with a date."""

MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for package in ("kiosk", "queue_core", "printers")
    for path in (ROOT / package).rglob("*.py")
    if "versions" not in path.parts  # a migration is a list of tables
)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_and_its_functions_stay_small(module: str) -> None:
    source = (ROOT / module).read_text(encoding="utf-8")
    too_long = []
    if source.count("\n") > MOST_LINES_IN_A_MODULE and module not in EXCEPTIONS:
        too_long.append(f"{module}: {source.count(chr(10))} lines")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = _lines(node)
            if lines > MOST_LINES_IN_A_FUNCTION and f"{module}:{node.name}" not in EXCEPTIONS:
                too_long.append(f"{module}:{node.name}: {lines} lines")
    assert not too_long


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: words do not make a function complicated."""
    end = node.end_lineno or node.lineno
    first = node.body[0]
    said = 0
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        said = (first.end_lineno or first.lineno) - first.lineno + 1
    return end - node.lineno + 1 - said
