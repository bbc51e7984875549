"""Sums with doses, containers and billing units, in decimals and never in floats."""
