"""Quiet, structured logs: one JSON object a line in ``var/log/youju.log``; nothing on the terminal."""

from __future__ import annotations

import logging
import time
from typing import Any

from youju.foundation.kernel import places
from youju.foundation.kernel.context import current
from youju.foundation.kernel.json_text import json_text

FIELDS = ("method", "route", "status", "ms", "user", "statement", "rows")
"""What a record may carry besides its message (``extra=``); anything else is left out, so that no value slips in."""


class JsonLines(logging.Formatter):
    """A log record as one line of JSON: time, level, logger, message, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, no line break inside it."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(record.created))
        line: dict[str, Any] = {
            "at": f"{stamp}.{int(record.msecs):03d}",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        now = current()
        told = {"request_id": now.request_id, "actor": now.actor, "channel": now.channel}
        line |= {name: value for name, value in told.items() if value}
        line |= {
            name: value for name, value in vars(record).items() if name in FIELDS and value not in (None, "")
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json_text(line, default=str)


def logging_settings() -> dict[str, Any]:
    """Django's LOGGING. The file is opened at the first record and appended to by every process, a line at a time."""
    folder = places.var() / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "youju.foundation.kernel.logs.JsonLines"}},
        "handlers": {
            "file": {
                # WatchedFileHandler lets logrotate move the file away under a running product.
                "class": "logging.handlers.WatchedFileHandler",
                "filename": str(folder / "youju.log"),
                "formatter": "json",
                "encoding": "utf-8",
                "delay": True,
            }
        },
        "root": {"handlers": ["file"], "level": "WARNING"},
        "loggers": {
            # Django prints to the terminal in DEBUG only; here its records go to the file like all others.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "youju": {"level": "INFO"},
        },
    }
