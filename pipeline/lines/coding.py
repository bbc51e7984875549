"""Which drug code an event takes on its day: by dose band, by payer and by maker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from deltoid.pipeline.dated_codes import DrugCode
from deltoid.pipeline.lines.counting import around
from deltoid.pipeline.lines.ndc import normal
from deltoid.pipeline.lines.packages import package
from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.see import fact, hit, route
from deltoid.pipeline.types import Injection

_NOT_A_DRUG = frozenset({"word", "never"})


@dataclass(frozen=True, slots=True)
class Coded:
    """The drug code of one event, None where none is to be billed, with the rules that spoke.

    `sure` is False where the record must first say which of several codes it is.
    """

    code: DrugCode | None = None
    hits: tuple[Hit, ...] = ()
    sure: bool = True


def coded(case: Case, event: Injection) -> Coded:
    """Return the drug code of an event on the day of the policy.

    Parameters
    ----------
    case : Case
        Its policy tells the day and the payer's choice between codes.
    event : Injection
        An event that may be billed.

    Returns
    -------
    Coded
    """
    if event.drug is None or event.drug.category in case.policy.words("no_drug_line"):
        return Coded()
    rows = _in_question(case, event, event.drug.name)
    if not rows:
        return _unlisted(case, event)
    if rows[0].code in case.policy.table("unlisted_codes").values():
        return _not_listed(case, event, rows[0].code)
    return _by_maker(case, event, rows)


def _in_question(case: Case, event: Injection, name: str) -> Sequence[DrugCode]:
    """Return the codes that payer, route and dialysis leave open."""
    rows = case.policy.official.words.codes_on(name, case.policy.day, event.dose)
    wanted = case.policy.text("rho_d_code")
    chosen = [row for row in rows if row.code == wanted]
    if chosen and any(row.note.startswith("per payer") for row in rows):
        return chosen
    met = [row for row in rows if row.maker in _CONDITIONS and _CONDITIONS[row.maker](case, event)]
    return met or [row for row in rows if row.maker not in _CONDITIONS]


def _by_maker(case: Case, event: Injection, rows: Sequence[DrugCode]) -> Coded:
    packed = package(case.policy, event)
    if packed and (own := [row for row in rows if row.code in packed.codes]):
        return Coded(own[0])
    reserved = [row for row in rows if row.maker]
    named = [row for row in reserved if row.maker in _CONDITIONS or _names(case, event, row)]
    open_to_all = [row for row in rows if not row.maker]
    if named:
        return Coded(named[0])
    if not open_to_all:
        return Coded(reserved[0], (_which(case, event, reserved, "none yet"),), sure=False)
    told = (_which(case, event, reserved, open_to_all[0].code),) if reserved else ()
    return Coded(open_to_all[0], told, sure=len(open_to_all) == 1)


def _which(case: Case, event: Injection, rows: Sequence[DrugCode], used: str) -> Hit:
    makers = ", ".join(f"{row.maker or row.name} {row.code}" for row in rows)
    return hit(case, event, "H-10", makers=makers, used=used)


def _names(case: Case, event: Injection, row: DrugCode) -> bool:
    return row.maker in row.name or re.search(rf"\b{re.escape(row.maker)}\b", around(case, event)) is not None


def _dialysis(case: Case, _event: Injection) -> bool:
    return fact(case, "esrd", "yes") and not fact(case, "esrd", "no")


def _intravenous(_case: Case, event: Injection) -> bool:
    return (route(event) or "").startswith("IV")


# what codes.csv reserves a code for, beside makers
_CONDITIONS = {"ESRD on dialysis": _dialysis, "IV form": _intravenous}


def _unlisted(case: Case, event: Injection) -> Coded:
    name = event.drug.name if event.drug else ""
    products = _products(case, name)
    if products:
        return Coded(None, (_which(case, event, products, "none yet"),))
    substance = case.policy.official.words.substances().get(name)
    codes = case.policy.table("unlisted_codes")
    code = codes.get(substance.category, codes.get("other", "")) if substance else ""
    vague = any(word in name for word in case.policy.words("vague_product_words"))
    if substance is None or substance.form in _NOT_A_DRUG or vague or not code:
        return Coded()
    return _not_listed(case, event, code)


def _not_listed(case: Case, event: Injection, code: str) -> Coded:
    name = event.drug.name if event.drug else ""
    told = hit(case, event, "H-11", noc=code, narrative=_narrative(name, event))
    return Coded(DrugCode(name, code, Decimal(1), "dose"), (told,))


def _products(case: Case, name: str) -> Sequence[DrugCode]:
    """Return the codes of the products of a substance that is named without its salt or brand."""
    words = case.policy.official.words
    kin = [other for other in words.substances() if other.startswith(f"{name} ")]
    return [row for other in kin for row in words.codes_on(other, case.policy.day)]


def _narrative(name: str, event: Injection) -> str:
    package = normal(event.ndc.text) if event.ndc else None
    dose = event.dose.mention.text if event.dose else "dose?"
    return ", ".join([name, dose, route(event) or "route?", f"NDC {package}" if package else "NDC?"])
