"""What goes in: one encounter."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from deltoid.pipeline.types import Context, DraftLine, Note
from deltoid.service.schemas.fields import Amount, Code, Day, Diagnosis, Modifier, Name, Pos, State

DEFAULTS = {"payer": "commercial", "claim": "professional"}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class ClaimLineIn(_Strict):
    """A claim line as somebody means to send it."""

    code: Code
    modifiers: list[Modifier] = Field(default_factory=list, max_length=4)
    units: Amount = Field(default="1", validate_default=True)
    diagnoses: list[Diagnosis] = Field(default_factory=list, max_length=12)
    ndc: Name | None = None
    charge: Amount | None = None

    def to_line(self) -> DraftLine:
        """Return the line in the pipeline's words."""
        return DraftLine(
            code=self.code,
            modifiers=tuple(self.modifiers),
            units=self.units,
            diagnoses=tuple(self.diagnoses),
            ndc=self.ndc,
            charge=self.charge,
        )


class ContextIn(_Strict):
    """What is known beside the note; null or absent means "not known"."""

    date_of_service: Day | None = None
    payer: Name | None = Field(default=None, description="A policy profile; `commercial` if not known.")
    pos: Pos | None = None
    claim: Literal["professional", "facility"] | None = Field(
        default=None, description="`professional` if not known."
    )
    em_code: Code | None = None
    same_day_procedures: list[Code] | None = None
    patient_age: Amount | None = Field(default=None, description="In years.")
    new_patient: bool | None = None
    encounter_id: Name | None = None
    patient_id: Name | None = None
    clinician: Name | None = None
    clinic: Name | None = None
    state: State | None = None
    mac: Name | None = None
    plan: Name | None = None
    supervision: Name | None = None
    counselling: bool | None = None
    global_period: Name | None = None
    pregnant: bool | None = None
    claim_lines: list[ClaimLineIn] | None = None

    def to_context(self) -> Context:
        """Return the context in the pipeline's words, with the origin of the fields that have defaults."""
        known = {name: getattr(self, name) for name in type(self).model_fields}
        known |= {name: value for name, value in DEFAULTS.items() if known[name] is None}
        lines = None if self.claim_lines is None else tuple(line.to_line() for line in self.claim_lines)
        known |= {"same_day_procedures": tuple(self.same_day_procedures or ()), "claim_lines": lines}
        return Context(**known, origin=self._origin())

    def _origin(self) -> dict[str, str]:
        origin = {name: "given" if getattr(self, name) is not None else "default" for name in DEFAULTS}
        return origin | ({"date_of_service": "given"} if self.date_of_service is not None else {})


def _either_name(schema: dict[str, Any]) -> None:
    schema["properties"]["text"] = {"type": "string", "description": "Another name for `note`."}
    schema["required"].remove("note")
    schema["oneOf"] = [{"required": ["note"]}, {"required": ["text"]}]


class EncounterIn(_Strict):
    """One encounter: the note exactly as it was written, and what is known beside it."""

    model_config = ConfigDict(json_schema_extra=_either_name)

    id: Name | None = None
    note: str = Field(description="The text, untouched: offsets count its code points.")
    context: ContextIn | None = None

    @model_validator(mode="before")
    @classmethod
    def _text_for_note(cls, data: object) -> object:
        if not isinstance(data, dict) or "text" not in data:
            return data
        if "note" in data:
            raise ValueError("the text stands under note or under text, not under both")
        return {"note" if key == "text" else key: value for key, value in data.items()}

    def to_note(self, id: str) -> Note:  # noqa: A002 - the word of the contract
        """Return the encounter in the pipeline's words; `id` is for one that has none of its own.

        Examples
        --------
        >>> EncounterIn.model_validate({"text": "Toradol 30 mg IM given."}).to_note("a").context.payer
        'commercial'
        """
        context = (self.context or ContextIn()).to_context()
        return Note(self.id if self.id is not None else id, self.note, context)
