"""The narratives: whole documents of invented charts, in which injections stand by the way.

One reader labelled each; `NARRATIVES` holds their sheets. They are for learning and choosing, not for proof:
the gold corpus has the test part.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from deltoid.annotations.marked import MarkedText
from deltoid.annotations.sheets import read_sheets

NARRATIVES = Path("annotations/narrative")
#: The writer whose documents choose when to stop and how sure is sure; nothing learns from them.
DEV_WRITER = "n10"


def read_narratives(part: Literal["train", "dev"], folder: Path = NARRATIVES) -> tuple[MarkedText, ...]:
    """Read the documents of a part, in the order of their ids.

    Parameters
    ----------
    part : {"train", "dev"}
        ``dev`` is one writer's whole work.
    folder : Path, optional
        Where the sheets stand.

    Raises
    ------
    MarkError
        If a sheet cannot be read; it names file and line.
    """
    paths = (path for path in sorted(folder.glob("n*.txt")) if _is_dev(path) == (part == "dev"))
    return tuple(note for path in paths for note in read_sheets(path))


def _is_dev(path: Path) -> bool:
    return path.stem.split("-")[0] == DEV_WRITER
