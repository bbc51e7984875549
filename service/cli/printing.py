"""Explanations on standard output: lines as wide as the terminal, or one JSON object."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping

from deltoid.service.cli.output import STDOUT, opened
from deltoid.service.explain.lines import Line, plain, wrapped

SCHEMA_VERSION = "1"
WIDEST = 110


def put(lines: Iterable[Line]) -> None:
    """Print lines, wrapped."""
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    with opened(STDOUT) as out:
        text = wrapped(lines, max(width, 40))
        out.write(f"{text}\n" if text else "")


def put_json(value: Mapping[str, object]) -> None:
    """Print one JSON object."""
    told = {"schema_version": SCHEMA_VERSION, **plain(value)}
    with opened(STDOUT) as out:
        out.write(f"{json.dumps(told, indent=2, ensure_ascii=False)}\n")
