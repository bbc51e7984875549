"""What a code on a claim is: a visit, a drug, an administration, or none of our business."""

from __future__ import annotations

from collections.abc import Iterable

from deltoid.pipeline.lines.families import family
from deltoid.pipeline.lines.sheet import SHOT
from deltoid.pipeline.rulebook import Policy

ADD_ON = "G2211"


def within(code: str, ranges: Iterable[str]) -> bool:
    """Return whether a code lies in one of some ranges, each written ``first-last`` or as a code.

    Examples
    --------
    >>> within("99214", ["99202-99215"]), within("J1885", ["J0120-J9999"]), within("J1", ["J0120-J9999"])
    (True, True, False)
    """
    spans = (span.partition("-") for span in ranges)
    return any(len(code) == len(low) and low <= code <= (high or low) for low, _, high in spans)


def is_visit(policy: Policy, code: str) -> bool:
    """Return whether a code is one of a visit."""
    return within(code, policy.words("visit_codes"))


def is_drug(policy: Policy, code: str) -> bool:
    """Return whether a code is one of a drug or vaccine product."""
    # 90480, giving a COVID-19 vaccine, stands in the middle of the vaccines
    return within(code, policy.words("drug_codes")) and family(code) is None


def ended(policy: Policy, code: str) -> bool:
    """Return whether a code of a visit or of giving something was in force once, and is no longer."""
    return within(code, policy.words("ended_codes"))


def is_administration(code: str) -> bool:
    """Return whether a code is one of giving something by needle or line."""
    kin = family(code)
    return code == SHOT or (kin is not None and kin.family != "procedure")
