"""Statements and pages that took long, as lines of the log: the statement without its values, the page by its route."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.backends.signals import connection_created

from youju.foundation.kernel.clock import today
from youju.foundation.operations import metrics
from youju.foundation.policies import law_on
from youju.rules.law import whole

log = logging.getLogger("youju.slow")
_LONGEST = 2_000


def install() -> None:
    """Watch every connection of this process; call it in ``AppConfig.ready``."""
    connection_created.connect(_watch, dispatch_uid="youju.operations.slow")


def _watch(connection: Any, **_: Any) -> None:
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement; one that takes long is written to the log, its parameters are not."""
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = time.perf_counter() - began
        metrics.statement(seconds)
        if seconds * 1000 >= _threshold(today().toordinal()):
            log.warning(
                "slow statement", extra={"ms": round(seconds * 1000), "statement": str(sql)[:_LONGEST]}
            )


def request(route: str, method: str, status: int, seconds: float) -> None:
    """A page that took long becomes a line of the log; for ``circumstances.watch``."""
    if seconds * 1000 >= _threshold(today().toordinal(), "slow_request_ms"):
        log.warning(
            "slow request",
            extra={"route": route, "method": method, "status": status, "ms": round(seconds * 1000)},
        )


@lru_cache(maxsize=4)
def _threshold(_day: int, name: str = "slow_statement_ms") -> int:
    """Read once a day: it stands in the way of every statement."""
    return whole(law_on(today()), f"foundation.operations.{name}")
