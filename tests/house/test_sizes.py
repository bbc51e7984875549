"""Small files and small functions: what a reader has to hold in mind at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

FOLDERS = {"pipeline", "models", "annotations", "service"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@pytest.fixture(scope="module")
def modules(texts: dict[Path, str]) -> dict[Path, str]:
    return {path: text for path, text in texts.items() if path.suffix == ".py" and path.parts[0] in FOLDERS}


def docstring_lines(node: Function) -> int:
    first = node.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (first.end_lineno or 0) - first.lineno + 1 if told else 0


def functions(modules: dict[Path, str]) -> Iterator[tuple[str, int]]:
    """Yield each function's place and its lines without the docstring, which may be as long as it helps."""
    for path, text in modules.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, Function):
                length = (node.end_lineno or 0) - node.lineno + 1
                yield f"{path}:{node.lineno} {node.name}", length - docstring_lines(node)


def nine_of_ten(lengths: list[int]) -> float:
    return quantiles(lengths, n=10, method="inclusive")[-1]


def longest(lengths: dict[str, int]) -> str:
    return ", ".join(sorted(lengths, key=lambda name: -lengths[name])[:12])


def test_files_are_small(modules: dict[Path, str]) -> None:
    lengths = {str(path): len(text.splitlines()) for path, text in modules.items() if text.strip()}
    assert median(lengths.values()) < 100, longest(lengths)
    assert nine_of_ten(list(lengths.values())) < 250, longest(lengths)


def test_functions_are_small(modules: dict[Path, str]) -> None:
    lengths = dict(functions(modules))
    assert median(lengths.values()) < 10, longest(lengths)
    assert nine_of_ten(list(lengths.values())) < 25, longest(lengths)


def test_a_docstring_is_not_counted() -> None:
    text = 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'
    assert list(functions({Path("m.py"): text})) == [("m.py:1 f", 2)]
