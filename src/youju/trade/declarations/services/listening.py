"""Rooms above learn that a declaration was released: callables, called in the transaction that releases it."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[int], object]
_listeners: list[Listener] = []


def register_released(listener: Listener) -> None:
    """Let a room above hear of releases: ``listener(declaration_id)``; what it raises undoes the release too.

    What is written past the services (the demo, a restored backup) is not told: a room above looks for itself from time to time.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def tell_released(declaration: int) -> None:
    """Tell every listener."""
    for listener in _listeners:
        listener(declaration)
