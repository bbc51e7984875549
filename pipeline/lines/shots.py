"""The lines of 96372: units or separate lines, and the modifier that tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deltoid.pipeline.lines.counting import Counted, counted, drug_words, hits
from deltoid.pipeline.lines.edits import Edits, edits
from deltoid.pipeline.lines.families import family
from deltoid.pipeline.lines.part import Part
from deltoid.pipeline.lines.settings import choice, most, whole
from deltoid.pipeline.lines.sheet import SHOT, Sheet
from deltoid.pipeline.lines.syringes import Dose
from deltoid.pipeline.rulebook import Hit, Policy
from deltoid.pipeline.types import ClaimLine

DISTINCT = frozenset({"59", "XE", "XP", "XS", "XU"})
_STYLES = ("59", "X")
_FURTHER = {"lines_59": "59", "lines_XS_XE": "XS", "lines_76": "76"}
_REPEATED = frozenset({"76", "77"})
_NEIGHBOURS = {"chemotherapy": "M-27", "iv": "M-11"}


def shots(sheet: Sheet, beside: Sequence[str]) -> Part:
    """Return the lines of 96372 that may be sent now.

    Parameters
    ----------
    sheet : Sheet
        The case with its judgements.
    beside : sequence of str
        Codes of other procedures and administrations on the same claim.

    Returns
    -------
    Part
        With the rules of counting, of the format and of the modifiers.
    """
    found = counted(sheet)
    policy = sheet.case.policy
    lines = [line for place in range(len(found)) for line in _lines(found, place, policy)]
    paired = edits(policy, beside)
    told = [*hits(sheet, found), *_format_hits(found, lines, beside)]
    if lines and paired.refused:
        return Part((), (*told, _refused(lines, paired)))
    if lines and paired.ours:
        lines = [_marked(line, policy) for line in lines]
        told.extend(_pair_hits(lines, paired))
    if lines and paired.theirs:
        told.append(_theirs(lines, paired))
    lines, over = _within(lines, policy)
    return Part(tuple(lines), (*told, *over))


def _lines(found: Sequence[Counted], place: int, policy: Policy) -> Iterator[ClaimLine]:
    item = found[place]
    earlier = [other.dose for other in found[:place]]
    first = ClaimLine(SHOT, 1, _against(item.dose, earlier, policy), item.dose.ids)
    wanted = choice(policy, "multi_injection_format", ("units_one_line", *_FURTHER))
    if wanted == "units_one_line":
        yield replace(first, units=item.units)
        return
    yield first
    for _ in range(item.units - 1):
        yield replace(first, modifiers=(_FURTHER[wanted],))


def _against(dose: Dose, earlier: Sequence[Dose], policy: Policy) -> tuple[str, ...]:
    if dose.again:
        same = next(other for other in earlier if other.drugs == dose.drugs)
        return (_repeat(dose, same),)
    return (_distinct(dose, earlier[-1], policy),) if earlier else ()


def _repeat(dose: Dose, same: Dose) -> str:
    # 77 is for another practitioner; nurses of one practice bill under the same one
    own = [_practitioner(other) for other in (dose, same)]
    return "77" if all(own) and own[0] != own[1] else "76"


def _practitioner(dose: Dose) -> str | None:
    giver = dose.events[0].given_by
    billing = giver is not None and giver.credential in ("MD", "DO", "NP", "PA", "CNM", "CNS", "DPM")
    return giver.mention.text if giver and billing else None


def _distinct(dose: Dose, other: Dose, policy: Policy) -> str:
    if choice(policy, "distinct_modifier", _STYLES) == "59":
        return "59"
    if dose.places and other.places and not dose.places & other.places:
        return "XS"
    if dose.minute is not None and other.minute is not None:
        return "XE" if abs(dose.minute - other.minute) >= whole(policy, "repeat_minutes") else "XU"
    return "XU"


def _marked(line: ClaimLine, policy: Policy) -> ClaimLine:
    if set(line.modifiers) & (DISTINCT | _REPEATED):
        return line
    modifier = "59" if choice(policy, "distinct_modifier", _STYLES) == "59" else "XS"
    return replace(line, modifiers=(*line.modifiers, modifier))


def _format_hits(
    found: Sequence[Counted], lines: Sequence[ClaimLine], beside: Sequence[str]
) -> Iterator[Hit]:
    ids = tuple(event for item in found for event in item.dose.ids)
    if sum(line.units for line in lines) > 1:
        shape = "one line with units" if len(lines) == 1 else f"{len(lines)} lines"
        yield Hit("U-10", ids, fill={"shape": shape})
    kept = sorted({code for code in beside if code in ("95115", "95117", "96377", "86580", "96402")})
    if lines and kept:
        yield Hit("U-13", ids, fill={"codes": ", ".join(kept)})
    for item in found:
        modifiers = {m for line in lines if line.events == item.dose.ids for m in line.modifiers}
        for rule, modifier in (("M-12", "76"), ("M-13", "77")):
            if modifier in modifiers:
                yield Hit(rule, item.dose.ids, fill={"drug": drug_words(item.dose.events[0])})
    distinct = sorted({m for line in lines for m in line.modifiers} & DISTINCT)
    if distinct:
        yield Hit("M-10", ids, fill={"modifier": ", ".join(distinct)})


def _events(lines: Sequence[ClaimLine]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(event for line in lines for event in line.events))


def _refused(lines: Sequence[ClaimLine], paired: Edits) -> Hit:
    fill = {"codes": ", ".join(paired.refused), "modifier": "none is allowed"}
    return Hit("M-09", _events(lines), fill=fill, severity="block", table=paired.table)


def _theirs(lines: Sequence[ClaimLine], paired: Edits) -> Hit:
    codes = ", ".join(paired.theirs)
    fill = {"codes": codes, "modifier": f"it belongs on {codes}"}
    return Hit("M-09", _events(lines), fill=fill, table=paired.table)


def _pair_hits(lines: Sequence[ClaimLine], paired: Edits) -> Iterator[Hit]:
    ids = _events(lines)
    modifiers = sorted({m for line in lines for m in line.modifiers})
    fill = {"codes": ", ".join(sorted(set(paired.ours))), "modifier": ", ".join(modifiers)}
    yield Hit("M-09", ids, fill=fill, table=paired.table)
    kinds = {kin.family for code in paired.ours if (kin := family(code))}
    for rule in sorted(
        {_NEIGHBOURS.get(kind, "M-26") for kind in kinds - {"allergy", "sc_infusion", "arterial"}}
    ):
        yield Hit(rule, ids, fill=fill)


def _within(lines: Sequence[ClaimLine], policy: Policy) -> tuple[list[ClaimLine], list[Hit]]:
    found = most(policy, SHOT)
    total = sum(line.units for line in lines)
    fill = {"code": SHOT, "units": str(total)}
    if found is None:
        untold = total > 1 and policy.official.most_units is None and policy.text("code_edits") != ""
        return list(lines), [Hit("U-09v", _events(lines), fill=fill)] if untold else []
    if total <= found.units:
        return list(lines), []
    fill = {**fill, "most": str(found.units), "kind": found.kind}
    # an edit by line lets lines pass that each keep to it
    severity = found.severity if max(line.units for line in lines) > found.units else "advise"
    severity = severity if found.kind == "1" else found.severity
    hit = Hit("U-09", _events(lines), fill=fill, severity=severity, table=found.table)
    return (list(_cut(lines, found.units)) if found.kind == "2" else list(lines)), [hit]


def _cut(lines: Sequence[ClaimLine], most: int) -> Iterator[ClaimLine]:
    for line in lines:
        units = min(line.units, most)
        most -= units
        if units:
            yield replace(line, units=units)
