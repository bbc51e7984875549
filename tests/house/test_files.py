"""What may be committed, and what must not stand in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

MEGABYTE = 1_000_000
PICKLES = {".pkl", ".pickle", ".joblib", ".p", ".pt", ".pth", ".dill"}

# A class of one letter keeps a pattern from finding itself.
NEVER = {
    "work left undone": r"\b(?:TOD[O]|FIXM[E]|XX[X])\b",
    "code kept from the coverage": r"pragma: no cove[r]",
    "a test that does not run": r"pytest\.(?:mark\.)?(?:ski[p]|xfai[l]|importorski[p])",
    "a registry's host": r"py[p]i\.(?:org|python)|python[h]osted\.|npm[j]s\.(?:org|com)|deb\.debia[n]\.",
    "another registry": r"inde[x]-url|find-link[s]",
    "a path of one machine": r"(?<![\w.$}*])/(?:wor[k]|roo[t]|opt/whee[l]s|hom[e]/\w+)/",
    "a pickle": r"^\s*(?:import|from) (?:pickl[e]|jobli[b]|dil[l]|shelv[e])\b",
}


def test_no_file_is_a_pickle_or_over_five_megabytes(ours: list[Path], root: Path) -> None:
    assert [path for path in ours if path.suffix in PICKLES] == []
    large = [path for path in ours if (root / path).stat().st_size > 5 * MEGABYTE]
    assert [path for path in large if path.parts[:2] != ("models", "store")] == []


def test_the_artifacts_stay_under_thirty_megabytes_in_all(ours: list[Path], root: Path) -> None:
    sizes = [(root / path).stat().st_size for path in ours if path.parts[:2] == ("models", "store")]
    assert 0 < sum(sizes) < 30 * MEGABYTE


@pytest.mark.parametrize("what", NEVER)
def test_no_text_holds(what: str, texts: dict[Path, str]) -> None:
    pattern = re.compile(NEVER[what], re.MULTILINE)
    found = [
        f"{path}:{text.count(chr(10), 0, hit.start()) + 1}"
        for path, text in texts.items()
        for hit in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("work left undone", "# TO·DO: later"),
        ("code kept from the coverage", "# pragma: no co·ver"),
        ("a test that does not run", "@pytest.mark.sk·ip"),
        ("a registry's host", "see https://py·pi.org/simple"),
        ("another registry", "--extra-ind·ex-url"),
        ("a path of one machine", 'open("/ro·ot/notes")'),
        ("a pickle", "import pic·kle"),
    ],
)
def test_each_of_them_would_be_found(what: str, text: str) -> None:
    assert re.search(NEVER[what], text.replace("·", ""), re.MULTILINE)


def test_every_constraint_is_one_exact_version(root: Path) -> None:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line)] == []
    names = {re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower() for line in lines}
    assert len(names) == len(lines) > 0
