"""The process's own log on standard error: one line an event, as text for people or JSON for
machines."""

from __future__ import annotations

import json
import logging
import sys
from copy import deepcopy
from typing import Any

import structlog
from granian.log import LOGGING_CONFIG
from structlog.typing import EventDict, WrappedLogger

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# The logger of requests: one line each, written where the form is JSON.
REQUESTS = "khabarayn.requests"
# All that a line of a request may hold beside its time and level. No address of a device, no path
# and no query: paths hold names of people, and tokens of invitations and previews.
REQUEST_FIELDS = ("request", "kind", "endpoint", "method", "status", "ms", "bytes")


def _rename_keys(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Give what structlog calls ``event`` and ``exception`` the names of our own lines."""
    event["message"] = event.pop("event")
    if "exception" in event:
        event["error"] = event.pop("exception")
    return event


def json_lines() -> logging.Formatter:
    """Return what writes one JSON object a line: ``at`` (UTC, ISO 8601), ``level``, ``logger``,
    ``message``; ``request`` (its id) where one was being answered, the `REQUEST_FIELDS` of a
    request's own line, and ``error`` with the whole traceback where something was raised."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.ExtraAdder(allow=REQUEST_FIELDS),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _rename_keys,
            structlog.processors.JSONRenderer(serializer=json.dumps, ensure_ascii=False),
        ],
    )


class StandardError(logging.Handler):
    """Writes each event to whatever standard error is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write ``record``; one that cannot be written never reaches the caller."""
        try:
            print(self.format(record), file=sys.stderr, flush=True)
        except Exception:
            self.handleError(record)


def formatter(log_format: str) -> logging.Formatter:
    """Return what writes events as ``log_format`` (`text` or `json`) says."""
    return json_lines() if log_format == "json" else logging.Formatter(TEXT)


def set_up(log_format: str) -> None:
    """Write this process's warnings and errors to standard error as ``log_format`` says, and in
    JSON a line for each request besides.

    Called again, it changes the form and adds nothing. Whatever else hangs on the root logger (a
    test's, an embedding server's) stays.
    """
    root = logging.getLogger()
    handler = next((one for one in root.handlers if isinstance(one, StandardError)), None)
    if handler is None:
        handler = StandardError()
        root.addHandler(handler)
    handler.setFormatter(formatter(log_format))
    requests = logging.getLogger(REQUESTS)
    requests.setLevel(logging.INFO if log_format == "json" else logging.WARNING)


def server_logs(log_format: str) -> dict[str, Any]:
    """Return the logging set-up of the web server (granian), in the same form as our own lines."""
    config = deepcopy(LOGGING_CONFIG)
    if log_format == "json":
        config["formatters"] = {name: {"()": json_lines} for name in config["formatters"]}
    return config
