"""An injection event while it is being put together: one drug mention and what has been tied to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from deltoid.pipeline.formulary import Substance
from deltoid.pipeline.types import Doubt, Mention, Person, Quantity, Site, Status, Strength


@dataclass(slots=True)
class Draft:
    """A drug mention with the slots that were tied to it; `mention` None where no substance is named."""

    mention: Mention | None
    substance: Substance | None
    anchor: Mention
    dose: Quantity | None = None
    volume: Quantity | None = None
    strength: Strength | None = None
    route: Mention | None = None
    site: Site | None = None
    sites: list[Site] = field(default_factory=list)
    time: Mention | None = None
    date: Mention | None = None
    given_by: Person | None = None
    ordered_by: Person | None = None
    lot: Mention | None = None
    ndc: Mention | None = None
    expiration: Mention | None = None
    waste: Quantity | None = None
    labelled_amount: Quantity | None = None
    container: Mention | None = None
    drug_source: Mention | None = None
    device: Mention | None = None
    needle: Mention | None = None
    supervised_by: Person | None = None
    response: Mention | None = None
    consent: Mention | None = None
    sticks: int | None = None
    infused: bool = False
    over_time: bool = False
    status: Status = "administered"
    weight: float = 0.0
    doubt: Doubt | None = None
    by_other_entity: bool = False
    evidence: list[Mention] = field(default_factory=list)
    also: list[Mention] = field(default_factory=list)
    partners: list[Draft] = field(default_factory=list)

    @property
    def form(self) -> str:
        """Return how the substance is given in practice, as in substances.csv; ``word`` for none."""
        return self.substance.form if self.substance else "word"

    @property
    def name(self) -> str:
        """Return the substance's name, empty where none is named."""
        return self.substance.name if self.substance else ""

    def filled(self) -> int:
        """Return how many of the slots that a coder reads first are filled."""
        return sum(slot is not None for slot in (self.dose, self.route, self.site, self.time, self.given_by))

    def complete(self, other: Draft, slots: Iterable[str]) -> None:
        """Take over from another draft those of `slots` that this one lacks."""
        for slot in slots:
            if getattr(self, slot) is None:
                setattr(self, slot, getattr(other, slot))
