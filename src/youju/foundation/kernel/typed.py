"""What people type one after the other in one place: tags, numbers, names."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[、，,；;|\s]+")


def parts_of(text: str | None) -> list[str]:
    """The parts in their order, whatever stands between them; an empty list of nothing."""
    return [part for part in _BETWEEN.split(text or "") if part]


def tags_of(text: str | None) -> tuple[str, ...]:
    """The parts, each once."""
    return tuple(dict.fromkeys(parts_of(text)))
