"""Labelled notes in the formats of other tools; what is written is read back equal."""
