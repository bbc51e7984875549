"""The words that every part of Deltoid speaks: frozen values that import nothing of ours.

Offsets are Python string indices (code points) into the note exactly as it came in, half-open, so that
``note.text[mention.start:mention.end] == mention.text`` always holds. Amounts are :class:`decimal.Decimal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Status = Literal[
    "administered", "ordered", "declined", "historical", "self_administered", "hypothetical", "other_person"
]
Doubt = Literal["unclear", "conflict"]
RouteCode = Literal[
    "IM", "SC", "ID", "IV_PUSH", "IV_INFUSION", "IV", "INTRA_ARTICULAR", "LOCAL", "BLOCK", "EPIDURAL",
    "INTRALESIONAL", "INTRAVITREAL", "OTHER",
]  # fmt: skip
Device = Literal["needle", "pen", "pump", "on_body", "implant", "auto_injector"]
Target = Literal[
    "muscle", "subcutis", "skin", "joint", "bursa", "tendon", "trigger_point", "nerve", "lesion", "eye",
    "spine", "vessel", "other",
]  # fmt: skip
Laterality = Literal["left", "right", "bilateral"]
Purpose = Literal["therapeutic", "prophylactic", "diagnostic", "anaesthetic", "part_of_procedure"]
Outcome = Literal["supported", "query", "not_supported"]
Disposition = Literal[
    "supported", "supported_with_gaps", "query", "redirect", "not_supported", "other_entity",
    "coverage_excluded",
]  # fmt: skip
Severity = Literal["block", "query", "advise"]
LineStatus = Literal["agree", "unsupported", "missing", "units", "modifier", "code"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the note that mean something.

    Parameters
    ----------
    label : str
        What kind of thing it is: ``drug``, ``route``, ``site``, ``status`` and so on.
    start, end : int
        Half-open code point offsets into the raw note.
    text : str
        ``note[start:end]``.
    found_by : str
        The table row or rule that found it, e.g. ``drugs.csv`` or ``quantity``.
    norm : str
        What it stands for: the drug's name, the route's code, the unit. Empty if only the words tell.

    Examples
    --------
    >>> Mention("route", 3, 5, "IM", "routes.csv", "IM").norm
    'IM'
    """

    label: str
    start: int
    end: int
    text: str
    found_by: str = ""
    norm: str = ""


@dataclass(frozen=True, slots=True)
class Drug:
    """A substance as the note names it; `name` is the normalised one, `category` the class in drugs.csv."""

    mention: Mention
    name: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its unit (``mg``, ``mL``, ``units``, ``mg/kg``); `value` None: it is not a number."""

    mention: Mention
    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Strength:
    """A concentration: `value` `unit` in `per_value` `per_unit`; 1 % is 10 mg in 1 mL."""

    mention: Mention
    value: Decimal
    unit: str
    per_value: Decimal = Decimal(1)
    per_unit: str = "mL"


@dataclass(frozen=True, slots=True)
class Route:
    """The way in; `mention` is None where only the place tells it ("injected into the knee joint")."""

    code: RouteCode
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """Where the needle went, with its side if the note names one."""

    mention: Mention
    laterality: Laterality | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named or meant by the note, with the credential as written ("RN", "MD")."""

    mention: Mention
    credential: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why this drug was given, as the note says it; `icd10cm` only what the note itself writes."""

    mention: Mention
    icd10cm: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Injection:
    """One substance that is, was, will be or could be put into a patient by needle or line.

    Every slot leads back to characters of the note; a slot that the note does not fill is None or empty.
    `evidence` are the words that decided the status ("given", "declined").
    """

    id: str
    status: Status
    doubt: Doubt | None = None
    by_other_entity: bool = False
    drug: Drug | None = None
    dose: Quantity | None = None
    volume: Quantity | None = None
    strength: Strength | None = None
    route: Route | None = None
    device: Device | None = None
    target: Target | None = None
    site: Site | None = None
    sites: tuple[Site, ...] = ()
    sticks: int | None = None
    mixed_with: tuple[str, ...] = ()
    necessity: tuple[Reason, ...] = ()
    given_by: Person | None = None
    time: Mention | None = None
    lot: Mention | None = None
    ndc: Mention | None = None
    expiration: Mention | None = None
    ordered_by: Person | None = None
    supervised_by: Person | None = None
    response: Mention | None = None
    consent: Mention | None = None
    container: Mention | None = None
    labelled_amount: Quantity | None = None
    waste: Quantity | None = None
    drug_source: Mention | None = None
    also: tuple[Mention, ...] = ()
    confidence: float | None = None
    evidence: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class EncounterFacts:
    """What the note says about the encounter as a whole, apart from any one injection.

    `mentions` carry a label and a norm out of encounter_cues.csv, e.g. ``("supervision", "absent")``,
    ``("order", "absent")``, ``("setting", "rhc")`` or ``("visit", "documented")``.
    """

    mentions: tuple[Mention, ...] = ()
    date_of_service: date | None = None
    age_years: Decimal | None = None

    def find(self, label: str, *norms: str) -> tuple[Mention, ...]:
        """Return the mentions of `label`, only those with one of `norms` if any are given.

        Examples
        --------
        >>> facts = EncounterFacts((Mention("order", 0, 8, "No order", norm="absent"),))
        >>> [m.text for m in facts.find("order", "absent")], facts.find("order", "standing")
        (['No order'], ())
        """
        return tuple(m for m in self.mentions if m.label == label and (not norms or m.norm in norms))


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A claim line as somebody means to send it."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    diagnoses: tuple[str, ...] = ()
    ndc: str | None = None
    charge: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the note. None always means "not known", never a guess.

    `origin` says for the three defaulted fields (payer, claim, date_of_service) where the value came from:
    ``given``, ``note``, ``default`` or ``clock``.
    """

    payer: str = "commercial"
    claim: str = "professional"
    date_of_service: date | None = None
    pos: str | None = None
    em_code: str | None = None
    same_day_procedures: tuple[str, ...] = ()
    patient_age: Decimal | None = None
    new_patient: bool | None = None
    encounter_id: str | None = None
    patient_id: str | None = None
    clinician: str | None = None
    clinic: str | None = None
    state: str | None = None
    mac: str | None = None
    plan: str | None = None
    supervision: str | None = None
    counselling: bool | None = None
    global_period: str | None = None
    pregnant: bool | None = None
    claim_lines: tuple[DraftLine, ...] | None = None
    origin: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """One encounter: the text exactly as it came, its id and its context."""

    id: str
    text: str
    context: Context = field(default_factory=Context)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired, why, on which words, and by whose authority."""

    rule: str
    severity: Severity
    message: str
    source: str
    effective: tuple[date | None, date | None] = (None, None)
    hard: bool = False
    element: str | None = None
    query: str | None = None
    events: tuple[str, ...] = ()
    evidence: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """The four questions that are kept apart (docs/policy.md)."""

    coding: Disposition = "supported"
    entity: Disposition = "supported"
    coverage: Disposition = "supported"
    documentation: Disposition = "supported"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one event: the four answers, their summary and the code it leads to."""

    event: str
    answers: Answers
    disposition: Disposition
    code: str | None = None
    purpose: Purpose | None = None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line that the note supports."""

    code: str
    units: int
    modifiers: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Redirect:
    """An event that belongs to another code family, and the rule that says so."""

    code: str
    events: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """What becomes of one draft line (numbered from 1; 0 for a line that the draft lacks)."""

    line: int
    status: LineStatus
    expected: ClaimLine | None = None
    units_delta: Decimal | None = None
    money_delta: Decimal | None = None
    rule: str | None = None
    carc: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """The visit as it should go out."""

    code: str
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for the encounter, with all its reasons."""

    outcome: Outcome
    judgements: tuple[Judgement, ...] = ()
    lines: tuple[ClaimLine, ...] = ()
    held: tuple[ClaimLine, ...] = ()
    em: Visit | None = None
    redirects: tuple[Redirect, ...] = ()
    missing: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    claim: tuple[ClaimCheck, ...] | None = None
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that one note came to; `service.schemas` gives it the shape of the contract."""

    note: Note
    events: tuple[Injection, ...]
    facts: EncounterFacts
    decision: Decision
    triage: tuple[str, str]
    made_with: Mapping[str, object] = field(default_factory=dict)
