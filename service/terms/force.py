"""The imported tables put in force: notes are read by their names, cases decided by their values."""

from __future__ import annotations

from dataclasses import replace

from deltoid.service.engine import Engine
from deltoid.service.faults import SettingsError
from deltoid.service.settings import Settings


def in_force(engine: Engine, settings: Settings) -> Engine:
    """Return an engine that goes by the imported tables, the same engine where there are none.

    Parameters
    ----------
    engine : Engine
        Its pipeline is made to look for the imported names too.
    settings : Settings
        They name the data folder and the practice's locality.

    Raises
    ------
    SettingsError
        If there is no such folder.
    TableError
        If what is in force cannot be used; the message says what to do.
    """
    if settings.data is None:
        return engine
    if not settings.data.is_dir():
        raise SettingsError("DELTOID_DATA: there is no such folder; `deltoid terms import` makes one")
    from deltoid.pipeline.components import equip
    from deltoid.service.terms.shelf import shelf
    from deltoid.service.terms.versions import Versions

    imported = shelf(Versions(settings.data), settings.locality)
    if imported is None:
        return engine
    if imported.formulary is not None:
        equip(engine.nlp, imported.formulary)
    return replace(engine, imported=imported)
