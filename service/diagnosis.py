"""What an installation consists of: versions, digests, what is served, limits."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import metadata

from deltoid.models.current import served
from deltoid.service.engine import build_engine
from deltoid.service.settings import Settings
from deltoid.service.sitepolicy import site_book
from deltoid.service.terms.force import in_force
from deltoid.service.terms.status import status
from deltoid.service.terms.versions import Versions
from deltoid.service.versions import deltoid_version, models_named

LIBRARIES = ("spacy", "ahocorasick_rs", "pydantic", "fastapi", "starlette", "uvicorn", "typer")


def diagnosis(settings: Settings, *, today: date | None = None) -> dict[str, object]:
    """Return what the installation consists of, having loaded all of it.

    Parameters
    ----------
    settings : Settings
    today : datetime.date, optional
        The day on which the policies are taken; the real one if not given.

    Returns
    -------
    dict
        Strings, and tables of strings.

    Raises
    ------
    ArtifactError, PolicyError, TableError, OSError
        If something of it cannot be used.
    """
    day = today or date.today()
    book = site_book(settings.policy)
    engine = in_force(build_engine(book), settings)
    return {
        "deltoid": deltoid_version(),
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        "pipeline": list(engine.nlp.pipe_names),
        "tables": engine.versions()["tables"],
        "imported": _imported(settings, day),
        "policies": {payer: f"sha256:{book.policy(payer, day).digest}" for payer in engine.payers},
        "policies_on": day.isoformat(),
        "models": models_named(served()),
        "site_policies": [str(each["payer"]) for each in book.own] or None,
        "limits": settings.model_dump(exclude={"policy", "data", "locality"}),
    }


def _imported(settings: Settings, day: date) -> dict[str, str]:
    """Return the imported files with their state, those that are missing left out."""
    states = status(Versions(settings.data), day) if settings.data else ()
    return {state.kind.name: f"{state.version.name}, {state.word}" for state in states if state.version}


def told(found: Mapping[str, object], *, as_json: bool) -> str:
    """Return a diagnosis as one JSON object or as lines.

    Examples
    --------
    >>> print(told({"deltoid": "1.0", "models": {"extraction": None}}, as_json=False))
    deltoid: 1.0
    models:
      extraction: none
    """
    return json.dumps(found, indent=2) if as_json else "\n".join(_lines(found))


def _lines(found: Mapping[str, object], indent: str = "") -> Iterator[str]:
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield f"{indent}{name}:"
            yield from _lines(value, indent + "  ")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            yield f"{indent}{name}: {'none' if shown is None else shown}"
