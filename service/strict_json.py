"""JSON without surprises: what is ambiguous or cannot be passed on is refused, and never repeated."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import NoReturn

from deltoid.service.inputs.text import encodable
from deltoid.service.problems import ItemError


def parse(raw: bytes) -> object:
    """Return the one JSON value that `raw` holds.

    Numbers with a point or exponent come back as :class:`decimal.Decimal`, never as floats.

    Parameters
    ----------
    raw : bytes
        The value in UTF-8.

    Raises
    ------
    ItemError
        ``not_utf8``, ``lone_surrogate`` or ``bad_json``: the last for broken JSON, NaN and infinities, a key
        that stands twice, numbers of thousands of digits and nesting without end.

    Examples
    --------
    >>> parse(b'{"units": 1.50}')
    {'units': Decimal('1.50')}
    """
    try:
        value = json.loads(
            _decoded(raw), parse_constant=_refuse_constant, parse_float=_decimal, object_pairs_hook=_once
        )
    except json.JSONDecodeError as error:
        raise ItemError("bad_json", f"it is not JSON from character {error.pos + 1} on") from None
    except RecursionError:
        raise ItemError("bad_json", "it is nested too deep") from None
    except ItemError:
        raise
    except ValueError:
        raise ItemError("bad_json", "a number has too many digits") from None
    _refuse_surrogates(value)
    return value


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ItemError("not_utf8", f"byte {error.start + 1} is not UTF-8") from None


def _refuse_constant(_name: str) -> NoReturn:
    raise ItemError("bad_json", "NaN and infinities are not JSON")


def _decimal(digits: str) -> Decimal:
    if len(digits) > 40:
        raise ItemError("bad_json", "a number has too many digits")
    return Decimal(digits)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ItemError("bad_json", "an object has the same key twice")
    return found


def _refuse_surrogates(value: object) -> None:
    rest = [value]
    while rest:
        item = rest.pop()
        if isinstance(item, dict):
            rest.extend(item.keys())
            rest.extend(item.values())
        elif isinstance(item, list):
            rest.extend(item)
        elif isinstance(item, str) and not encodable(item):
            raise ItemError("lone_surrogate", "a string holds half of a surrogate pair (\\ud800 to \\udfff)")
