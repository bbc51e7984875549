"""National Drug Codes as a claim wants them: eleven digits in 5-4-2, the prefix and the quantity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

_LENGTHS = (5, 4, 2)
_DIGITS = 11
_PREFIX = re.compile(r"^\s*(?:ndc|n4)?[\s#:]*", re.IGNORECASE)


def normal(written: str) -> str | None:
    """Return a code in eleven digits, without hyphens.

    Parameters
    ----------
    written : str
        As on the package or in the note, with or without ``NDC`` or ``N4``; 4-4-2, 5-3-2, 5-4-1 and 5-4-2.

    Returns
    -------
    str or None
        None where it is no NDC, or ten digits without hyphens: three packages could be meant.

    Examples
    --------
    >>> normal("NDC 0009-3073-01"), normal("55513-710-01"), normal("0409-1890-1"), normal("5551371001")
    ('00009307301', '55513071001', None, None)
    """
    parts = _parts(written)
    if len(parts) == 1:
        return parts[0] if len(parts[0]) == _DIGITS and parts[0].isdigit() else None
    if len(parts) != len(_LENGTHS) or not all(part.isdigit() for part in parts):
        return None
    short = [length - len(part) for part, length in zip(parts, _LENGTHS, strict=True)]
    if sorted(short) not in ([0, 0, 0], [0, 0, 1]):
        return None
    return "".join(part.zfill(length) for part, length in zip(parts, _LENGTHS, strict=True))


def readings(written: str) -> tuple[str, ...]:
    """Return every eleven-digit code that some words could mean; more than one for ten bare digits.

    Examples
    --------
    >>> readings("5551371001")
    ('05551371001', '55513071001', '55513710001')
    """
    one = normal(written)
    if one:
        return (one,)
    digits = "".join(_parts(written))
    if len(_parts(written)) != 1 or len(digits) != _DIGITS - 1 or not digits.isdigit():
        return ()
    padded = (f"0{digits}", f"{digits[:5]}0{digits[5:]}", f"{digits[:9]}0{digits[9:]}")
    return tuple(dict.fromkeys(padded))


def _parts(written: str) -> list[str]:
    return _PREFIX.sub("", written).strip().split("-")


def claimed(code: str, quantity: Decimal, unit: str, qualifiers: Mapping[str, str]) -> str | None:
    """Return what stands on the claim line for a package: prefix, code, qualifier and quantity.

    Parameters
    ----------
    code : str
        Eleven digits.
    quantity : Decimal
        How much of the package's content was used.
    unit : str
        Its unit; those without a qualifier of their own give None.
    qualifiers : mapping
        Unit to ``F2``, ``GR``, ``ME``, ``ML`` or ``UN``.

    Returns
    -------
    str or None

    Examples
    --------
    >>> claimed("00009307301", Decimal("1.50"), "mL", {"mL": "ML"})
    'N400009307301 ML1.5'
    """
    qualifier = qualifiers.get(unit)
    return f"N4{code} {qualifier}{quantity.normalize():f}" if qualifier else None
