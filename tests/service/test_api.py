"""The application without a network: what it answers, and that no error repeats what was sent."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from datetime import date

import httpx
import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from deltoid.service.api.app import create_app
from deltoid.service.api.described import problem_schema
from deltoid.service.api.logs import JsonLines
from deltoid.service.engine import Engine
from deltoid.service.inputs.encounter import encounter
from deltoid.service.review import review
from deltoid.service.schemas.published import json_schema
from deltoid.service.schemas.review import to_review_out
from deltoid.service.settings import Settings

CANARY = "Zyxtril"
NOTE = f"{CANARY} 60 mg IM given in the left deltoid."
JSON = {"content-type": "application/json"}
Call = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def app(engine: Engine) -> FastAPI:
    return create_app(Settings(max_note_chars=500, max_body_bytes=20_000, max_list=3), engine)


@pytest.fixture
def call(app: FastAPI) -> Call:
    """Return a helper that sends one request and checks what holds for every answer."""

    async def send(method: str, path: str, **how) -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as client:
            return await client.request(method, path, **how)

    def check(method: str, path: str, **how) -> httpx.Response:
        answer = asyncio.run(send(method, path, **how))
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-request-id"]
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            Draft202012Validator(problem_schema()).validate(answer.json())
            assert answer.json()["status"] == answer.status_code
            assert CANARY not in answer.text
        return answer

    return check


def post(call: Call, body: object, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return call("POST", "/v1/reviews", content=content, headers={**JSON, **headers})


def test_one_encounter_answers_with_the_review_that_the_command_line_prints(call: Call, engine: Engine):
    sent = {"id": "x017", "note": NOTE, "context": {"date_of_service": "2026-03-02", "em_code": "99213"}}
    answer = post(call, sent)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/json"
    Draft202012Validator(json_schema("review")).validate(answer.json())
    note = encounter(sent, limit=500, id="1")
    assert answer.text == to_review_out(review(note, engine=engine, today=date.today())).to_json()


def test_a_list_answers_with_a_review_or_a_problem_for_each_item(call: Call):
    sent = [{"id": "a", "note": NOTE}, {"id": "b", "note": ""}, {"note": f"BREAK {NOTE}"}]
    answer = post(call, sent)
    assert answer.status_code == 200
    first, second, third = answer.json()
    assert first["note_id"] == "a"
    assert (second["code"], second["id"], second["status"]) == ("empty", "b", 422)
    assert (third["code"], third["id"], third["status"]) == ("internal", "3", 500)
    assert third["detail"].startswith("the review failed: KeyError at conftest.py:")
    assert CANARY not in json.dumps([second, third])


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"note": "Zyxtril', 400, "bad_json"),
        (b'{"note": "Zyxtril", "context": {"patient_age": NaN}}', 400, "bad_json"),
        (b'{"note": "Zyxtril", "note": "again"}', 400, "bad_json"),
        (b'{"note": "Zyxtril", "context": ' + b"[" * 10_000, 400, "bad_json"),
        (b'{"note": "Zyxtril", "units": ' + b"9" * 5000 + b"}", 400, "bad_json"),
        (b'{"note": "Zyxtril \\ud800"}', 400, "lone_surrogate"),
        (b'{"note": "Zyxtril \xff"}', 400, "not_utf8"),
        (b'{"note": "Zyxtril \\u0000"}', 422, "not_text"),
        (b'{"note": "  "}', 422, "empty"),
        (b'{"note": "' + b"Zyxtril " * 100 + b'"}', 413, "too_large"),
        (b'{"note": "' + b"Zyxtril " * 5000 + b'"}', 413, "too_large"),
        (b'"Zyxtril"', 422, "bad_shape"),
        (b"{}", 422, "bad_shape"),
        (b"", 400, "bad_json"),
        (b'{"note": ["Zyxtril"]}', 422, "bad_shape"),
        (b'{"note": "a", "Zyxtril was given today": 1}', 422, "unknown_key"),
        (b'{"note": "Zyxtril", "context": {"pos": 11}}', 422, "bad_shape"),
        (b'{"note": "Zyxtril", "context": {"payer": "acme"}}', 422, "unknown_payer"),
        (b'{"id": "x", "note": "BREAK Zyxtril"}', 500, "internal"),
        (b"[]", 413, "too_large"),
        (b"[1, 2, 3, 4]", 413, "too_large"),
    ],
)  # fmt: skip
def test_what_cannot_be_reviewed_is_a_problem_that_repeats_nothing(
    call: Call, body: bytes, status: int, code: str
):
    answer = post(call, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_problem_names_the_fields_at_fault(call: Call):
    told = post(call, {"id": "n1", "note": NOTE, "context": {"pos": 11, "kontext": 1}}).json()
    assert told["id"] == "n1"
    assert told["errors"] == [
        {"loc": "context.pos", "msg": "must be a string"},
        {"loc": "context.kontext", "msg": "is a key that the schema does not know"},
    ]


def test_a_body_over_the_limit_is_refused_also_in_chunks(call: Call):
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield f'"{CANARY * 100}",'.encode()

    answer = call("POST", "/v1/reviews", content=chunks(), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "sent", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_only_json_is_taken(call: Call, sent: str):
    answer = call("POST", "/v1/reviews", content=NOTE, headers={"content-type": sent})
    assert (answer.status_code, answer.json()["code"]) == (415, "media_type")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", f"/v1/{CANARY}?q={CANARY}", 404, "not_found"),
        ("GET", "/v1/reviews", 405, "method_not_allowed"),
        ("DELETE", "/version", 405, "method_not_allowed"),
    ],
)
def test_addresses_that_are_not_there(call: Call, method: str, path: str, status: int, code: str):
    answer = call(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (status == 405) == ("allow" in answer.headers)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.7:8765", "localhost.:80", ""]
)
def test_only_loopback_names_are_served(call: Call, host: str):
    answer = call("GET", "/livez", headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_host")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_every_loopback_name_is_served(call: Call, host: str):
    assert call("GET", "/livez", headers={"host": host}).json() == {"status": "ok"}


def test_it_says_that_it_is_ready_and_what_it_is(call: Call):
    assert call("GET", "/readyz").json() == {"status": "ready"}
    version = call("GET", "/version").json()
    assert list(version) == ["deltoid", "tables", "models"]


def test_a_request_keeps_its_id_if_that_is_harmless(call: Call):
    assert call("GET", "/livez", headers={"x-request-id": "abc-1.2"}).headers["x-request-id"] == "abc-1.2"
    odd = call("GET", "/livez", headers={"x-request-id": f"{CANARY} 60 mg"}).headers["x-request-id"]
    assert CANARY not in odd


def test_openapi_describes_the_contract(call: Call):
    described = call("GET", "/openapi.json").json()
    assert {"/v1/reviews", "/livez", "/readyz", "/version"} == set(described["paths"])
    schemas = described["components"]["schemas"]
    assert {"EncounterIn", "ReviewOut", "Problem"} <= set(schemas)
    named = set(find_refs(described))
    assert named
    assert {name.removeprefix("#/components/schemas/") for name in named} <= set(schemas)


def find_refs(value: object):
    if isinstance(value, dict):
        yield from (target for key, target in value.items() if key == "$ref")
        for each in value.values():
            yield from find_refs(each)
    elif isinstance(value, list):
        for each in value:
            yield from find_refs(each)


def test_the_log_tells_the_route_and_never_what_was_sent(call: Call, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    post(call, {"id": "n", "note": NOTE}, **{"x-request-id": "r1"})
    post(call, {"id": "n", "note": f"BREAK {NOTE}"})
    post(call, b'{"note": "Zyxtril')
    call("GET", f"/v1/{CANARY}?q={CANARY}")
    lines = [json.loads(JsonLines().format(each)) for each in caplog.records if each.msg == "request"]
    assert [(line["route"], line["status"]) for line in lines] == [
        ("/v1/reviews", 200), ("/v1/reviews", 500), ("/v1/reviews", 400), (None, 404),
    ]  # fmt: skip
    assert lines[0]["request_id"] == "r1"
    ours = [record for record in caplog.records if record.name != "httpx"]  # the client's log has the address
    for record in ours:
        assert CANARY not in JsonLines().format(record)
        assert CANARY not in record.getMessage()


def test_a_fault_outside_the_review_is_told_by_its_place_only(app: FastAPI, call: Call, caplog):
    def fail() -> None:
        raise RuntimeError(NOTE)

    app.add_api_route("/fail", fail)
    answer = call("GET", "/fail")
    assert answer.status_code == 500
    assert answer.json()["detail"].startswith("the request failed: RuntimeError at test_api.py:")
    assert CANARY not in caplog.text


def test_many_threads_at_once_get_each_its_own_review(app: FastAPI):
    notes = [f"{'x' * number} Toradol {number}.5 mg IM" for number in range(1, 41)]

    async def all_at_once() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await asyncio.gather(*(client.post("/v1/reviews", json={"note": note}) for note in notes))

    doses = [answer.json()["events"][0]["dose"]["value"] for answer in asyncio.run(all_at_once())]
    assert doses == [f"{number}.5" for number in range(1, 41)]
