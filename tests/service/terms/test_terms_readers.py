"""Each format as it is downloaded: what is kept, what is dropped and why, on which day it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from deltoid.pipeline.tabular import TableError
from deltoid.service.terms.kinds import kinds
from deltoid.service.terms.readers import READERS


def rows(planned: Any, table: str) -> list[tuple[str, ...]]:
    return list(planned.read.found.tables[table])


def test_every_kind_has_a_reader() -> None:
    assert set(READERS) == set(kinds())


def test_hcpcs_goes_on_over_several_lines(files: Any, site: Any, lines: Any) -> None:
    path = files.hcpcs(
        lines("J1010", "3", "Injection, methylprednisolone acetate,", "20240401"),
        lines("J1010", "4", "1 mg"),
        lines("J1030", "3", "Injection, methylprednisolone acetate, 40 mg", "19900101", "20240331"),
        lines("25", "7", "A modifier", "19900101"),
        lines("96372", "3", "Somebody's words"),
        lines("D0120", "3", "Somebody's words"),
    )
    planned = site.plan("hcpcs", files.archive("july-2026-alpha-numeric-hcpcs-file.zip", path))
    assert rows(planned, "codes") == [
        ("J1010", "Injection, methylprednisolone acetate, 1 mg", "2024-04-01", ""),
        ("J1030", "Injection, methylprednisolone acetate, 40 mg", "1990-01-01", "2024-03-31"),
    ]
    assert rows(planned, "modifiers") == [("25", "1990-01-01", "")]
    assert planned.read.found.counts() == {
        "read": 5, "kept": 3, "dropped": {"its text belongs to the AMA or the ADA": 2},
    }  # fmt: skip
    assert planned.read.effective == date(2026, 7, 1)


def test_the_crosswalk_keeps_no_short_text_and_no_device(files: Any, site: Any, canary: str) -> None:
    path = files.asp(
        f'90371,{canary},"Grifols USA, LLC",13533-0636-01,HyperHepB,1 ML,1,1,1,1',
        "J1885,Ketorolac,Hospira,00409-3795-01,Toradol,15 MG,1,25,2,50",
        "J7331,A device,Maker,888867413689,SynoJoynt,1 MG,1,1,20,20",
    )
    planned = site.plan("asp-ndc", path)
    assert rows(planned, "packages") == [
        ("00409379501", "J1885", "Toradol", "15 MG", "2", "50"),
        ("13533063601", "90371", "HyperHepB", "1 ML", "1", "1"),
    ]
    assert planned.read.found.dropped == {"a device: its number has no form of a package code": 1}
    assert planned.read.effective == date(2026, 10, 1)


def test_prices_of_drugs_without_their_short_text(files: Any, site: Any, canary: str) -> None:
    head = "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Notes"
    path = files.text(
        "October 2026 ASP Pricing File.csv", "ASP,,,,", head, f"J1885,{canary},15 MG,0.512,", "90371,,1 ML,,"
    )
    planned = site.plan("asp-prices", files.archive("october-2026-asp-pricing-file.zip", path))
    assert rows(planned, "prices") == [("J1885", "0.512")]
    assert planned.read.found.dropped == {"no payment limit": 1}
    assert planned.read.effective == date(2026, 10, 1)


def test_the_preamble_tells_the_day_where_the_name_does_not(files: Any, site: Any) -> None:
    path = files.asp("J1885,K,H,00409-3795-01,Toradol,15 MG,1,25,2,50", name="crosswalk.csv")
    assert site.plan("asp-ndc", path).read.effective == date(2026, 10, 1)


def test_edits_of_other_procedures_and_edits_that_never_held_are_dropped(files: Any, site: Any) -> None:
    path = files.ptp(
        ("96372", "99211", "", "20050101", "*", "1", "why"),
        ("20610", "96372", "", "20100101", "20191231", "1", "why"),
        ("11042", "11720", "", "20100101", "*", "1", "why"),
        ("96372", "36000", "", "20100101", "*", "9", "why"),
        ("96401", "96372", "", "20100101", "20100101", "1", "why"),
    )
    planned = site.plan("ptp", path)
    assert rows(planned, "pairs") == [
        ("20610", "96372", "2010-01-01", "2019-12-31", "1"),
        ("96372", "99211", "2005-01-01", "", "1"),
    ]
    assert planned.read.found.dropped == {"a pair without 96372": 1, "the edit never held": 2}
    assert (planned.read.effective, planned.read.found.warnings) == (date(2026, 10, 1), [])


def test_a_part_that_is_missing_is_told(files: Any, site: Any) -> None:
    second = files.ptp(("20610", "96372", "", "20100101", "*", "1", "why"), name="ccipra-v323r0-f2.txt")
    with pytest.raises(TableError, match="f1, f2 and so on; given are f2"):
        site.plan("ptp", second)
    first = files.ptp(("20610", "96372", "", "20100101", "*", "1", "why"))
    assert "no pair has 96372 in its first column" in site.plan("ptp", first, second).read.found.warnings[0]


def test_unlikely_units_with_their_indicator(files: Any, site: Any) -> None:
    planned = site.plan("mue", files.mue())
    assert rows(planned, "units") == [("96372", "4", "3"), ("J1885", "8", "2")]
    assert planned.read.effective == date(2026, 10, 1)


def test_the_fee_schedule_takes_the_factor_of_most_and_the_floor_that_is_paid(files: Any, site: Any) -> None:
    planned = site.plan("fees", files.fees(files.service("96372", "0.17", "0.28", "0.28", "0.01")))
    assert rows(planned, "services") == [("96372", "", "A", "0.17", "0.28", "0.28", "0.01", "33.4009")]
    assert rows(planned, "localities") == [
        ("02102-01", "ALASKA*", "1.5", "1.1", "0.6"), ("10112-00", "ALABAMA", "1.0", "0.8", "0.5"),
    ]  # fmt: skip
    assert planned.read.effective == date(2026, 10, 1)


def test_the_directory_keeps_what_goes_in_by_needle(files: Any, site: Any, product: Any) -> None:
    path = files.ndc(
        [
            product("a", "Zyxtrila", "zyxtrimab", "SUBCUTANEOUS", MARKETINGCATEGORYNAME="BLA"),
            product("b", "Toradol", "Ketorolac  Tromethamine", "INTRAMUSCULAR; INTRAVENOUS"),
            product("c", "Sprix", "ketorolac tromethamine", "NASAL"),
        ],
        [("a", "12345-678-90", "20271231"), ("b", "0409-3795-01", ""), ("c", "69344-144-43", "")],
    )
    planned = site.plan("ndc", path, day=date(2026, 11, 1))
    kept = [(row[1], row[2], row[3], row[4]) for row in rows(planned, "products")]
    assert kept == [
        ("zyxtrimab", "zyxtrila", "SC", "no"), ("ketorolac tromethamine", "toradol", "IM IV", "yes"),
    ]  # fmt: skip
    assert [row[0] for row in rows(planned, "packages")] == ["00409379501", "12345067890"]
    assert planned.read.found.counts()["dropped"] == {
        "a package of another way in": 1, "its route needs no needle": 1,
    }  # fmt: skip


def test_an_archive_may_tell_the_day_of_the_directory(files: Any, site: Any, product: Any) -> None:
    path = files.ndc([product("a", "Zyxtrila", "zyxtrimab", "SUBCUTANEOUS")], [("a", "12345-678-90", "")])
    assert site.plan("ndc", path).read.effective == date.fromtimestamp(path.stat().st_mtime)


def test_rxnorm_gives_names_of_injectable_forms_and_their_packages(files: Any, site: Any) -> None:
    def concept(key: str, kind: str, words: str, source: str = "RXNORM") -> str:
        return "|".join([key, "ENG", *[""] * 9, source, kind, key, words, "", "N", "", ""])

    def attribute(key: str, name: str, value: str) -> str:
        return "|".join([key, *[""] * 7, name, "RXNORM", value, "N", "", ""])

    words = files.text(
        "RXNCONSO.RRF",
        concept("1", "SBDF", "zyxtrimab Prefilled Syringe [Zyxtrila]"),
        concept("2", "SCDF", "zyxtrimab Injectable Solution"),
        concept("3", "SCDF", "zyxtrimab Oral Tablet"),
        concept("4", "SCD", "zyxtrimab 100 MG/ML Injection"),
        concept("5", "SBDF", "other Injection [Brand]", source="MTHSPL"),
    )
    more = files.text(
        "RXNSAT.RRF", attribute("4", "NDC", "12345067890"), attribute("3", "NDC", "11111111111")
    )
    planned = site.plan("rxnorm", files.archive("RxNorm_full_prescribe_11022026.zip", words, more))
    assert rows(planned, "names") == [("zyxtrimab", ""), ("zyxtrimab", "zyxtrila")]
    assert rows(planned, "packages") == [("12345067890", "4")]
    assert planned.read.effective == date(2026, 11, 2)


def test_diagnoses_tell_headings_from_codes(files: Any, site: Any, canary: str) -> None:
    path = files.text(
        "icd10cm-order-2027.txt",
        f"{'00001':<5} {'A00':<7} 0 {'Cholera':<60} Cholera",
        f"{'00002':<5} {'A000':<7} 1 {'Cholera due to':<60} Cholera due to",
    )
    planned = site.plan("icd10cm", path)
    assert rows(planned, "codes") == [("A00", "0"), ("A000", "1")]
    assert planned.read.effective == date(2026, 10, 1)


def test_vaccines_without_what_is_none(files: Any, site: Any) -> None:
    path = files.text(
        "cvx.txt",
        "207 |COVID-19, mRNA|A full name|A note|Active|False|2021/05/20",
        "998|no vaccine administered|none|A note|Inactive|True|2025/12/09",
    )
    planned = site.plan("cvx", path)
    assert rows(planned, "vaccines") == [("207", "COVID-19, mRNA", "A full name", "Active", "2021-05-20")]
    assert planned.read.effective == date(2025, 12, 9)


def test_what_a_site_writes_itself(files: Any, site: Any) -> None:
    drugs = files.text(
        "sad.csv", "name,code,payer,from,to", "Zyxtrila,,medicare,2026-01-01,", ",J0135,,2025-01-01,"
    )
    assert rows(site.plan("sad", drugs), "drugs") == [
        ("", "J0135", "", "2025-01-01", ""), ("zyxtrila", "", "medicare", "2026-01-01", ""),
    ]  # fmt: skip
    fees = files.text("fees.csv", "code,amount,payer,from,to", '96372,"$1,025.50",,2026-01-01,2026-12-31')
    planned = site.plan("site-fees", fees)
    assert rows(planned, "fees") == [("96372", "1025.50", "", "2026-01-01", "2026-12-31")]
    assert planned.read.effective == date(2026, 1, 1)


def test_a_day_that_is_told_goes_before_the_name(files: Any, site: Any) -> None:
    assert site.plan("mue", files.mue(), day=date(2027, 1, 1)).read.effective == date(2027, 1, 1)


def test_a_file_of_any_name_is_read_if_its_day_is_told(files: Any, site: Any) -> None:
    path = files.mue(name="table.csv")
    with pytest.raises(TableError, match=r"table\.csv: neither name nor text tells its day: say --effective"):
        site.plan("mue", path)
    assert site.plan("mue", path, day=date(2026, 10, 1)).version.startswith("2026-10-01-")
