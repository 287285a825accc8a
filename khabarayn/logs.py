"""The process's own log on standard error: one line an event, as text for people or JSON for
machines."""

from __future__ import annotations

import json
import logging
import sys
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from granian.log import LOGGING_CONFIG

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """One JSON object a line: ``at`` (UTC, ISO 8601), ``level``, ``logger``, ``message`` and, where
    something was raised, ``error`` with the whole traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return ``record`` as one line of JSON, Arabic unescaped."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


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
    return JsonLines() if log_format == "json" else logging.Formatter(TEXT)


def set_up(log_format: str) -> None:
    """Write this process's warnings and errors to standard error as ``log_format`` says.

    Called again, it changes the form and adds nothing. Whatever else hangs on the root logger (a
    test's, an embedding server's) stays.
    """
    root = logging.getLogger()
    handler = next((one for one in root.handlers if isinstance(one, StandardError)), None)
    if handler is None:
        handler = StandardError()
        root.addHandler(handler)
    handler.setFormatter(formatter(log_format))


def server_logs(log_format: str) -> dict[str, Any]:
    """Return the logging set-up of the web server (granian), in the same form as our own lines."""
    config = deepcopy(LOGGING_CONFIG)
    if log_format == "json":
        config["formatters"] = {name: {"()": JsonLines} for name in config["formatters"]}
    return config
