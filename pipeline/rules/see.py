"""What a rule looks at: the facts of one event and of its encounter, read the same way everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.types import Injection, Mention, RouteCode

_NEAR = 160  # characters
_TITLE = r"(?<!\w){}\w*[^.;:\n]{{0,14}}\b(?:inj(?:ection|\.)?|csi|block)\b"  # what a procedure is headed with


def name(event: Injection) -> str:
    """Return the substance in lower case, the normal name and the words of the note together."""
    return f"{event.drug.name} {event.drug.mention.text}".lower() if event.drug else ""


def category(event: Injection) -> str:
    """Return the class of the substance, empty where it is not known."""
    return event.drug.category if event.drug else ""


def has(text: str, words: Iterable[str]) -> bool:
    """Whether any of `words` stands in `text`, at the start of a word."""
    return any(_begins(text, word) for word in words)


def _begins(text: str, word: str) -> bool:
    at = text.find(word) if word else -1
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at >= 0


def among(case: Case, text: str, words: str) -> bool:
    """Whether any word of the policy's list `words` stands in `text`."""
    return has(text, case.policy.words(words))


def named(case: Case, event: Injection, words: str) -> bool:
    """Whether the substance is one of the policy's list `words`."""
    return among(case, name(event), words)


def kind(case: Case, event: Injection, categories: str) -> bool:
    """Whether the substance's class is one of the policy's list `categories`."""
    return category(event) in case.policy.words(categories)


def lookup(case: Case, text: str, table: str) -> str | None:
    """Return the code that the policy's `table` gives for the first of its words found in `text`."""
    return next((code for word, code in case.policy.table(table).items() if has(text, [word])), None)


def lookup_rest(case: Case, text: str, table: str) -> str | None:
    """Return the code as `lookup` does; the empty word of the table stands for the rest."""
    return lookup(case, text, table) or case.policy.table(table).get("")


def route(event: Injection) -> str | None:
    """Return the route's code, None where it is not written."""
    return event.route.code if event.route else None


def product_routes(case: Case, event: Injection) -> frozenset[RouteCode]:
    """Return the routes of the product by its package code, else by the name as written, else by substance.

    Empty where no directory of products is loaded, or it does not know the product.
    """
    from deltoid.pipeline.lines.ndc import normal  # the package of lines itself reads with this module

    tables = case.policy.official
    known = tables.package(ndc) if event.ndc and (ndc := normal(event.ndc.text)) else None
    if known and known.routes:
        return known.routes
    names = (event.drug.mention.text.lower(), event.drug.name) if event.drug else ()
    return next((tables.routes[name] for name in names if name in tables.routes), frozenset())


def way(event: Injection) -> str:
    """Return the words for route, place and target in lower case."""
    places = [site.mention for site in (event.site, *event.sites) if site]
    mentions = [event.route.mention] if event.route and event.route.mention else []
    words = [f"{m.text} {m.norm}" for m in (*mentions, *places)]
    return " ".join([*words, event.target or ""]).replace("_", " ").lower()


def near(case: Case, event: Injection) -> str:
    """Return the words around the drug in lower case, within its paragraph."""
    if event.drug is None:
        return ""
    spot, text = event.drug.mention, case.text
    begin = max(text.rfind("\n\n", 0, spot.start) + 1, spot.start - _NEAR, 0)
    end = text.find("\n\n", spot.end)
    return text[begin : min(end if end >= 0 else len(text), spot.end + _NEAR)].lower()


def titled(case: Case, event: Injection, words: Iterable[str]) -> str | None:
    """Return the first of `words` that the text before the drug makes a title of: "SI joint R injection"."""
    before = near(case, event)
    spoken = (word for word in words if word and re.search(_TITLE.format(re.escape(word)), before))
    return next(spoken, None)


def heading(case: Case, event: Injection, words: Iterable[str]) -> str:
    """Return the word that the procedure is headed with, for a drug without a place of its own."""
    free = route(event) is None and (event.site is None or event.target in ("other", None))
    if not free or not kind(case, event, "titled_categories"):
        return ""
    return titled(case, event, words) or ""


def reasons(event: Injection) -> str:
    """Return the reasons for the event in lower case, with their codes."""
    return " ".join(f"{r.mention.text} {' '.join(r.icd10cm)}" for r in event.necessity).lower()


def given(event: Injection) -> bool:
    """Whether staff of this practice gave it in this encounter."""
    return event.status == "administered" and not event.by_other_entity


def fact(case: Case, label: str, *norms: str) -> bool:
    """Whether the note states this of the encounter."""
    return bool(case.facts.find(label, *norms))


def facts(case: Case, event: Injection, label: str, *norms: str) -> tuple[Mention, ...]:
    """Return the facts that concern this event: those on its line, or any where it is the only event."""
    found = case.facts.find(label, *norms)
    if len(case.events) == 1 or event.drug is None:
        return found
    spot = event.drug.mention
    return tuple(m for m in found if "\n" not in case.text[min(m.end, spot.end) : max(m.start, spot.start)])


def pos_code(case: Case) -> str | None:
    """Return the place of service where it is told as a code."""
    return case.context.pos or next((m.norm for m in case.facts.find("pos")), None)


def pos(case: Case) -> str | None:
    """Return the place of service: its code from the context or the note, else from the setting told."""
    if code := pos_code(case):
        return code
    known = case.policy.table("pos_of_setting")
    return next((known[m.norm] for m in case.facts.find("setting") if m.norm in known), None)


def age(case: Case) -> Decimal | None:
    """Return the patient's age in years, from the context, the note or the age band of a preventive visit."""
    if case.context.patient_age is not None:
        return case.context.patient_age
    if case.facts.age_years is not None:
        return case.facts.age_years
    top = case.policy.table("age_band_top").get(case.context.em_code or "")
    return Decimal(top) if top else None


def counselled(case: Case) -> bool:
    """Whether a physician or other qualified professional counselled on this day."""
    if case.context.counselling is not None:
        return case.context.counselling
    return fact(case, "counselling", "today") and not fact(case, "counselling", "earlier", "none")


def by_practitioner(case: Case, event: Injection) -> bool:
    """Whether somebody who may bill under an own number gave it."""
    credential = (event.given_by.credential or "") if event.given_by else ""
    return credential.upper().replace(".", "") in case.policy.words("practitioner_credentials")


def supervised(case: Case) -> bool:
    """Whether the note or the context tells a supervisor, or a visit by a practitioner that implies one."""
    visit = case.context.em_code not in (None, "99211") or fact(case, "visit", "documented")
    stated = case.context.supervision in ("present", "virtual") or fact(
        case, "supervision", "present", "virtual"
    )
    return visit or stated or any(event.supervised_by for event in case.events)


def nurse_visit(case: Case) -> str | None:
    """Return 99211 where a supervised visit has nothing else to bill."""
    if supervised(case) and case.context.em_code in (None, "99211") and not any(map(given, case.events)):
        return "99211"
    return None


def what(event: Injection) -> str:
    """Return substance and amount as the note writes them."""
    drug = event.drug.mention.text if event.drug else "the injection"
    return f"{drug} {event.dose.mention.text}" if event.dose else drug


def hit(
    case: Case,
    event: Injection,
    rule: str,
    *evidence: Mention | None,
    code: str | None = None,
    hard: bool | None = None,
    element: str | None = None,
    **fill: str,
) -> Hit:
    """Make the hit of one event, with the words that every message may use; the drug is the last evidence."""
    spots = [m for m in evidence if m] or [*event.evidence] or ([event.drug.mention] if event.drug else [])
    words = {
        "what": what(event),
        "drug": event.drug.mention.text if event.drug else "the drug",
        "day": case.policy.day.isoformat(),
        "code": code or "another code",
        **fill,
    }
    return Hit(rule, (event.id,), tuple(spots), words, code, hard, element)
