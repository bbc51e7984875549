"""What a patient reads is short, plain, and says no price that nobody gave."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.lines.families import shipped
from deltoid.pipeline.policybook import PolicyBook
from deltoid.service.explain.patient import PlainReview, plain_review, words
from deltoid.service.explain.reviewed import printed_reviews
from deltoid.service.problems import ItemError

GRADE = 8.0
SHIPPED = PolicyBook()
FILLED = {
    "drug": "Toradol", "place": "into a muscle", "code": "96372", "units": "2", "unit": "15 mg", "amount": "",
    "price": "15.36", "table": "price list of acme",
}  # fmt: skip
FEES = {
    "payer": "acme", "extends": "commercial",
    "parameter": [{"name": "fee_table", "value": {"96372": "15.36", "99213": "90"}}],
}  # fmt: skip


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower().removesuffix("e"))
    return max(len(groups), 1)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text."""
    found = re.findall(r"[A-Za-z]+", text)
    sentences = max(len(re.findall(r"[.!?](?:\s|$)", text)), 1)
    return 0.39 * len(found) / sentences + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def sentences() -> list[str]:
    return [
        text.format(**FILLED)
        for kind, told in words().items()
        if kind != "place"
        for name, text in told.items()
        if name != "drug_unknown"
    ]


@pytest.mark.parametrize("text", sentences())
def test_every_sentence_is_easy_to_read(text: str) -> None:
    assert grade(text) <= GRADE, grade(text)


def test_a_hard_sentence_would_be_found() -> None:
    assert (
        grade("Intramuscular administration necessitates appropriate contemporaneous documentation.") > GRADE
    )


def test_every_family_that_comes_on_a_line_has_its_words() -> None:
    without = {"blood_draw", "monitoring", "procedure"}
    assert {family.family for family in shipped()} - without <= set(words()["family"])


def printed(**decision: object) -> bytes:
    value = {
        "note_id": "n1",
        "context": {
            "payer": {"value": decision.pop("payer", "commercial"), "from": "given"},
            "date_of_service": {"value": "2026-03-02", "from": "note"},
        },
        "events": [
            {"id": "e1", "drug": {"name": "ketorolac", "text": "Toradol"}, "route": {"code": "IM"}},
            {"id": "e2", "drug": None, "route": None},
        ],
        "decision": {"lines": [], "held": [], "em": None, **decision},
    }
    return json.dumps(value).encode()


def told(raw: bytes, book: PolicyBook = SHIPPED) -> PlainReview:
    (review,) = printed_reviews(raw, "r.json")
    return plain_review(review, book.policy(review.payer, review.day), Formulary.shipped())


def line(code: str, units: int = 1, *modifiers: str, event: str = "e1") -> dict[str, object]:
    return {"code": code, "units": units, "modifiers": list(modifiers), "events": [event]}


def test_a_shot_with_its_drug_and_a_visit() -> None:
    visit = {"code": "99213", "modifiers": ["25"]}
    found = told(printed(lines=[line("96372"), line("J1885", 4, "JZ")], em=visit))
    assert [each.says for each in found.lines] == [
        "You got a shot of ketorolac into a muscle. This line pays for giving the shot.",
        "This line pays for the drug: ketorolac. One unit is 15 mg. The bill has 4 of these units. "
        "None of the drug was thrown away.",
        "You had a visit with the care team. This line pays for the visit. "
        "The visit was for more than the shot.",
    ]
    assert {each.price for each in found.lines} == {None}
    assert found.remark.startswith("No price list is loaded")


def test_what_waits_says_so_and_has_no_price() -> None:
    found = told(printed(payer="acme", held=[line("96372", 2, event="e2")]), PolicyBook((FEES,)))
    assert found.lines[0].says == (
        "You got a shot of a drug with a needle. This line pays for giving the shot. It was done 2 times. "
        "This line has not been sent. The clinic has to clear up a question first."
    )
    assert found.lines[0].price is None
    assert found.remark == words()["state"]["nothing"]


def test_a_price_comes_only_out_of_a_fee_table() -> None:
    found = told(printed(payer="acme", lines=[line("96372", 2), line("20610")]), PolicyBook((FEES,)))
    assert [each.price for each in found.lines] == [Decimal("30.72"), None]
    assert "The set price is 30.72 dollars (price list of acme)." in found.lines[0].says
    assert found.remark == ""


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("90471", "You got a vaccine"),
        ("20610", "into a joint"),
        ("96374", "through a vein"),
        ("99211", "visit with the care team"),
        ("12001", "This line is 12001"),
        ("J9999", "The amount is not known yet"),
    ],
)
def test_each_kind_of_line_has_its_sentence(code: str, says: str) -> None:
    assert says in told(printed(lines=[line(code, 0 if code == "J9999" else 1)])).lines[0].says


@pytest.mark.parametrize(
    ("raw", "code", "complaint"),
    [
        (b"", "empty", "no review"),
        (b"not json", "bad_json", "not JSON"),
        (b'{"note_id": "Zyxtril"}', "bad_shape", "context"),
        (b"[1]", "bad_shape", "review"),
        (b'{"note_id":"n","context":{},"events":[],"decision":{"lines":[]}}', "bad_shape", "payer"),
        (b'{"note_id":"n","context":{"payer":{"value":1},"date_of_service":{"value":"soon"}},"events":[],'
         b'"decision":{"lines":[]}}', "bad_shape", "date_of_service"),
    ],
)  # fmt: skip
def test_what_is_no_review_is_refused_without_its_words(raw: bytes, code: str, complaint: str) -> None:
    with pytest.raises(ItemError, match=complaint) as error:
        printed_reviews(raw, "r.json")
    assert error.value.code == code
    assert "Zyxtril" not in error.value.message


def test_many_reviews_one_a_line_and_one_over_many_lines() -> None:
    one = printed(lines=[line("96372")])
    assert len(printed_reviews(one + b"\n" + one + b"\n", "r")) == 2
    spread = json.dumps(json.loads(one), indent=2).encode()
    assert printed_reviews(spread, "r")[0].day == date(2026, 3, 2)
    with pytest.raises(ItemError) as error:
        printed_reviews(one + b"\nbroken\n", "r")
    assert error.value.place.line == 2
