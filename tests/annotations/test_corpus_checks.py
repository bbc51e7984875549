"""Spread, near-duplicates, leaks and splits: what is said of a corpus is counted."""

from __future__ import annotations

from pathlib import Path

from deltoid.annotations.duplicates import near_duplicates
from deltoid.annotations.leaks import leak
from deltoid.annotations.marked import MarkedText, read_marked
from deltoid.annotations.scoring import to_encounter, to_gold
from deltoid.annotations.splits import frozen_digests, frozen_toml, split_digests
from deltoid.annotations.spread import shares, spread
from deltoid.annotations.spread_page import spread_markdown, spread_page


def shot(drug: str, number: int, family: str = "-") -> MarkedText:
    (note,) = read_marked(
        f"[drug#1 {drug}] [dose#1 {number} mg] [route#1 IM] given, refused [drug#2 Flu shot].\n"
        "=> #1 administered IM disposition=supported\n=> #2 declined disposition=not_supported\n"
        f"=> note id=w{number:02}-001 form=soap outcome=supported family={family}\n=> context payer=medicare"
    )
    return note


def test_the_spread_is_counted() -> None:
    notes = [shot("Toradol", 1, "f01"), shot("TORADOL", 2), MarkedText("No shot today. " * 90)]
    tables, figures = spread(notes), shares(notes)
    assert tables["status"] == {"administered": 2, "declined": 2}
    assert tables["length"] == {"up to 60 words": 2, "251 to 450": 1}
    assert tables["payer"] == {"medicare": 2, "commercial": 1}
    assert figures["different drug words"] == "2"
    assert figures["events given by IM or SC"] == "2 (50 %)"
    assert figures["without any event"] == "1 (33 %)"
    assert figures["several events of different status"] == "2 (67 %)"
    assert figures["in contrast families"] == "1 (33 %)"


def test_the_page_shows_every_row_and_escapes() -> None:
    page = spread_page({"notes": "3"}, {"form": {"<b>": 2, "soap": 1}})
    assert "&lt;b&gt;" in page
    assert 'style="width:50.0%"' in page
    assert "| <b> | 2 |" in spread_markdown({}, {"form": {"<b>": 2}})


def test_near_duplicates_within_and_against_others() -> None:
    one = "Toradol sixty given into the right glute by the nurse at nine this morning"
    other = one.replace("Toradol", "Rocephin").replace("nine", "ten")
    pairs = near_duplicates({"a": one, "b": other, "c": "nothing like it at all, not five words alike"})
    assert [(pair.one, pair.other) for pair in pairs] == [("a", "b")]
    assert 0.5 < pairs[0].shared < 0.9
    assert [pair.other for pair in near_duplicates({"a": one}, {"x": f"Before. {one}. After."})] == ["x"]
    assert near_duplicates({"a": one}, {"x": "something else altogether, written by somebody"}) == []


def test_a_leak_stands_out_from_chance() -> None:
    notes = {f"w{n:02}": [shot(f"drug{n}", n)] for n in range(1, 9)}
    clean = leak(notes, {"w01"}, draws=50)
    assert (clean.shared, clean.chance) == (0, 0.0)
    notes["w01"].append(shot("drug2", 2))
    leaky = leak(notes, {"w01"}, draws=50)
    assert leaky.shared == 1
    assert leaky.as_many < 0.6


def test_a_changed_note_of_a_frozen_part_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "plan.csv").write_text("writer,split\nw01,train\nw02,test\n", encoding="utf-8")
    for name in ("w01-a", "w02-a"):
        (tmp_path / "notes" / f"{name}.txt").write_text("No shot.\n=> none\n", encoding="utf-8")
    assert frozen_digests(tmp_path) == {}
    frozen = split_digests(tmp_path)
    (tmp_path / "splits.toml").write_text(frozen_toml(frozen), encoding="utf-8")
    assert frozen_digests(tmp_path) == frozen
    (tmp_path / "notes" / "w02-a.txt").write_text("No shots.\n=> none\n", encoding="utf-8")
    changed = split_digests(tmp_path)
    assert [part for part in frozen if frozen[part] != changed[part]] == ["test"]


def test_the_scorers_shape() -> None:
    (note,) = read_marked(
        "[shot#1 a shot]. [drug#2 B12] [dose#2 1 mL] [site#2 L]/[site#2 R], [why#2 fatigue] [why?#2 tired].\n"
        "=> #1 historical\n=> #2 administered SC implied=SC\n=> note id=n1"
    )
    unnamed, b12 = to_gold(note)["events"]
    assert (unnamed["optional"], unnamed["drug"]["text"], unnamed["route_class"]) == (
        True,
        "a shot",
        "UNKNOWN",
    )
    assert "optional" not in b12
    assert [span["text"] for span in b12["necessity"]] == ["fatigue", "tired"]
    assert (b12["site"]["text"], [span["text"] for span in b12["site"]["also"]]) == ("L", ["R"])


def test_the_encounters_context_has_the_inputs_names() -> None:
    context = {
        "payer": "medicare",
        "date": "2026-01-02",
        "em": "99213",
        "procedures": "20610,64615",
        "new": "yes",
    }
    assert to_encounter(MarkedText("x", facts={"id": "n1"}, context=context))["context"] == {
        "payer": "medicare", "date_of_service": "2026-01-02", "em_code": "99213",
        "same_day_procedures": ["20610", "64615"], "new_patient": True,
    }  # fmt: skip
