"""From bytes to a note's text, untouched: offsets count the code points that came in."""

from __future__ import annotations

from deltoid.service.problems import ItemError

_LAYOUT = b"\t\n\v\f\r\x1b"
_CONTROL = bytes(code for code in range(32) if code not in _LAYOUT)
_CONTROL_SHARE = 0.05
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF8_MARK = b"\xef\xbb\xbf"


def decoded(raw: bytes, encoding: str = "utf-8") -> str:
    r"""Return the text that `raw` holds, without a leading byte order mark and otherwise untouched.

    Parameters
    ----------
    raw : bytes
    encoding : str
        Another one than UTF-8 is used only because somebody said so, never guessed.

    Raises
    ------
    ItemError
        ``not_text`` or ``not_utf8``.

    Examples
    --------
    >>> decoded(b"IM\r\n")
    'IM\r\n'
    """
    if encoding == "utf-8":
        refuse_binary(raw)
        encoding = "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not {encoding.removesuffix('-sig')}: say its --encoding"
        raise ItemError("not_utf8", message) from None


def encodable(text: str) -> bool:
    r"""Whether every code point is a character: half of a surrogate pair is not.

    Examples
    --------
    >>> encodable("IM \U0001f489"), encodable("IM \ud83d")
    (True, False)
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def refuse_binary(raw: bytes) -> None:
    """Refuse bytes that are no UTF-8 text at all.

    Raises
    ------
    ItemError
        ``not_text`` by NUL or a share of control characters, ``not_utf8`` for a mark of UTF-16.
    """
    if raw.startswith(_UTF16_MARKS):
        raise ItemError("not_utf8", "it starts like UTF-16: say --encoding utf-16")
    controls = len(raw) - len(raw.translate(None, _CONTROL))
    if b"\0" in raw or controls > _CONTROL_SHARE * len(raw):
        raise ItemError("not_text", "it holds NUL or many control characters: it is not a text file")


def checked_note(text: str, limit: int) -> str:
    """Return a note's text if it can be reviewed.

    Parameters
    ----------
    text : str
    limit : int
        The most code points that a note may have.

    Raises
    ------
    ItemError
        ``empty``, ``too_large``, ``not_text`` or ``lone_surrogate``.
    """
    if len(text) > limit:
        raise ItemError("too_large", f"the note has more than {limit} characters")
    if not text.strip():
        raise ItemError("empty", "the note has no text")
    if "\0" in text or sum(map(text.count, map(chr, _CONTROL))) > _CONTROL_SHARE * len(text):
        raise ItemError("not_text", "the note holds NUL or many control characters")
    if not encodable(text):
        raise ItemError("lone_surrogate", "the note holds half of a surrogate pair")
    return text
