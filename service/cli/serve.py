"""``deltoid serve``."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Annotated

import typer

from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.policy import PolicyOption, book_given


def serve(
    host: Annotated[str, typer.Option(help="A loopback address; there are no logins yet.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 8765,
    policy: PolicyOption = None,
) -> None:
    """Serve the page and the HTTP API on this machine."""
    listening = _listen(_loopback(host), port)
    from deltoid.service.api.server import serve_on
    from deltoid.service.cli.batch import ready_engine
    from deltoid.service.settings import read_settings

    settings = read_settings()
    serve_on(listening, settings, ready_engine(book_given(policy, settings.policy)))


def _loopback(host: str) -> str:
    """Return the address of a loopback name; any other would show notes to the network."""
    address = "127.0.0.1" if host == "localhost" else host
    try:
        if ip_address(address).is_loopback:
            return address
    except ValueError:
        pass
    message = (
        f"--host {host} is not a loopback address: without logins Deltoid serves on 127.0.0.1 or ::1 only"
    )
    raise Failure(Exit.USAGE, message)


def _listen(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family)
    except OSError as error:
        message = f"cannot listen on {address}, port {port}: {error.strerror}; choose another --port"
        raise Failure(Exit.UNAVAILABLE, message) from None
