"""Every table behind the lines names the row that it cannot use, and knows only what there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from deltoid.pipeline import tabular
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.lines import components, counting, denials, families, sizes
from deltoid.pipeline.rules import doses


@pytest.mark.parametrize(
    ("columns", "use", "row", "words"),
    [
        (counting.COLUMNS, counting.regimens, "romosozumab,210,mg,two,test", "column sticks: 'two'"),
        (counting.COLUMNS, counting.regimens, "romosozumab,much,mg,2,test", "column dose: 'much'"),
        (sizes.COLUMNS, sizes.index, "J1885,some,test", "column units: 'some' is not a number"),
        (sizes.COLUMNS, sizes.index, "J1885,0,test", "column units: '0' is not above zero"),
        (components.COLUMNS, components.index, "90707,three,test", "column components: 'three'"),
        (doses.COLUMNS, doses.intervals, "denosumab,half a year,test", "column days: 'half a year'"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(
    tmp_path: Path, columns: Sequence[str], use: Callable[[Any], object], row: str, words: str
) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"{','.join(columns)}\n{row}\n")
    with pytest.raises(tabular.TableError, match=f"table.csv, line 2, {words}"):
        use(tabular.read("table.csv", columns, source=table))


def test_regimens_and_intervals_are_of_known_drugs() -> None:
    named = {row.name for row in counting.shipped()} | set(doses.shipped())
    assert named - set(Formulary.shipped().substances()) == set()


def test_every_family_that_counts_a_first_one_names_the_further_ones() -> None:
    for row in families.shipped():
        assert (row.count in ("first", "shots")) == bool(row.further)
        assert not row.further or families.family(row.further)


def test_a_narrow_row_stands_before_the_range_that_holds_it() -> None:
    found = families.family("20610")
    assert found is not None
    assert found.family == "joint"


def test_every_denial_of_the_list_is_there_but_the_one_outside_of_it(chart: Any) -> None:
    found = denials.denials(chart.policy())
    assert [denial.id for denial in found] == [f"N-{n:02}" for n in range(1, 27) if n != 25]
    assert all(denial.words for denial in found)


def test_a_rule_foresees_one_denial(chart: Any) -> None:
    rules = [rule for denial in denials.denials(chart.policy()) for rule in denial.rules]
    assert len(rules) == len(set(rules))


@pytest.mark.parametrize(
    ("rule", "code"), [("M-01", "4"), ("U-11", "18"), ("G-01a", None), ("X-01", None), (None, None)]
)
def test_the_likeliest_reason_code_is_the_first(chart: Any, rule: str | None, code: str | None) -> None:
    assert denials.carc(chart.policy(), rule) == code
