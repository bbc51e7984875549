"""The service on a real uvicorn: what only a socket shows."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from deltoid.service.cli import main
from deltoid.service.cli.exits import Exit

START = "import sys; from deltoid.service.cli import main; sys.argv[0] = 'deltoid'; main()"
CANARY = "Zyxtril"
NOTE = f"03/02/2026. Migraine. {CANARY}, then Toradol 60 mg IM given in the right deltoid by J. Lee, RN."


@dataclass
class Served:
    process: subprocess.Popen[str]
    address: str
    log: Path

    def logged(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("served") / "stderr"
    environment = {**os.environ, "DELTOID_MAX_BODY_BYTES": "5000"}
    command = [sys.executable, "-c", START, "serve", "--port", "0"]
    with (
        log.open("w") as stderr,
        subprocess.Popen(command, stderr=stderr, text=True, env=environment) as process,
    ):
        while process.poll() is None and not re.search(r"http://\S+", log.read_text()):
            time.sleep(0.05)
        found = re.search(r"http://\S+/", log.read_text())
        assert found, log.read_text()
        yield Served(process, found[0], log)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == Exit.INTERRUPTED
    assert CANARY not in log.read_text()


def test_it_reviews_a_note_over_the_network(served: Served):
    answer = httpx.post(f"{served.address}v1/reviews", json={"id": "n", "note": NOTE})
    assert answer.status_code == 200
    assert answer.json()["events"][0]["drug"]["name"] == "ketorolac"
    assert httpx.get(f"{served.address}readyz").json() == {"status": "ready"}
    assert "server" not in answer.headers


def test_the_page_is_served_beside_the_api(served: Served):
    page = httpx.get(served.address)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["cache-control"] == "no-store"


def test_a_body_over_the_limit_is_refused_with_its_length_and_in_chunks(served: Served):
    body = json.dumps({"note": CANARY * 1000}).encode()
    for content in (body, iter([body[:2000], body[2000:]])):
        answer = httpx.post(
            f"{served.address}v1/reviews", content=content, headers={"content-type": "application/json"}
        )
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        assert answer.headers["content-type"] == "application/problem+json"


def test_what_is_no_http_is_refused_and_not_logged(served: Served):
    host, port = re.findall(r"//([^:]+):(\d+)", served.address)[0]
    with socket.create_connection((host, int(port))) as raw:
        raw.sendall(f"{CANARY} 60 mg IM\r\n\r\n".encode())
        assert b"400" in raw.recv(1000)
    assert CANARY not in served.log.read_text()


def test_each_request_is_one_line_of_json(served: Served):
    before = len(served.logged())
    httpx.post(f"{served.address}v1/reviews", content=f'{{"note": "{CANARY}'.encode())
    httpx.get(f"{served.address}{CANARY}?q={CANARY}")
    deadline = time.monotonic() + 10
    while len(served.logged()) < before + 2 and time.monotonic() < deadline:
        time.sleep(0.05)  # the line of a request may be written just after its answer was sent
    lines = served.logged()[before:]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("POST", "/v1/reviews", 415),
        ("GET", None, 404),
    ]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.org"])
def test_only_loopback_addresses_are_served(monkeypatch, capsys, host: str):
    monkeypatch.setattr(sys, "argv", ["deltoid", "serve", "--host", host])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == Exit.USAGE
    assert "is not a loopback address" in capsys.readouterr().err


def test_a_port_that_is_taken_has_its_own_status(monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setattr(sys, "argv", ["deltoid", "serve", "--port", port])
        with pytest.raises(SystemExit) as end:
            main()
    assert end.value.code == Exit.UNAVAILABLE
    assert capsys.readouterr().err.startswith(f"deltoid: cannot listen on 127.0.0.1, port {port}: ")
