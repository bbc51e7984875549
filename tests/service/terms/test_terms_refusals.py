"""What cannot be used is refused by file and line, and never taken in part."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deltoid.pipeline.tabular import TableError

Make = Callable[[Any, Any], tuple[str, Path]]
HEAD = "_2026_CODE,Short Description,LABELER NAME,NDC,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,X"
GOOD = "J1885,K,H,00409-3795-01,Toradol,15 MG,1,25,2,50"

CASES: dict[str, tuple[Make, str]] = {
    "hcpcs: short line": (
        lambda f, line: ("hcpcs", f.hcpcs(line("J1885", "3", "Injection")[:200])),
        r"ANWEB_06172026\.txt, line 1: 200 characters where at least 292 are",
    ),
    "hcpcs: further line of another code": (
        lambda f, line: ("hcpcs", f.hcpcs(line("J1885", "3", "Injection"), line("J1886", "4", "more"))),
        r"line 2: column record: '4' is no first line, and goes on with no code above it",
    ),
    "hcpcs: no such day": (
        lambda f, line: ("hcpcs", f.hcpcs(line("J1885", "3", "Injection", "20261301"))),
        r"line 1: column starts: '20261301' is no date",
    ),
    "hcpcs: no code": (
        lambda f, line: ("hcpcs", f.hcpcs(line("J18X5", "3", "Injection"))),
        r"line 1: column code: 'J18X5' is no HCPCS or CPT code",
    ),
    "asp: a cell too many": (
        lambda f, _: ("asp-ndc", f.asp(GOOD, f"{GOOD},1")),
        r"Crosswalk\.csv, line 5: 11 cells where 10 columns are",
    ),
    "asp: units are no number": (
        lambda f, _: ("asp-ndc", f.asp(GOOD.replace("2,50", "two,50"))),
        r"line 4: column units: 'two' is not a number",
    ),
    "asp: another header": (
        lambda f, _: ("asp-ndc", f.text("October 2026 ASP.csv", HEAD, GOOD)),
        r"line 1: has no header of this kind of file near its top: is it the right file\?",
    ),
    "asp: a quotation mark left open": (
        lambda f, _: ("asp-ndc", f.asp(GOOD, GOOD.replace("Toradol", '"Toradol'))),
        r"line 5: not a table in CSV: unexpected end of data",
    ),
    "ptp: cut line": (
        lambda f, _: ("ptp", f.ptp(("96372", "99211", "", "20050101", "*", "1", "why"), ("96372", "20610"))),
        r"ccipra-v323r0-f1\.txt, line 4: 2 cells where 7 columns are",
    ),
    "ptp: unknown indicator": (
        lambda f, _: ("ptp", f.ptp(("96372", "99211", "", "20050101", "*", "7", "why"))),
        r"line 3: column indicator: '7' is none of 0, 1, 9",
    ),
    "mue: the same code twice": (
        lambda f, _: ("mue", f.mue("96372,4,3 Date,Data", "96372,5,3 Date,Data")),
        r"line 6: column code: '96372' stands there twice",
    ),
    "mue: half a unit": (
        lambda f, _: ("mue", f.mue("96372,4.5,3 Date,Data")),
        r"column units: '4\.5' is not a whole number",
    ),
    "mue: an unknown indicator": (
        lambda f, _: ("mue", f.mue("96372,4,Date of Service,Data")),
        "begins with none of 1, 2, 3",
    ),
    "fees: values that do not add up": (
        lambda f, _: (
            "fees", f.fees(f.service("96372", "0.17", "0.28", "0.28", "0.01").replace("0.46", "0.64")),
        ),
        r"PPRRVU2026_Oct_nonQPP\.csv, line 3: column total: '0\.64' is not the sum 0\.46 of its parts",
    ),
    "fees: one file of two": (
        lambda f, _: ("fees", f.text("GPCI2026.csv", "x")),
        "has no header of this kind",
    ),
    "icd: no code": (
        lambda f, _: ("icd10cm", f.text("icd10cm-order-2027.txt", "00001 96372   1 Text")),
        r"line 1: column code: '96372' is no ICD-10-CM code",
    ),
    "cvx: a field too few": (
        lambda f, _: ("cvx", f.text("cvx.txt", "207|COVID|full|note|Active|False")),
        "6 fields where 7 are",
    ),
    "rxnorm: a field too few": (
        lambda f, _: ("rxnorm", f.text("RXNCONSO.RRF", "1|ENG|")),
        r"RXNCONSO\.RRF, line 1: 2 fields where 18 are, each ended by \|",
    ),
    "site fees: two amounts for a day": (
        lambda f, _: (
            "site-fees",
            f.text("fees.csv", "code,amount,payer,from,to", "96372,15,,2026-01-01,", "96372,16,,2026-06-01,"),
        ),
        r"fees\.csv, line 3: column from: '2026-06-01' overlaps with another row",
    ),
    "site fees: an amount below nothing": (
        lambda f, _: ("site-fees", f.text("f.csv", "code,amount,payer,from,to", "96372,-1,,2026-01-01,")),
        "is not a number from zero on",
    ),
    "sad: nobody named": (
        lambda f, _: ("sad", f.text("sad.csv", "name,code,payer,from,to", ",,medicare,2026-01-01,")),
        "is empty, and so is the code",
    ),
    "bytes that are no text": (
        lambda f, _: ("sad", f.text("sad.csv", "name,code,payer,from,to", "\xe9tanercept,,,2026-01-01,")),
        r"sad\.csv, line 2: is not text in utf-8",
    ),
    "a NUL": (
        lambda f, _: ("mue", f.mue("96372,4,3 Date\0,Data")),
        "line 5: holds a NUL: not a text file",
    ),
    "a line without end": (
        lambda f, _: ("mue", f.mue("9" * 70_000)),
        "line 5: longer than 65536 bytes: not a table",
    ),
    "an empty file": (
        lambda f, _: ("ptp", f.text("ccipra-v323r0-f1.txt")),
        r"ccipra-v323r0-f1\.txt: no row of use: is it the right file\?",
    ),
    "two releases at once": (
        lambda f, _: (
            "ptp", f.archive("ncci-2026q3.zip", f.ptp(("96372", "99211", "", "20050101", "*", "1", "w"))),
        ),
        "the names tell 2026-07-01 and 2026-10-01: import one release at a time",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_by_file_and_line(case: str, files: Any, site: Any, lines: Any) -> None:
    make, words = CASES[case]
    kind, path = make(files, lines)
    with pytest.raises(TableError, match=words):
        site.put(kind, path)
    assert site.versions.in_force() == {}
    assert not site.versions.folder.exists()


ROW = ("MCR_MUE_PractitionerServices_Eff_10-01-2026.csv", "96372,4,3 Date,Data\n")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([("../MUE_Practitioner.csv", "x")], "names a place outside the archive"),
        ([("/etc/MUE_Practitioner.csv", "x")], "names a place outside the archive"),
        ([("a/../../MUE_Practitioner.csv", "x")], "names a place outside the archive"),
        ([("..\\MUE_Practitioner.csv", "x")], "names a place outside the archive"),
        ([("C:MUE_Practitioner.csv", "x")], "names a place outside the archive"),
        ([("MUE_Practitioner\n.csv", "x")], "names a place outside the archive"),
        ([("MUE_Practitioner.csv", "0" * 3_000_000)], "grows more than 250 times: a zip bomb"),
        ([(f"{n}.txt", "x") for n in range(501)], "holds 501 files, more than 500"),
        ([("readme.txt", "x")], r"holds no file of the kind 'mue'; it holds 'readme\.txt'"),
    ],
)
def test_an_archive_that_means_harm_is_refused(
    members: list[tuple[str, str]], words: str, files: Any, site: Any
) -> None:
    with pytest.raises(TableError, match=words):
        site.plan("mue", files.archive("mue.zip", *members))


def test_a_link_in_an_archive_is_refused(files: Any, site: Any) -> None:
    path = files.folder / "mue.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo(ROW[0])
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "elsewhere")
    with pytest.raises(TableError, match="is a link, not a file"):
        site.plan("mue", path)


def test_an_archive_in_another_packing_is_refused(files: Any, site: Any) -> None:
    with pytest.raises(TableError, match="is packed in a way that is not read: unpack it first"):
        site.plan("mue", files.archive("mue.zip", ROW, compression=zipfile.ZIP_BZIP2))


def test_a_damaged_archive_is_told_to_be_downloaded_again(files: Any, site: Any) -> None:
    path = files.archive("mue.zip", files.mue(), compression=zipfile.ZIP_STORED)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"Clinical: Data", b"Clinical: Bata", 1))
    with pytest.raises(TableError, match=r"line \d+: the archive is damaged here .* download it again"):
        site.plan("mue", path)
    path.write_bytes(whole[:200])
    with pytest.raises(TableError, match=r"mue\.zip: the archive cannot be read"):
        site.plan("mue", path)


def test_an_encrypted_archive_is_told_to_be_unpacked(files: Any, site: Any) -> None:
    path = files.archive("mue.zip", ROW)
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(TableError, match="is encrypted: unpack it first"):
        site.plan("mue", path)


def test_too_many_lines_and_too_many_bytes(files: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from deltoid.service.terms import sources
    from deltoid.service.terms.kinds import limits

    few = replace(limits(), rows=5)
    monkeypatch.setattr(sources, "limits", lambda: few)
    with pytest.raises(TableError, match="line 6: more than 5 lines"):
        site.plan("mue", files.mue())
    small = replace(limits(), total_bytes=20)
    monkeypatch.setattr(sources, "limits", lambda: small)
    with pytest.raises(TableError, match="holds more than 20 bytes"):
        site.plan("mue", files.archive("mue.zip", files.mue()))
