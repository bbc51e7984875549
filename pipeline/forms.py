"""What the words of clinical notes stand for: ways in, places, units, parts of a note, kinds of reasons."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from deltoid.pipeline.types import Device, RouteCode, Target

RouteWord = Literal[RouteCode, "NOT_NEEDLE"]
ConditionKind = Literal["disease", "symptom", "purpose"]
UnitKind = Literal[
    "mass", "volume", "activity", "amount", "count", "concentration", "per_weight", "per_area", "per_dose",
    "rate", "daily", "weight",
]  # fmt: skip
Section = Literal[
    "chief_complaint", "reason_for_visit", "hpi", "current_illness", "history", "interval", "subjective",
    "objective", "exam", "vitals", "assessment", "assessment_plan", "plan", "orders", "medications_home",
    "medications_current", "other_meds", "medications_given", "discharge_medications", "prescriptions",
    "allergies", "pmh", "psh", "family_history", "social_history", "immunizations", "ros", "labs", "imaging",
    "results", "ed_course", "hospital_course", "procedure", "procedure_description", "anesthesia",
    "premedication", "indication", "preop_diagnosis", "postop_diagnosis", "diagnosis", "impression",
    "discharge_diagnosis", "findings", "complications", "estimated_blood_loss", "specimens", "disposition",
    "discharge_instructions", "followup", "education", "consent", "nursing_note", "injection_record",
    "recommendations", "problem_list", "addendum", "signature", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RouteForm:
    """What a written route stands for; the code ``NOT_NEEDLE`` proves that the mention is no injection."""

    code: RouteWord
    target: Target | None = None
    device: Device | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The place in our word (``deltoid``, ``knee``), and the tissue that a needle there means."""

    place: str
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in our word: one `unit` is `factor` of `base` (1 mcg = 0.001 mg; 1 % = 10 mg/mL)."""

    unit: str
    kind: UnitKind
    factor: Decimal
    base: str
