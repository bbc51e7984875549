"""What stands around every request: loopback names only, an id, headers, a log line, no fault let through."""

from __future__ import annotations

import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deltoid.service.api.answers import refused
from deltoid.service.api.logs import LOG
from deltoid.service.faults import where
from deltoid.service.problems import ItemError

HOSTS = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
TOO_LARGE = ItemError("too_large", "the body is larger than the limit of this service")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_PORT = re.compile(r":\d{1,5}$")


class Guard:
    """ASGI middleware around the whole application.

    A page of another site that lets its own name point to this machine (DNS rebinding) is told by the Host
    header. Nothing of an exception but its kind and place reaches the log or the answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(scope, receive, send)
        started = time.monotonic()
        fault = None
        try:
            await self._serve(scope, receive, answer)
        except Exception as error:  # answered already; the server would log it with its message
            fault = where(error)
        finally:
            _log(scope, answer, time.monotonic() - started, fault)

    async def _serve(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        host = _PORT.sub("", Headers(scope=scope).get("host", ""))
        if host.lower() in HOSTS:
            await self.app(scope, receive, answer.send)
        else:
            error = ItemError("bad_host", f"the Host header must be one of {', '.join(HOSTS)}")
            await refused(error)(scope, receive, answer.send)


class _Answer:
    """The way out: it notes the status, adds the headers of every answer, and words a plain 413 as we do."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._asked = scope, receive
        self._send = send
        self._replaced = False
        self.request_id = _request_id(Headers(scope=scope))
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_plain_413(message):
            await refused(TOO_LARGE)(*self._asked, self.send)
            self._replaced = True
        elif not self._replaced:
            await self._send(self._completed(message))

    def _completed(self, message: Message) -> Message:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self.request_id
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        return message


def _is_plain_413(message: Message) -> bool:
    """Whether this is how the framework refuses a body, before any handler of ours is asked."""
    sent = Headers(raw=message["headers"]).get("content-type", "")
    return bool(message["status"] == 413 and sent.startswith("text/plain"))


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _log(scope: Scope, answer: _Answer, seconds: float, fault: str | None) -> None:
    """Log what happened without anything that was sent: the route's template stands for the path."""
    told = {
        "request_id": answer.request_id,
        "method": scope["method"],
        "route": getattr(scope.get("route"), "path", None),
        "status": answer.status,
        "ms": round(1000 * seconds, 1),
    }
    LOG.log(
        logging.ERROR if fault else logging.INFO,
        "request",
        extra={"told": told | ({"fault": fault} if fault else {})},
    )
