from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from deltoid.pipeline.types import Note
from deltoid.service.inputs.reading import Item, Reader
from deltoid.service.inputs.text import checked_note, decoded
from deltoid.service.problems import ItemError

TEXT = "Toradol 60 mg IM given.\r\nLeft deltoid.\n"
CANARY = "Zyxtril"


def reader(stdin: bytes = b"", limit: int = 200, **how: str) -> Reader:
    return Reader(io.BufferedReader(io.BytesIO(stdin)), limit, **how)


def items(*arguments: object, **how) -> list[Item | ItemError]:
    return list(reader(**how).items(str(argument) for argument in arguments))


def told(results: list[Item | ItemError]) -> list[str]:
    """Return ids of notes and codes of errors, in the order in which they came."""
    return [each.code if isinstance(each, ItemError) else each.note.id for each in results]


def one(*arguments: object, **how) -> Note:
    (item,) = items(*arguments, **how)
    assert isinstance(item, Item), item.as_json()
    return item.note


def error(*arguments: object, **how) -> ItemError:
    (item,) = items(*arguments, **how)
    assert isinstance(item, ItemError)
    assert CANARY not in json.dumps(item.as_json())
    return item


def put(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_text_file_is_a_note_without_context_and_untouched(tmp_path: Path):
    note = one(put(tmp_path / "visit.txt", TEXT))
    assert (note.id, note.text) == ("visit", TEXT)
    assert note.context.origin == {"payer": "default", "claim": "default"}


@pytest.mark.parametrize(
    "text", ["a\rb", "a\vb\fc", "a\u00a0b\u200b\u00ad", "\u202eIM\u202c", "e\u0301 \U0001f489", "\x1b[31mIM"]
)
def test_odd_characters_stay_as_they_are(tmp_path: Path, text: str):
    assert one(put(tmp_path / "a.txt", text)).text == text
    assert one(put(tmp_path / "a.jsonl", json.dumps({"note": text}))).text == text


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path: Path):
    assert one(put(tmp_path / "a.txt", b"\xef\xbb\xbfIM")).text == "IM"
    assert one(put(tmp_path / "a.jsonl", b'\xef\xbb\xbf{"note": "IM"}')).text == "IM"
    assert one(put(tmp_path / "b.jsonl", json.dumps({"note": "\ufeffIM"}))).text == "\ufeffIM"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\xc2\xa0", "empty"),
        ("a.txt", b"Zyxtril\0", "not_text"),
        ("a.txt", b"%PDF-1.7\n\0\x01\x02Zyxtril", "not_text"),
        ("a.txt", b"PK\x03\x04\x14\x00", "not_text"),
        ("a.txt", b"\x01\x02\x03Zyxtril", "not_text"),
        ("a.txt", b"Zyxtril caf\xe9", "not_utf8"),
        ("a.txt", "Zyxtril".encode("utf-16"), "not_utf8"),
        ("a.txt", b"Zyxtril \xed\xa0\x80", "not_utf8"),  # a surrogate written as if it were a character
        ("a.txt", b"Zyxtril " * 30, "too_large"),
        ("a.txt", b"Zyxtril " * 3000, "too_large"),
        ("a.jsonl", b'{"note": "Zyxtril \\u0000"}', "not_text"),
        ("a.jsonl", b'{"note": "Zyxtril \\ud800"}', "lone_surrogate"),
        ("a.jsonl", b'{"note": ""}', "empty"),
        ("a.jsonl", b'{"note": "Zyxtril \xff"}', "not_utf8"),
        ("a.jsonl", b'{"note": "Zyxtril', "bad_json"),
        ("a.jsonl", b'"Zyxtril"', "bad_shape"),
        ("a.jsonl", b'{"id": "Zyxtril"}', "bad_shape"),
        ("a.jsonl", b'{"note": "a", "text": "Zyxtril"}', "bad_shape"),
        ("a.jsonl", b'{"note": ["Zyxtril"]}', "bad_shape"),
        ("a.jsonl", b'{"note": "a", "Zyxtril 60 mg was given": 1}', "unknown_key"),
        ("a.jsonl", b'{"note": "a", "context": "Zyxtril"}', "bad_shape"),
        ("a.jsonl", b'{"note": "' + b"Zyxtril " * 30 + b'"}', "too_large"),
        ("a.jsonl", b"\x7fELF\0Zyxtril", "not_text"),
    ],
)  # fmt: skip
def test_what_is_no_note_is_an_error_that_names_the_place_and_repeats_nothing(
    tmp_path: Path, name: str, data: bytes, code: str
):
    path = put(tmp_path / name, data)
    found = error(path) if b'"id"' not in data else items(path)[0]
    assert (found.code, found.place.file) == (code, str(path))
    assert found.place.line == (1 if name == "a.jsonl" and b"ELF" not in data else None)


def test_both_sides_of_the_limit(tmp_path: Path):
    assert len(one(put(tmp_path / "a.txt", "é" * 200)).text) == 200
    assert error(put(tmp_path / "b.txt", "é" * 201)).code == "too_large"


def test_the_good_lines_come_out_around_the_bad_one(tmp_path: Path):
    lines = [json.dumps({"id": f"n{number}", "note": "IM"}) for number in range(1, 6)]
    lines[2] = '{"id": "n3", "note": "Zyxtril'
    results = items(put(tmp_path / "five.jsonl", "\r\n".join(lines)))
    assert told(results) == ["n1", "n2", "bad_json", "n4", "n5"]
    assert results[2].as_json()["place"] == {"file": str(tmp_path / "five.jsonl"), "line": 3}


def test_ten_megabytes_in_one_line_are_one_error_and_the_next_line_comes_out(tmp_path: Path):
    huge = b'{"note": "' + b"x" * 10_000_000 + b'"}\n{"id": "next", "note": "IM"}\n'
    assert told(items(put(tmp_path / "a.jsonl", huge))) == ["too_large", "next"]


def test_lines_without_an_id_are_called_by_their_number_and_blank_ones_are_passed_over(tmp_path: Path):
    path = put(tmp_path / "a.jsonl", '{"note": "IM"}\n\n \n{"text": "IM"}\n')
    assert told(items(path)) == ["a:1", "a:4"]


def test_an_error_carries_the_id_of_its_encounter_if_that_can_be_told(tmp_path: Path):
    lines = ['{"id": "n1", "note": ""}', '{"id": 7, "note": "a"}', json.dumps({"id": "x" * 300, "note": "a"})]
    assert [each.id for each in items(put(tmp_path / "a.jsonl", "\n".join(lines)))] == ["n1", None, None]


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ({"pos": 11}, "context.pos: must be a string"),
        ({"em_code": "visit"}, "context.em_code: "),
        ({"new_patient": "yes"}, "context.new_patient: must be true or false"),
        ({"patient_age": True}, "context.patient_age: an amount is"),
        ({"patient_age": -1}, "context.patient_age: an amount is"),
        ({"date_of_service": "03/02/2026"}, "context.date_of_service: a date is a string such as 2026-03-02"),
        ({"date_of_service": "2026-02-30"}, "context.date_of_service: there is no such day"),
        ({"same_day_procedures": "20610"}, "context.same_day_procedures: must be a list"),
        ({"claim_lines": [{"code": "96372"}, {"units": 1}]}, r"context.claim_lines\[1\].code: is absent"),
        (
            {"claim_lines": [{"code": "96372", "units": "two"}]},
            r"context.claim_lines\[0\].units: an amount is",
        ),
        ({"kontext": 1}, "context.kontext: is a key that the schema does not know"),
        ({"payer": "a\nb"}, "context.payer: control characters"),
        ({"payer": ""}, "context.payer: must not be empty"),
        ([], "context: must be an object"),
    ],
)
def test_a_wrong_context_is_named_by_its_field(tmp_path: Path, context: object, said: str):
    found = error(put(tmp_path / "a.jsonl", json.dumps({"note": "IM", "context": context})))
    with pytest.raises(ItemError, match=said):
        raise found


def test_a_whole_context_is_taken_exactly(tmp_path: Path):
    context = {
        "date_of_service": "2026-03-02", "payer": "medicare", "pos": "11", "claim": "facility",
        "em_code": "99213", "same_day_procedures": ["20610"], "patient_age": 0.5, "new_patient": False,
        "state": "OH", "mac": None,
        "claim_lines": [
            {"code": "96372", "modifiers": ["59"], "units": 2, "diagnoses": ["M54.50"], "charge": "27.40"}
        ],
    }  # fmt: skip
    note = one(put(tmp_path / "a.jsonl", json.dumps({"id": "x017", "note": "IM", "context": context})))
    lines = note.context.claim_lines or ()
    assert (str(note.context.patient_age), note.context.new_patient) == ("0.5", False)
    assert (str(lines[0].units), str(lines[0].charge), lines[0].ndc) == ("2", "27.40", None)
    assert note.context.origin == {"payer": "given", "claim": "given", "date_of_service": "given"}


def test_folders_patterns_lists_and_standard_input_come_in_a_fixed_order(tmp_path: Path):
    folder = tmp_path / "notes"
    for name in ("b.txt", "a.txt", "deep/c.TXT", ".hidden.txt", ".git/x.txt", "skip.csv"):
        put(folder / name, "IM")
    put(folder / "d.jsonl", '{"id": "d1", "note": "IM"}')
    listing = put(tmp_path / "list", f"# a list\n{folder}/b.txt\n\n{folder}/[ad].*\n-\n")
    assert told(items(folder)) == ["a", "b", "d1", "c"]
    assert told(items(folder / "*.txt")) == ["a", "b"]
    assert told(items(folder / "**" / "c.*")) == ["c"]
    assert told(items(f"@{listing}", stdin=b"IM")) == ["b", "a", "d1", "stdin"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.txt", "there is no such file"),
        ("*.txt", "no file matches"),
        ("empty", "the folder holds no file that ends in .txt, .jsonl, .ndjson"),
        ("@absent", "there is no such file"),
    ],
)
def test_an_argument_that_leads_to_nothing_is_an_error(tmp_path: Path, monkeypatch, name: str, message: str):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    found = error(name)
    assert (found.code, found.message) == ("missing_file", message)
    assert found.place.file == name.removeprefix("@")


def test_a_list_that_is_not_utf8_is_an_error(tmp_path: Path):
    path = put(tmp_path / "list", b"caf\xe9.txt")
    assert error(f"@{path}").code == "not_utf8"


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path):
    path = tmp_path / "loop.txt"
    path.symlink_to(path)
    assert error(path).code == "unreadable_file"


def test_a_name_that_is_not_utf8_can_be_told(tmp_path: Path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    put(Path(path), "IM")
    assert one(path).id == "caf\ufffd"


@pytest.mark.parametrize(
    ("stdin", "ids"),
    [
        (b"IM given", ["stdin"]),
        (b' \n{"note": "IM"}\n{"id": "b", "note": "IM"}', ["stdin:2", "b"]),
    ],
)
def test_standard_input_is_taken_by_its_first_character(stdin: bytes, ids: list[str]):
    assert told(items("-", stdin=stdin)) == ids


def test_a_format_that_is_said_goes_before_the_name(tmp_path: Path):
    assert one(put(tmp_path / "a.jsonl", "IM given"), format="txt").text == "IM given"
    assert one(put(tmp_path / "a.txt", '{"id": "x", "note": "IM"}'), format="jsonl").id == "x"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16"])
def test_another_encoding_is_used_when_it_is_said(tmp_path: Path, encoding: str):
    text = "Ben\xe9 IM"
    assert one(put(tmp_path / "a.txt", text.encode(encoding)), encoding=encoding).text == text
    line = '{"note": "' + text + '"}'
    assert one(put(tmp_path / "a.jsonl", line.encode(encoding)), encoding=encoding).text == text


def test_a_wrong_encoding_is_an_error(tmp_path: Path):
    assert error(put(tmp_path / "a.txt", b"Zyxtril \x81"), encoding="cp1252").code == "not_utf8"


def test_text_that_did_not_come_as_bytes_is_checked_the_same(refused):
    assert refused(lambda: checked_note("Zyxtril \ud800", 100)).code == "lone_surrogate"
    assert refused(lambda: decoded(b"\xff\xfe")).code == "not_utf8"
