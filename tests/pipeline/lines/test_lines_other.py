"""Lines of vaccines, allergy shots, joints, IV services and the like."""

from __future__ import annotations

from typing import Any

import pytest

from deltoid.pipeline import tabular
from deltoid.pipeline.lines import families


def lines(chart: Any, *pairs: tuple[Any, str], **known: Any) -> list[tuple[str, int, tuple[str, ...]]]:
    judged = {event.id: chart.judged(event.id, code, "redirect", coding="redirect") for event, code in pairs}
    built = chart.build(*(event for event, _ in pairs), judged=judged, **known)
    return [(line.code, line.units, line.modifiers) for line in built.lines if families.family(line.code)]


def flu(chart: Any, id: str = "e1") -> Any:  # noqa: A002
    return chart.event(id, "influenza vaccine", "0.5 mL")


def test_the_first_vaccine_and_the_further_ones(chart: Any) -> None:
    found = lines(chart, (flu(chart), "90471"), (flu(chart, "e2"), "90471"), (flu(chart, "e3"), "90472"))
    assert found == [("90471", 1, ()), ("90472", 2, ())]


def test_a_needle_before_a_spray(chart: Any) -> None:
    assert lines(chart, (flu(chart), "90473"), (flu(chart, "e2"), "90471")) == [
        ("90471", 1, ()),
        ("90474", 1, ()),
    ]


def test_medicare_counts_one_for_each_kind(chart: Any) -> None:
    found = lines(chart, (flu(chart), "G0008"), (flu(chart, "e2"), "G0009"), payer="medicare")
    assert found == [("G0008", 1, ()), ("G0009", 1, ())]


def test_counselled_vaccines_count_their_components(chart: Any) -> None:
    mmr, dtap = chart.event("e1", "MMR vaccine", "0.5 mL"), chart.event("e2", "DTaP vaccine", "0.5 mL")
    # 3 + 3 components: two first ones and 2 + 2 further
    assert lines(chart, (mmr, "90460"), (dtap, "90460")) == [("90460", 2, ()), ("90461", 4, ())]
    assert lines(chart, (flu(chart), "90460")) == [("90460", 1, ())]


@pytest.mark.parametrize(("count", "code"), [(1, "95115"), (2, "95117"), (4, "95117")])
def test_allergy_shots_are_one_unit_whatever_their_number(chart: Any, count: int, code: str) -> None:
    events = [chart.event(f"e{n}", "allergen extract", "0.5 mL", "SC") for n in range(count)]
    assert lines(chart, *((event, "95115") for event in events)) == [(code, 1, ())]


def test_a_joint_tells_its_side(chart: Any) -> None:
    knee = chart.event(
        drug="triamcinolone acetonide", dose="40 mg", route="INTRA_ARTICULAR", site="right knee"
    )
    assert lines(chart, (knee, "20610")) == [("20610", 1, ("RT",))]


def test_drug_and_anaesthetic_in_one_joint_are_one_injection(chart: Any) -> None:
    knee = chart.event("e1", "triamcinolone acetonide", "40 mg", "INTRA_ARTICULAR", "right knee")
    numb = chart.event("e2", "lidocaine", "4 mL", "INTRA_ARTICULAR", None)
    assert lines(chart, (knee, "20610"), (numb, "20610")) == [("20610", 1, ("RT",))]


def test_both_knees_are_two_lines(chart: Any) -> None:
    knees = chart.event("e1", "triamcinolone acetonide", "40 mg", "INTRA_ARTICULAR", "bilateral knee")
    assert lines(chart, (knees, "20610")) == [("20610", 1, ("LT",)), ("20610", 1, ("RT",))]


def test_trigger_points_are_one_unit(chart: Any) -> None:
    events = [
        chart.event(f"e{n}", "lidocaine", "1 mL", site=place)
        for n, place in enumerate(("trapezius", "levator"))
    ]
    assert lines(chart, *((event, "20552") for event in events)) == [("20552", 1, ())]


def test_one_iv_service_is_initial(chart: Any) -> None:
    push = chart.event("e1", "ondansetron", "4 mg", "IV_PUSH")
    drip = chart.event("e2", "ceftriaxone", "1 g", "IV_INFUSION")
    assert lines(chart, (push, "96374"), (drip, "96365")) == [("96365", 1, ()), ("96375", 1, ())]


def test_what_this_biller_may_not_report_has_no_line(chart: Any) -> None:
    event = flu(chart)
    judged = {event.id: chart.judged(event.id, "90471", "redirect", coding="redirect", entity="other_entity")}
    assert chart.build(event, judged=judged).lines == ()


def test_a_nurse_visit_is_no_line(chart: Any) -> None:
    assert lines(chart, (chart.event(), "99211")) == []


def test_a_row_that_counts_in_an_unknown_way_is_named(tmp_path: Any) -> None:
    table = tmp_path / "administrations.csv"
    table.write_text(",".join(families.COLUMNS) + "\n96372,96372,shot,often,,no,yes,no,,test\n")
    with pytest.raises(
        tabular.TableError, match=r"administrations.csv, line 2, column count: 'often' is none of"
    ):
        families.index(tabular.read("administrations.csv", families.COLUMNS, source=table))
