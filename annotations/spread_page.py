"""The spread as Markdown tables for the repository, and as a page with bars for the eye."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from jinja2 import Environment

from deltoid.annotations.spread import Counts


def spread_markdown(figures: Mapping[str, str], tables: Mapping[str, Counts], most: int = 30) -> str:
    """Return the figures and tables in Markdown, each table's rarest rows joined.

    Examples
    --------
    >>> print(spread_markdown({"notes": "3"}, {"form": {"soap": 2, "letter": 1}}, most=1))
    | figure | |
    | --- | --: |
    | notes | 3 |
    <BLANKLINE>
    | form | |
    | --- | --: |
    | soap | 2 |
    | 1 more | 1 |
    <BLANKLINE>
    """
    parts = [_table("figure", figures)]
    parts += [_table(name, dict(_rows(counts, most))) for name, counts in tables.items()]
    return "\n".join(parts)


def _table(name: str, rows: Mapping[str, object]) -> str:
    return "\n".join(
        [f"| {name} | |", "| --- | --: |", *(f"| {key} | {told} |" for key, told in rows.items()), ""]
    )


def _rows(counts: Counts, most: int) -> Iterator[tuple[str, int]]:
    rows = list(counts.items())
    yield from rows[:most]
    if rest := rows[most:]:
        yield f"{len(rest)} more", sum(count for _, count in rest)


def spread_page(figures: Mapping[str, str], tables: Mapping[str, Counts], most: int = 30) -> str:
    """Return a page with a bar chart a table; it needs nothing beside it.

    Examples
    --------
    >>> "<h2>form</h2>" in spread_page({"notes": "1"}, {"form": {"soap": 1}})
    True
    """
    source = files("deltoid.annotations").joinpath("spread.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    charts = {
        name: [(row, count, _width(count, counts)) for row, count in _rows(counts, most)]
        for name, counts in tables.items()
    }
    return template.render(figures=figures, charts=charts) + "\n"


def _width(count: int, counts: Counts) -> str:
    return f"{100 * count / max(counts.values()):.1f}"
