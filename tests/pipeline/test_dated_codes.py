from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from deltoid.pipeline.dated_codes import COLUMNS, index
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.tabular import Row, TableError
from deltoid.pipeline.types import Mention, Quantity

DAY = date(2025, 11, 1)


def amount(written: str) -> Quantity:
    value, unit = written.split()
    return Quantity(Mention("dose", 0, len(written), written), Decimal(value), unit)


def codes(written: str, day: date = DAY, dose: str = "", maker: str = "") -> list[str]:
    shipped = Formulary.shipped()
    found = shipped.codes_on(shipped.surfaces()[written], day, amount(dose) if dose else None)
    return [code.code for code in found if code.maker == maker]


# the old codes and the new ones of rule H-09, each with the first day of the new
@pytest.mark.parametrize(
    ("written", "dose", "old", "new", "first"),
    [
        ("depo-medrol", "20 mg", "J1020", "J1010", date(2024, 4, 1)),
        ("depo-medrol", "40 mg", "J1030", "J1010", date(2024, 4, 1)),
        ("depo-medrol", "80 mg", "J1040", "J1010", date(2024, 4, 1)),
        ("solu-medrol", "40 mg", "J2920", "J2919", date(2024, 4, 1)),
        ("solu-medrol", "125 mg", "J2930", "J2919", date(2024, 4, 1)),
        ("dilaudid", "1 mg", "J1170", "J1171", date(2024, 10, 1)),
        ("neulasta", "6 mg", "J2505", "J2506", date(2022, 1, 1)),
        ("acthar", "40 units", "J0800", "J0801", date(2023, 10, 1)),
        ("cortrophin gel", "40 units", "J0800", "J0802", date(2023, 10, 1)),
        ("epinephrine", "0.3 mg", "J0171", "J0165", date(2025, 7, 1)),
    ],
)
def test_the_code_is_the_one_in_force_on_the_day(
    written: str, dose: str, old: str, new: str, first: date
) -> None:
    assert codes(written, first - timedelta(days=1), dose) == [old]
    assert codes(written, first, dose) == [new]


# drug as the hand-researched table names it, and the code it gives there
DRUGS = """
ceftriaxone J0696|bicillin l-a J0561|bicillin c-r J0558|garamycin J1580|zithromax iv J0456|toradol J1885
kenalog-10 J3301|decadron J1100|celestone soluspan J0702|solu-cortef J1720|vitamin b12 J3420
hydroxo b12 J3425|thiamine J3411|vitamin k J3430|depo-provera J1050|depo-testosterone J1071
delatestryl J3121|aveed J3145|testopel S0189|delestrogen J1380|depo-estradiol J1000
progesterone in oil J2675|chorionic gonadotropin J0725|hydroxyprogesterone caproate J1729|lovenox J1650
heparin J1644|arixtra J1652|humulin J1815|glucagon J1610|ozempic J3490|mounjaro J3490|benadryl J1200
phenergan J2550|zofran J2405|vistaril J3410|compazine J0780|norflex J2360|imitrex J3030|dhe-45 J1110
morphine J2270|meperidine J2175|haldol J1630|haldol dec J1631|fluphenazine decanoate J2680
abilify maintena J0401|asimtufii J0402|aristada J1944|aristada initio J1943|zyprexa J2359
zyprexa relprevv J2358|invega sustenna J2426|invega trinza J2427|invega hafyera J2427|erzofri J2428
risperdal consta J2794|perseris J2798|uzedy J2799|rykindo J2801|vivitrol J2315|brixadi weekly J0577
brixadi monthly J0578|probuphine J0570|narcan J2312|zimhi J2313|prolia J0897|xgeva J0897|evenity J3111
forteo J3110|xolair J2357|omlyclo Q5154|nucala J2182|fasenra J0517|tezspire J2356|stelara J3357
wezlana Q5137|cimzia J0717|orencia J0129|actemra J3262|humira J0139|enbrel J1438|methotrexate J9260
vidaza J9025|velcade J9041|cytarabine J9100|bleomycin J9040|eligard J9217|camcevi J1952
lutrate depot J1954|fensolvi J1951|zoladex J9202|trelstar J3315|triptodur J3316|firmagon J9155
faslodex J9395|sandostatin lar J2353|octreotide J2354|somatuline J1930|neupogen J1442|zarxio Q5101
neulasta J2506|procrit J0885|retacrit Q5106|mircera J0888|aranesp J0881|rhophylac J2791|winrho J2792
hyperhep b 90371|hepagam b J1571|hyperrab 90375|kedrab 90377|synagis 90378|enflonsia 90382|apretude J0739
yeztugo J0738|cabenuva J0741|tdap 90715|mmr 90707|shingrix 90750|novavax 91304|ppd 86580|botox J0585
dysport J0586|synvisc J7325|xiaflex J0775|lidocaine J2003|leqvio J1306|firazyr J1744|haegarda J0599
cosyntropin J0834|neostigmine J2710|atropine J0461|glycopyrrolate J1596|glyrx-pf J1597
"""
PAIRS = [tuple(pair.rsplit(" ", 1)) for line in DRUGS.strip().splitlines() for pair in line.split("|")]


@pytest.mark.parametrize(("written", "code"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_drug_has_its_code(written: str, code: str) -> None:
    assert codes(written) == [code]


@pytest.mark.parametrize(
    ("written", "dose", "expected"),
    [
        ("sublocade", "100 mg", ["Q9991"]),
        ("sublocade", "0.3 g", ["Q9992"]),
        ("sublocade", "", ["Q9991", "Q9992"]),
        ("sublocade", "1.5 mL", ["Q9991", "Q9992"]),
        ("brixadi", "24 mg", ["J0577"]),
        ("brixadi", "96 mg", ["J0578"]),
        ("lupron depot", "22.5 mg", ["J9217"]),
        ("lupron depot", "11.25 mg", ["J1950"]),
        ("nirsevimab", "50 mg", ["90380"]),
        ("nirsevimab", "0.5 mL", ["90380"]),
        ("nirsevimab", "100 mg", ["90381"]),
        ("nirsevimab", "1 mL", ["90381"]),
        ("havrix", "1 mL", ["90632"]),
        ("havrix", "0.5 mL", ["90633"]),
        ("rhogam", "300 mcg", ["90384", "J2790"]),
        ("gamastan", "12 mL", ["90281", "J1560"]),
    ],
)
def test_the_dose_decides_where_it_must(written: str, dose: str, expected: list[str]) -> None:
    assert sorted(codes(written, dose=dose)) == expected


@pytest.mark.parametrize(
    ("written", "maker", "code"),
    [
        ("epinephrine", "BPI", "J0166"),
        ("epinephrine", "Hospira", "J0167"),
        ("adrenalin", "Adrenalin", "J0169"),
        ("heparin", "Pfizer", "J1643"),
        ("somatuline", "Cipla", "J1932"),
        ("fiasp", "Fiasp", "J1812"),
    ],
)
def test_a_code_may_be_reserved_for_a_maker(written: str, maker: str, code: str) -> None:
    assert codes(written, maker=maker) == [code]


@pytest.mark.parametrize("written", ["methylprednisolone", "testosterone", "depo", "penicillin", "flu shot"])
def test_what_the_note_leaves_open_has_no_code(written: str) -> None:
    assert codes(written) == []


def test_units_are_the_billing_units() -> None:
    (betamethasone,) = Formulary.shipped().codes_on("betamethasone acetate/phosphate", DAY)
    (gentamicin,) = Formulary.shipped().codes_on("gentamicin", DAY)
    assert (betamethasone.unit_value, betamethasone.unit, betamethasone.up_to) == (Decimal(6), "mg", False)
    assert (gentamicin.unit_value, gentamicin.unit, gentamicin.up_to) == (Decimal(80), "mg", True)


def row(place: int, **cells: str) -> Row:
    empty = dict.fromkeys(COLUMNS, "")
    full = {**empty, "name": "alpha", "code": "J0001", "unit_value": "1", "unit": "mg", "up_to": "N"}
    return Row("codes.csv", place, {**full, "confidence": "T", "source": "x", **cells})


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"name": "beta"}, "column name: 'beta' is no substance"),
        ({"valid_from": "2024-13-01"}, "column valid_from: '2024-13-01' is no date"),
        ({"valid_from": "2024-02-01", "valid_to": "2024-01-01"}, "column valid_to.*before valid_from"),
        ({"unit_value": "one"}, "column unit_value: 'one' is not a number"),
        ({"unit_value": "0"}, "column unit_value: '0' is not above zero"),
        ({"up_to": "yes"}, "column up_to"),
        ({"confidence": "sure"}, "column confidence"),
        ({"when": "over 100 mg"}, "column when: 'over 100 mg' is no condition"),
    ],
)
def test_a_bad_code_is_named_by_file_line_and_column(cells: dict[str, str], words: str) -> None:
    with pytest.raises(TableError, match=f"codes.csv, line 2, {words}"):
        index([row(2, **cells)], ["alpha"])


def test_two_codes_in_force_for_the_same_are_refused() -> None:
    old = row(2, valid_to="2024-04-01")
    new = row(3, code="J0002", valid_from="2024-04-01")
    with pytest.raises(TableError, match="line 3, column code: 'J0002' is in force beside line 2"):
        index([old, new], ["alpha"])


@pytest.mark.parametrize(
    "second",
    [
        lambda: row(3, code="J0002", valid_from="2024-04-02"),
        lambda: row(3, code="J0002", maker="Somebody"),
        lambda: row(3, code="J0002", when="dose>5mg"),
        lambda: row(3, code="90001"),
    ],
    ids=["later", "maker", "dose", "system"],
)
def test_codes_may_stand_side_by_side_for_a_reason(second: Callable[[], Row]) -> None:
    found = index([row(2, valid_to="2024-04-01"), second()], ["alpha"])
    assert len(found["alpha"]) == 2
