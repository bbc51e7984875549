"""What the encoder answers: the fate of a drug, and the words that fill those slots that rules read badly."""

from __future__ import annotations

from typing import Final, get_args

from deltoid.pipeline.types import Status

#: No event at all, else its status.
FATES: Final = ("none", *get_args(Status))
#: Slots whose words the encoder points at, under the names of the mark format (annotations/scoring.py).
SLOTS: Final = ("site", "why", "giver", "time", "response")
#: The slots under the names of a gold file (annotations/scoring.py), where they differ.
GOLD_NAMES: Final = {"why": "necessity", "giver": "given_by"}
