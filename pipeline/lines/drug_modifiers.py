"""Modifiers of a drug line: route, reason of an anaemia drug, attestation, supply."""

from __future__ import annotations

from collections.abc import Callable

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.see import fact, hit, reasons, route
from deltoid.pipeline.types import Injection

Found = tuple[tuple[str, ...], tuple[Hit, ...]]
_NOTHING: Found = ((), ())


def modifiers(case: Case, event: Injection, code: str) -> Found:
    """Return the modifiers of an event's drug line, apart from JW and JZ, with the rules that spoke.

    Parameters
    ----------
    case : Case
    event : Injection
    code : str
        The drug's code.

    Returns
    -------
    tuple
        Modifiers in the order they are written, and hits.
    """
    found = [ask(case, event, code) for ask in _ASKED]
    return tuple(m for some, _ in found for m in some), tuple(h for _, hits in found for h in hits)


def _route(case: Case, event: Injection, code: str) -> Found:
    if code not in case.policy.words("jajb_codes") or not case.policy.flag("jajb_required"):
        return _NOTHING
    way = route(event) or ""
    modifier = "JB" if way == "SC" else "JA" if way.startswith("IV") else ""
    told = hit(case, event, "M-20", modifier=modifier or "JA or JB")
    return ((modifier,) if modifier else ()), (told,)


def _anaemia(case: Case, event: Injection, code: str) -> Found:
    if code not in case.policy.words("esa_codes"):
        return _NOTHING
    why = reasons(event)
    if not why:
        return (), (hit(case, event, "M-22", element="indication", modifier="EA, EB or EC"),)
    causes = case.policy.table("esa_causes")
    modifier = next((causes[word] for word in causes if word in why), case.policy.text("esa_other"))
    return (modifier,), (hit(case, event, "M-22", modifier=modifier),)


def _attested(case: Case, event: Injection, code: str) -> Found:
    if code not in case.policy.words("kx_codes"):
        return _NOTHING
    return ("KX",), (hit(case, event, "M-19"),)


def _state_supplied(case: Case, event: Injection, _code: str) -> Found:
    modifier = case.policy.text("state_supplied_modifier")
    if not modifier or event.drug_source is None or event.drug_source.norm != "state":
        return _NOTHING
    return (modifier,), (hit(case, event, "M-23", event.drug_source, modifier=modifier),)


def notice(case: Case, events: tuple[Injection, ...]) -> Found:
    """Return the modifier of a signed notice of non-coverage, where coverage is in doubt."""
    if not events or "M-18" not in case.policy.rules or not fact(case, "abn", "on_file"):
        return _NOTHING
    return ("GA",), (hit(case, events[0], "M-18", modifier="GA"),)


_ASKED: tuple[Callable[[Case, Injection, str], Found], ...] = (_route, _anaemia, _attested, _state_supplied)
