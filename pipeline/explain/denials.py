"""What payers deny: the reason, the codes on the remittance, and the rules that see it coming."""

from __future__ import annotations

from dataclasses import dataclass

from deltoid.pipeline.explain.register import denial_parameters, registered


@dataclass(frozen=True, slots=True)
class Denial:
    """A reason of denial; the first of `carc` is the one that is predicted."""

    id: str
    reason: str
    carc: tuple[str, ...]
    rarc: tuple[str, ...]
    rules: tuple[str, ...]
    state: str


def denial(name: str) -> Denial | None:
    """Return one reason of denial by its id.

    Examples
    --------
    >>> denial("N-14").carc[0], denial("N-14").rules
    ('4', ('R-01', 'R-02', 'R-03'))
    """
    known = registered(name)
    if known is None or not known.id.startswith("N-"):
        return None
    told = denial_parameters().get(known.id, {})
    lists = {key: _words(told.get(key)) for key in ("carc", "rarc", "rules")}
    return Denial(known.id, known.title, **lists, state=known.state)


def denials() -> tuple[Denial, ...]:
    """Return all that the policy holds."""
    return tuple(found for name in sorted(denial_parameters()) if (found := denial(name)))


def predicted_by(rule: str) -> tuple[Denial, ...]:
    """Return the denials that a rule foretells.

    Examples
    --------
    >>> [each.id for each in predicted_by("M-04")]
    ['N-13']
    """
    return tuple(each for each in denials() if rule in each.rules)


def with_code(code: str) -> tuple[Denial, ...]:
    """Return the denials that carry a code of the remittance, such as ``97`` or ``N362``.

    Examples
    --------
    >>> [each.id for each in with_code("197")]
    ['N-19']
    """
    return tuple(each for each in denials() if code.upper() in (*each.carc, *each.rarc))


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
