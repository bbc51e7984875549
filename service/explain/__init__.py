"""Explanations as they are told: lines for a terminal, and one JSON object."""
