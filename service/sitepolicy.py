"""A site's own policies: one file, or a folder of them, checked before any of it is in force."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deltoid.pipeline.policybook import PolicyBook
from deltoid.pipeline.policyfile import PolicyError
from deltoid.pipeline.sitepolicy.check import Checked, check


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file of a site with what was found in it."""

    file: str
    checked: Checked

    def problems(self) -> Iterator[str]:
        """Yield what is wrong, each with file and line."""
        for problem in self.checked.problems:
            line = f", line {problem.line}" if problem.line else ""
            yield f"{self.file}{line}: {problem.says}"


def site_files(path: Path) -> tuple[SiteFile, ...]:
    """Read and check a site's file, or all ``.toml`` files of a folder.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    tuple of SiteFile
        In the order of their names.

    Raises
    ------
    PolicyError
        If there is no such file, it is not UTF-8, or two files have one name.
    OSError
        If it cannot be read.
    """
    texts = {file: _text(file) for file in _files(path)}
    contents = {file: _content(text, file.stem) for file, text in texts.items()}
    names = Counter(str(content["payer"]) for content in contents.values() if content)
    if twice := [name for name, times in names.items() if times > 1]:
        raise PolicyError(f"{path.name}: more than one file has the name {', '.join(sorted(twice))}")
    found = []
    for file, text in texts.items():
        others = tuple(content for other, content in contents.items() if other != file and content)
        found.append(SiteFile(file.name, check(text, file.stem, others)))
    return tuple(found)


def site_book(path: Path | None) -> PolicyBook:
    """Return the policies that are in force: the shipped ones, and those of a site where it names some.

    Raises
    ------
    PolicyError
        If a file cannot be used; the message has a line for each problem.

    Examples
    --------
    >>> site_book(None).payers()[0]
    'commercial'
    """
    files = site_files(path) if path else ()
    if problems := [problem for file in files for problem in file.problems()]:
        raise PolicyError("\n".join(problems))
    return PolicyBook(tuple(file.checked.content for file in files))


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise PolicyError(f"{path.name}: there is no such policy file or folder")
    found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not found:
        raise PolicyError(f"{path.name}: the folder holds no .toml file")
    return found


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PolicyError(f"{file.name}: it is not UTF-8") from None


def _content(text: str, name: str) -> Mapping[str, object] | None:
    """Return what another file may extend; what is wrong with it is told when its own turn comes."""
    try:
        return {"payer": name, **tomllib.loads(text)}
    except tomllib.TOMLDecodeError:
        return None
