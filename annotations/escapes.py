r"""Backslash escapes of the mark format, so that every character of a note survives an editor and git.

``\n \r \t \xA0 \u00a0 \U0001f489`` mean what they mean in Python; ``\[ \] \\ \# \- \= \ `` the character
itself; a backslash at the end of a line joins the next line to it without a break.
"""

from __future__ import annotations

import re

#: What may follow a backslash; the reader builds it into its own pattern.
ESCAPE = r"U[0-9a-fA-F]{8}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrt\\\[\]#=\- \n]"
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "\n": ""}
_SYNTAX = re.compile(r"[\\\[\]]")
_LINE_START = re.compile(r"^(?=#|=>|---$)", re.MULTILINE)
_EDGE_SPACE = re.compile(r" $", re.MULTILINE)


def unescape(code: str) -> str:
    r"""Return the character that an escape means.

    Parameters
    ----------
    code : str
        What stands after the backslash; it matches :data:`ESCAPE`.

    Returns
    -------
    str
        One character; none for the line joiner.

    Examples
    --------
    >>> unescape("["), unescape("u00a0"), unescape("t")
    ('[', '\xa0', '\t')
    """
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _NAMED.get(code, code)


def escape(text: str) -> str:
    r"""Return `text` so that the reader gives it back exactly.

    Parameters
    ----------
    text : str
        Words of a note.

    Returns
    -------
    str
        The same with brackets, backslashes and invisible characters escaped.

    Examples
    --------
    >>> print(escape("[x] 5\u00a0mg\r"))
    \[x\] 5\u00a0mg\r
    """
    text = _SYNTAX.sub(r"\\\g<0>", text)
    return "".join(c if c == "\n" or c.isprintable() else _code(c) for c in text)


def escape_lines(body: str) -> str:
    r"""Return a whole body so that no line opens a comment, a fact or the next text, or ends in a bare space.

    Parameters
    ----------
    body : str
        Text whose characters are escaped and marked already.

    Returns
    -------
    str
        The same with a backslash before such openers and spaces.

    Examples
    --------
    >>> print(escape_lines("# of sticks: 2"))
    \# of sticks: 2
    """
    return _EDGE_SPACE.sub(r"\\ ", _LINE_START.sub(r"\\", body))


def _code(character: str) -> str:
    short = {"\r": r"\r", "\t": r"\t"}.get(character)
    number = ord(character)
    return short or (f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}")
