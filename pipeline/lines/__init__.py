"""Judged events as what goes on the claim: lines, visit, the check of a draft, findings."""

from deltoid.pipeline.lines.assemble import LineResult, build

__all__ = ["LineResult", "build"]
