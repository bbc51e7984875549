from __future__ import annotations

from decimal import Decimal

import pytest

from deltoid.service.problems import ItemError, kinds
from deltoid.service.strict_json import parse

CANARY = "Zyxtril"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": [1, 2.50, "x", null, true]}', {"a": [1, Decimal("2.50"), "x", None, True]}),
        ('"\U0001f489 é"'.encode(), "\U0001f489 é"),
        (rb'"\ud83d\udc89"', "\U0001f489"),  # a whole pair is one character
        (b"1e3", Decimal("1e3")),
    ],
)
def test_what_is_plain_comes_back_exact(raw: bytes, value: object):
    assert parse(raw) == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"note": "Zyxtril', "bad_json"),
        (b'{"note": "Zyxtril"} {"note": "again"}', "bad_json"),
        (b"", "bad_json"),
        (b'{"Zyxtril": NaN}', "bad_json"),
        (b'{"Zyxtril": -Infinity}', "bad_json"),
        (b'{"Zyxtril": 1, "Zyxtril": 2}', "bad_json"),
        (b'{"a": {"Zyxtril": 1, "Zyxtril": 1}}', "bad_json"),
        (b"9" * 5000, "bad_json"),
        (b"0." + b"9" * 5000, "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "bad_json"),
        (b'{"note": "Zyxtril \xff"}', "not_utf8"),
        (rb'{"note": "Zyxtril \ud800"}', "lone_surrogate"),
        (rb'{"\udfff": "Zyxtril"}', "lone_surrogate"),
        (rb'[[["Zyxtril \udc00\ud800"]]]', "lone_surrogate"),
    ],
)
def test_what_is_not_is_refused_without_repeating_it(raw: bytes, code: str):
    with pytest.raises(ItemError) as caught:
        parse(raw)
    assert caught.value.code == code
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert code in kinds()
