"""A reliability plot: what was said against what came true, as an SVG that needs no library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deltoid.models.calibration import Bin

_SIDE, _EDGE, _STEP = 220, 34, 300
_STYLE = 'font-size="11" font-family="sans-serif" fill="#333"'  # attributes: a page may forbid styles


def reliability_plot(told: Mapping[str, Sequence[Bin]]) -> str:
    """Return one square a kind of answer: odds to the right, share of right answers upwards, size by count.

    Examples
    --------
    >>> drawn = reliability_plot({"status": [Bin(8, 0.9, 0.75)]})
    >>> drawn.startswith("<svg"), "said 0.90, right 0.75, n 8" in drawn
    (True, True)
    """
    width = _STEP * len(told)
    squares = "".join(_square(name, bins, k * _STEP) for k, (name, bins) in enumerate(told.items()))
    height = _SIDE + 2 * _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{squares}</svg>\n'
    )


def _square(name: str, bins: Sequence[Bin], left: int) -> str:
    x, y, side = left + _EDGE, _EDGE, _SIDE
    most = max((row.count for row in bins), default=1)
    frame = f'<rect x="{x}" y="{y}" width="{side}" height="{side}" fill="none" stroke="#999"/>'
    ideal = f'<path d="M{x} {y + side}L{x + side} {y}" stroke="#bbb" stroke-dasharray="4"/>'
    title = f'<text x="{x}" y="{y - 10}" {_STYLE}>{name}: said (right), came true (up)</text>'
    dots = "".join(_dot(row, x, y, 3 + 9 * (row.count / most) ** 0.5) for row in bins)
    ends = f'<text x="{x}" y="{y + side + 16}" {_STYLE}>0</text>'
    ends += f'<text x="{x + side - 6}" y="{y + side + 16}" {_STYLE}>1</text>'
    return frame + ideal + title + dots + ends


def _dot(row: Bin, x: int, y: int, radius: float) -> str:
    told = f"<title>said {row.said:.2f}, right {row.right:.2f}, n {row.count}</title>"
    across, up = x + row.said * _SIDE, y + (1 - row.right) * _SIDE
    return f'<circle cx="{across:.1f}" cy="{up:.1f}" r="{radius:.1f}" fill="#2b6cb0">{told}</circle>'
