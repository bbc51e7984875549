from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from deltoid.pipeline.dated_codes import COLUMNS
from deltoid.pipeline.formulary import SUBSTANCE_COLUMNS, SURFACE_COLUMNS, Formulary
from deltoid.pipeline.tabular import Row, TableError, read

DAY = date(2025, 11, 1)


def rows(file: str, columns: tuple[str, ...], *written: str) -> list[Row]:
    cells = [line.split("|") for line in written]
    full = [dict(zip(columns, row, strict=True)) for row in cells]
    return [Row(file, line, row) for line, row in enumerate(full, start=2)]


def substance(*written: str) -> list[Row]:
    return rows("substances.csv", SUBSTANCE_COLUMNS, *written)


def surface(*written: str) -> list[Row]:
    return rows("drugs.csv", SURFACE_COLUMNS, *written)


def code(*written: str) -> list[Row]:
    return rows("codes.csv", COLUMNS, *written)


def small() -> Formulary:
    return Formulary.of(
        substance("alpha|vitamin|needle|IM|96372|x"),
        surface("alpha|alpha|x", "al-fa|alpha|x"),
        code("alpha|J0001|1|mg|N||||T|||x"),
    )


def test_shipped_tables_are_sound_and_large_enough() -> None:
    shipped = Formulary.shipped()
    forms = Counter(kind.form for kind in shipped.substances().values())
    injectable = forms["needle"] + forms["iv"] + forms["local"] + forms["either"]
    coded = [name for name in shipped.substances() if shipped.codes_on(name, DAY)]
    assert injectable >= 700
    assert forms["never"] >= 150
    assert len(shipped.surfaces()) >= 4000
    assert len(coded) >= 600
    assert Formulary.shipped() is shipped


def test_every_substance_can_be_written() -> None:
    shipped = Formulary.shipped()
    assert set(shipped.substances()) == set(shipped.surfaces().values())


def test_what_is_never_injected_has_no_administration() -> None:
    wrong = [
        kind.name
        for kind in Formulary.shipped().substances().values()
        if kind.form == "never" and kind.admin_family not in ("NOTINJ", "VAX")
    ]
    assert wrong == []


def test_every_needle_drug_says_which_code_family_it_leads_to() -> None:
    kinds = Formulary.shipped().substances().values()
    given = [kind for kind in kinds if kind.form in ("needle", "iv", "local")]
    assert [kind.name for kind in given if not kind.admin_family] == []


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("alpha|potion|needle|IM|96372|x", "line 2, column category"),
        ("alpha|vitamin|syringe|IM|96372|x", "line 2, column form"),
        ("alpha|vitamin|needle|NOSE|96372|x", "line 2, column usual_route"),
        ("alpha|vitamin|needle|IM|99999|x", "line 2, column admin_family"),
        ("|vitamin|needle|IM|96372|x", "line 2, column name"),
    ],
)
def test_a_bad_substance_is_named_by_file_line_and_column(written: str, words: str) -> None:
    with pytest.raises(TableError, match=f"substances.csv, {words}"):
        Formulary.of(substance(written), [], [])


def test_a_substance_twice_is_refused() -> None:
    row = "alpha|vitamin|needle|IM|96372|x"
    with pytest.raises(TableError, match=r"substances.csv, line 3, column name.*twice"):
        Formulary.of(substance(row, row), [], [])


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("beta|beta|x", "drugs.csv, line 2, column name: 'beta' is no substance"),
        ("Alpha|alpha|x", "drugs.csv, line 2, column surface: 'Alpha' is empty or not in lower case"),
        ("|alpha|x", "drugs.csv, line 2, column surface"),
    ],
)
def test_a_bad_written_form_is_named(written: str, words: str) -> None:
    with pytest.raises(TableError, match=words):
        Formulary.of(substance("alpha|vitamin|needle|IM|96372|x"), surface(written), [])


def test_a_written_form_twice_is_refused() -> None:
    with pytest.raises(TableError, match=r"drugs.csv, line 3, column surface.*twice"):
        Formulary.of(substance("alpha|vitamin|needle|IM|96372|x"), surface("al|alpha|x", "al|alpha|x"), [])


def test_a_site_lays_its_own_rows_over_the_shipped_ones() -> None:
    ours = small().with_tables(
        substance("beta|iron|iv|IV|IVONLY|site"),
        surface("al-fa|beta|site", "bee|beta|site"),
        code("alpha|J0002|2|mg|N||||T|||site"),
    )
    assert ours.surfaces() == {"alpha": "alpha", "al-fa": "beta", "bee": "beta"}
    assert [found.code for found in ours.codes_on("alpha", DAY)] == ["J0002"]
    assert [found.code for found in small().codes_on("alpha", DAY)] == ["J0001"]


def test_a_site_may_not_name_what_nobody_knows() -> None:
    with pytest.raises(TableError, match="'gamma' is no substance"):
        small().with_tables(surfaces=surface("gam|gamma|site"))


def test_an_unknown_name_has_no_codes() -> None:
    assert Formulary.shipped().codes_on("no such thing", DAY) == ()


def test_every_shipped_row_says_where_it_comes_from() -> None:
    for file, columns in (
        ("substances.csv", SUBSTANCE_COLUMNS), ("drugs.csv", SURFACE_COLUMNS), ("codes.csv", COLUMNS)
    ):  # fmt: skip
        assert all(row["source"] for row in read(file, columns))
