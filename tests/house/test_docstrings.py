"""Everything that others may call says what it does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

FOLDERS = {"pipeline", "models", "annotations", "service"}
Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def undocumented(body: list[ast.stmt], place: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, Named) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield f"{place}:{node.lineno} {node.name}"
            if isinstance(node, ast.ClassDef):
                yield from undocumented(node.body, place)


def test_every_public_module_class_and_function_has_a_docstring(texts: dict[Path, str]) -> None:
    missing = []
    for path, text in texts.items():
        if path.suffix == ".py" and path.parts[0] in FOLDERS and text.strip():
            tree = ast.parse(text)
            missing += [] if ast.get_docstring(tree) else [str(path)]
            missing += undocumented(tree.body, str(path))
    assert missing == []


def test_a_missing_docstring_is_found() -> None:
    tree = ast.parse('class A:\n    """A."""\n    def f(self): ...\n    def _g(self): ...\n')
    assert list(undocumented(tree.body, "m.py")) == ["m.py:3 f"]
