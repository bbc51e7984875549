"""Logs: one JSON object a line on standard error, made only of what we put in on purpose."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

LOG = logging.getLogger("deltoid.api")


class JsonLines(logging.Formatter):
    """Format a record as one line of JSON: no arguments, no exception text.

    Examples
    --------
    >>> record = logging.makeLogRecord({"name": "deltoid.api", "levelname": "INFO", "msg": "request"})
    >>> json.loads(JsonLines().format(record))["event"]
    'request'
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": str(record.msg),
        }
        return json.dumps(told | getattr(record, "told", {}))


def log_to_stderr() -> None:
    """Send the logs of the service, and the warnings of the server, to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    for name, level in ((LOG.name, logging.INFO), ("uvicorn.error", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
