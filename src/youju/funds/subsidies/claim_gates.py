"""Who looks for duplicates says so here, so that a review asks it: how many hits of an application nobody has judged."""

from __future__ import annotations

from collections.abc import Callable

Look = Callable[[int], object]
Count = Callable[[int], int]

_looks: dict[str, Look] = {}
_counts: dict[str, Count] = {}


def register_gate(code: str, *, look: Look, open_hits: Count) -> None:
    """Enter a gate; call it in ``AppConfig.ready``. A second one of the code replaces the first.

    Args:
        code: its name.
        look: looks for hits of an application (by id), when it is submitted and at each later stage.
        open_hits: how many of its hits bar it until somebody has judged them.
    """
    _looks[code], _counts[code] = look, open_hits


def look_for_hits(application_id: int) -> None:
    """Let every gate look."""
    for look in _looks.values():
        look(application_id)


def open_hits(application_id: int) -> int:
    """How many hits wait for a judgement."""
    return sum(count(application_id) for count in _counts.values())
