"""The server: uvicorn on a socket that listens already, without logs of its own."""

from __future__ import annotations

import socket
import sys

import uvicorn

from deltoid.service.api.app import create_app
from deltoid.service.api.logs import log_to_stderr
from deltoid.service.engine import Engine
from deltoid.service.settings import Settings


def serve_on(listening: socket.socket, settings: Settings, engine: Engine) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    listening : socket.socket
        Bound to a loopback address.
    settings : Settings
    engine : Engine
    """
    config = uvicorn.Config(
        create_app(settings, engine), log_config=None, access_log=False, server_header=False, lifespan="off"
    )
    log_to_stderr()
    sys.stderr.write(f"Deltoid serves on {_address(listening)} (Ctrl-C ends it)\n")
    sys.stderr.flush()
    uvicorn.Server(config).run(sockets=[listening])


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
