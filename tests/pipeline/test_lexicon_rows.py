from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deltoid.pipeline import lexicon, tabular
from deltoid.pipeline.forms import RouteForm

HEADERS = {
    "routes": "surface,code,target,device,source",
    "sites": "surface,place,target,source",
    "units": "surface,unit,kind,factor,base,source",
    "sections": "surface,section,source",
    "conditions": "surface,kind,source",
    "credentials": "surface,credential,source",
    "sides": "surface,side,source",
    "numbers": "surface,value,source",
}


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    def loaded(table: str, *rows: str) -> object:
        (tmp_path / f"{table}.csv").write_text("\n".join([HEADERS[table], *rows]) + "\n", encoding="utf-8")
        monkeypatch.setattr(tabular, "shipped", lambda name: tmp_path / name)
        # past the cache: the shipped table stays loaded for the other tests
        return getattr(lexicon, table).__wrapped__()

    return loaded


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("routes", "im,INTRAMUSCULAR,muscle,needle,x", "code"),
        ("routes", "im,IM,bone,needle,x", "target"),
        ("routes", "im,IM,muscle,spoon,x", "device"),
        ("sites", "arm,,muscle,x", "place"),
        ("sites", "arm,arm,limb,x", "target"),
        ("units", "mg,mg,heft,1,mg,x", "kind"),
        ("units", "mg,mg,mass,much,mg,x", "factor"),
        ("units", "mg,mg,mass,0,mg,x", "factor"),
        ("units", "mg,mg,mass,NaN,mg,x", "factor"),
        ("units", "mg,mg,mass,1,,x", "base"),
        ("sections", "plan,plans,x", "section"),
        ("conditions", "pain,feeling,x", "kind"),
        ("credentials", "rn,,x", "credential"),
        ("sides", "left,leftish,x", "side"),
        ("numbers", "one,I,x", "value"),
        ("numbers", "one,-1,x", "value"),
        ("sides", "Left,left,x", "surface"),
        ("sides", ",left,x", "surface"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_file_line_and_column(
    load: Callable[..., object], table: str, row: str, column: str
) -> None:
    with pytest.raises(tabular.TableError, match=rf"^{table}\.csv, line 2, column {column}: "):
        load(table, row)


def test_a_surface_stands_once(load: Callable[..., object]) -> None:
    with pytest.raises(tabular.TableError, match=r"^numbers\.csv, line 3, column surface: 'one'.*twice"):
        load("numbers", "one,1,x", "one,1,x")


def test_the_error_lists_what_may_stand_there(load: Callable[..., object]) -> None:
    with pytest.raises(tabular.TableError, match="is none of disease, symptom, purpose"):
        load("conditions", "pain,feeling,x")


def test_target_and_device_may_be_empty(load: Callable[..., object]) -> None:
    assert load("routes", "po,NOT_NEEDLE,,,x") == {"po": RouteForm("NOT_NEEDLE")}
