"""Context that the caller says once for many notes: it fills what an item does not say of itself."""

from __future__ import annotations

from dataclasses import replace

from deltoid.pipeline.types import Context, Note

_WITH_ORIGIN = ("payer", "claim", "date_of_service")
_OTHERS = ("pos", "em_code")


def filled(note: Note, given: Context) -> Note:
    """Return `note` with what `given` knows and the note's own context does not.

    Examples
    --------
    >>> given = Context(payer="medicare", pos="11", origin={"payer": "given"})
    >>> filled(Note("n", "IM", Context(pos="22")), given).context.payer
    'medicare'
    """
    context = note.context
    taken = {name: getattr(given, name) for name in _OTHERS if getattr(context, name) is None}
    origin = dict(context.origin)
    for name in _WITH_ORIGIN:
        if given.origin.get(name) == "given" and origin.get(name) != "given":
            taken[name] = getattr(given, name)
            origin[name] = "given"
    return replace(note, context=replace(context, **taken, origin=origin))
