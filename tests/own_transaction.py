"""The application asked through WSGI inside a test's own transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, reset_queries


@contextmanager
def own_transaction() -> Iterator[None]:
    """Within the block a request leaves the connection open, as Django's own test client sees to it."""
    listeners = [(request_started, reset_queries), (request_started, close_old_connections)]
    listeners.append((request_finished, close_old_connections))
    for signal, listener in listeners:
        signal.disconnect(listener)
    try:
        yield
    finally:
        for signal, listener in listeners:
            signal.connect(listener)
