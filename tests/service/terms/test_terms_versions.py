"""Versions: what is stored, what is in force, what a crash leaves, the way back."""

from __future__ import annotations

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deltoid.pipeline.tabular import TableError
from deltoid.service.terms.kinds import kinds
from deltoid.service.terms.status import status

MUE = kinds()["mue"]
STEPS = 13  # what an import does to the disk; only the last comes after the pointer has moved
JULY = "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"


def named(site: Any) -> tuple[str, ...]:
    return tuple(site.versions.in_force().get("mue", ()))


def test_a_version_says_what_it_was_made_of(files: Any, site: Any, today: date) -> None:
    path = files.mue()
    planned = site.put("mue", path)
    version = site.versions.newest(MUE)
    manifest = version.manifest
    assert (version.name, version.effective, version.imported) == (planned.version, date(2026, 10, 1), today)
    assert manifest["sources"] == [
        {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    ]
    assert manifest["counts"] == {"read": 2, "kept": 2, "dropped": {}}
    assert str(manifest["tool"]).startswith("deltoid ")
    assert list(version.rows("units")) == [["96372", "4", "3"], ["J1885", "8", "2"]]


def test_importing_the_same_file_twice_changes_nothing(files: Any, site: Any) -> None:
    path = files.mue()
    first = site.put("mue", path)
    before = sorted((p, p.stat().st_mtime_ns) for p in site.versions.folder.rglob("*.csv"))
    again = site.put("mue", path)
    assert (again.known, again.version) == (True, first.version)
    assert sorted((p, p.stat().st_mtime_ns) for p in site.versions.folder.rglob("*.csv")) == before
    assert len(named(site)) == 1


def test_a_preview_changes_nothing_and_tells_what_would(files: Any, site: Any) -> None:
    site.put("mue", files.mue("96372,4,3 Date,Data", "J1885,8,2 Date,Data", "J0135,8,2 Date,Data", name=JULY))
    planned = site.plan("mue", files.mue("96372,5,3 Date,Data", "J1885,8,2 Date,Data", "J1010,9,3 Date,Data"))
    [change] = planned.changes
    assert (change.added, change.gone, change.ended, change.changed) == (1, 1, 0, 1)
    assert change.examples == (
        "new: J1010 (units 9, indicator 3)", "gone: J0135", "changed: 96372 (units 4 → 5)",
    )  # fmt: skip
    assert named(site) == (planned.against.name,)
    assert len(list(site.versions.folder.glob("mue/*"))) == 1


def test_codes_that_end_are_told_apart(files: Any, site: Any, lines: Any) -> None:
    text = "Injection, ketorolac tromethamine, per 15 mg"
    site.put("hcpcs", files.hcpcs(lines("J1885", "3", text, "19970101")))
    ended = files.hcpcs(lines("J1885", "3", text, "19970101", "20260930"), name="HCPC2026_OCT_ANWEB.txt")
    change = site.plan("hcpcs", ended).changes[0]
    assert (change.ended, change.changed) == (1, 0)
    assert change.examples == ("ended: J1885 (ends open → 2026-09-30)",)


def test_the_way_back_and_forth(files: Any, site: Any) -> None:
    july, october = files.mue("96372,3,3 Date,Data", name=JULY), files.mue()
    first, second = site.put("mue", july).version, site.put("mue", october).version
    assert named(site) == (first, second)
    assert site.versions.back(MUE, None) == (first,)
    assert site.versions.newest(MUE).name == first
    site.put("mue", october)
    assert named(site) == (first, second)
    assert site.versions.back(MUE, first) == (first,)
    assert site.versions.back(MUE, None) == ()
    with pytest.raises(TableError, match="mue: no version is in force"):
        site.versions.back(MUE, None)


def test_a_version_that_is_not_in_force_cannot_be_gone_back_to(files: Any, site: Any) -> None:
    version = site.put("mue", files.mue()).version
    with pytest.raises(TableError, match=f"'2026-01-01-0' is not in force; in force are {version}"):
        site.versions.back(MUE, "2026-01-01-0")


def test_an_older_release_that_comes_later_keeps_its_place(files: Any, site: Any) -> None:
    second = site.put("mue", files.mue()).version
    first = site.put("mue", files.mue("96372,3,3 Date,Data", name=JULY)).version
    assert named(site) == (first, second)


def test_a_corrected_release_of_the_same_day_goes_first_and_can_be_taken_back(files: Any, site: Any) -> None:
    wrong = site.put("mue", files.mue()).version
    right = site.put("mue", files.mue("96372,5,3 Date,Data")).version
    assert named(site) == (wrong, right)
    assert site.versions.back(MUE, None) == (wrong,)


def test_imports_at_the_same_time_lose_nothing(files: Any, site: Any) -> None:
    quarters = [f"MCR_MUE_PractitionerServices_Eff_{month:02}-01-2026.csv" for month in range(1, 13)]
    paths = [files.mue(f"96372,{n},3 Date,Data", name=name) for n, name in enumerate(quarters, 1)]
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda path: site.put("mue", path).version, paths))
    assert named(site) == tuple(done)


class FullError(OSError):
    pass


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_crash_at_any_step_leaves_the_old_version_in_force(
    step: int, files: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = site.put("mue", files.mue("96372,3,3 Date,Data", name=JULY)).version
    calls = 0

    def failing(real: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == step:
                raise FullError(28, "No space left on device")
            return real(*arguments, **named)

        return call

    with monkeypatch.context() as patch:
        for name in ("replace", "rename", "mkdir"):
            patch.setattr(Path, name, failing(getattr(Path, name)))
        patch.setattr(os, "fsync", failing(os.fsync))
        with pytest.raises(FullError):
            site.put("mue", files.mue())
    assert set(named(site)) <= {old, site.plan("mue", files.mue()).version}
    assert site.versions.newest(MUE).rows
    assert (named(site) == (old,)) == (step < STEPS)
    new = site.put("mue", files.mue()).version
    assert named(site) == (old, new)
    assert [p for p in site.versions.folder.rglob("*.part") if p.is_file()] == []
    assert list(site.versions.newest(MUE).rows("units"))


def test_after_the_last_step_there_is_nothing_left_to_fail(
    files: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("mue", files.mue("96372,3,3 Date,Data", name=JULY))
    counted: list[str] = []

    def counting(name: str, real: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            counted.append(name)
            return real(*arguments, **named)

        return call

    for name in ("replace", "rename", "mkdir"):
        monkeypatch.setattr(Path, name, counting(name, getattr(Path, name)))
    monkeypatch.setattr(os, "fsync", counting("fsync", os.fsync))
    site.put("mue", files.mue())
    assert len(counted) == STEPS, counted


def test_a_table_that_was_changed_since_is_refused_and_mended_by_a_new_import(files: Any, site: Any) -> None:
    path = files.mue()
    name = site.put("mue", path).version
    table = site.versions.folder / "mue" / name / "units.csv"
    table.write_text("code,units,indicator\n96372,99,3\n")
    with pytest.raises(
        TableError, match=f"mue/{name}/units.csv is not what was imported: import the file again"
    ):
        list(site.versions.newest(MUE).rows("units"))
    assert site.put("mue", path).known is False
    assert ["96372", "4", "3"] in list(site.versions.newest(MUE).rows("units"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("in_force = 1", r"CURRENT\.toml: it holds one table"),
        ("[in_force]\nmue = '../../x'", "'mue' is no kind of file with a list of versions"),
        ("[in_force]\nmue = ['../../x']", "'../../x' is not the name of a version"),
        ("[in_force]\nmue = ['2026-10-01-000000000000']", "there is no version '2026-10-01-000000000000'"),
        ("[in_force", r"CURRENT\.toml cannot be read"),
    ],
)
def test_a_pointer_that_cannot_be_used_is_refused(text: str, words: str, site: Any) -> None:
    site.versions.folder.mkdir(parents=True)
    (site.versions.folder / "CURRENT.toml").write_text(text)
    with pytest.raises(TableError, match=words):
        site.versions.newest(MUE)


def test_no_descriptor_reaches_the_data_folder(
    files: Any, site: Any, canary: str, product: Any, lines: Any
) -> None:
    site.put("fees", files.fees(files.service("96372", "0.17", "0.28", "0.28", "0.01")))
    site.put("asp-ndc", files.asp(f"90371,{canary},Grifols,13533-0636-01,HyperHepB,1 ML,1,1,1,1"))
    site.put("mue", files.mue(f"96372,4,3 Date,{canary}"))
    site.put("ptp", files.ptp(("96372", "99211", canary, "20050101", "*", "1", canary)))
    site.put("hcpcs", files.hcpcs(lines("96372", "3", canary), lines("J1885", "3", "Injection", "19970101")))
    stored = [path for path in site.versions.data.rglob("*") if path.is_file()]
    assert len(stored) > 10
    assert [path for path in stored if canary.encode() in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2026, 9, 30), "not yet in force"),
        (date(2026, 10, 1), "fresh"),
        (date(2026, 12, 31), "fresh"),
        (date(2027, 1, 1), "out of date"),
    ],
)
def test_the_state_goes_by_the_rhythm_of_the_file(day: date, word: str, files: Any, site: Any) -> None:
    site.put("mue", files.mue())
    states = {state.kind.name: state for state in status(site.versions, day)}
    assert states["mue"].word == word
    assert states["mue"].age_days == (day - date(2026, 10, 1)).days
    assert states["ptp"].word == "missing"
    told = json.loads(json.dumps(states["mue"].as_json()))
    assert (told["rhythm"], told["fresh_until"]) == ("quarterly", "2026-12-31")
