"""Characters that cannot be seen, or that turn text around: kept in the page, and named where they stand."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

_NAMES = {
    "\x00": "NUL", "\x0b": "VT", "\x0c": "FF", "\x1b": "ESC", "\x7f": "DEL", "\x85": "NEL", "\xad": "SHY",
    "\u061c": "ALM", "\u180e": "MVS", "\u200b": "ZWSP", "\u200e": "LRM", "\u200f": "RLM", "\u2028": "LS",
    "\u2029": "PS", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2060": "WJ", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM",
}  # fmt: skip
_CONTROL = Markup('<bdi class="control" data-name="{}">{}</bdi>')
_UNSEEN = re.compile(
    "\r\n?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


def shown(text: str) -> Markup:
    r"""Return `text` as HTML in which every character still stands, and none can hide or reorder the rest.

    A control mark sits alone in a ``<bdi>``, so its power ends there; the style sheet prints its name before
    it. A carriage return is written as a reference, because an HTML parser folds a bare one; one without a
    line feed gets a visible line break. NUL, which HTML cannot hold, is shown as U+2400.

    Parameters
    ----------
    text : str
        Any text without lone surrogates.

    Returns
    -------
    Markup

    Examples
    --------
    >>> shown("<b>\r\n")
    Markup('&lt;b&gt;&#13;\n')
    >>> shown("a\u202eb").count("bdi")
    2
    """
    pieces: list[Markup] = []
    here = 0
    for found in _UNSEEN.finditer(text):
        pieces += escape(text[here : found.start()]), _named(found.group())
        here = found.end()
    return Markup("").join([*pieces, escape(text[here:])])


def _named(char: str) -> Markup:
    if char == "\r\n":
        return Markup("&#13;\n")
    if char == "\r":
        return Markup("&#13;<br>")
    name = _NAMES.get(char) or unicodedata.name(char, f"U+{ord(char):04X}")
    return _CONTROL.format(name, "\u2400" if char == "\0" else char)
