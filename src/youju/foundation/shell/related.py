"""Pages of other rooms about the record shown: a room below does not know those above, so these register what they have of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from youju.foundation.shell.navigation import allowed

Look = Callable[[str, Mapping[str, str]], str | None]
"""The record's key as the trail has it, and what the page knows of it by name → an address, or ``None`` where nothing is."""


class _Entry(NamedTuple):
    label: str
    permission: str
    look: Look


_ENTRIES: dict[str, dict[str, _Entry]] = {}


def register_related(kind: str, label: str, permission: str, look: Look) -> None:
    """Let a room's page be reached from the page of a record below it; call it in ``AppConfig.ready``.

    Args:
        kind: of the record, as the trail names it.
        label: the words of the link; a second entry of the same words replaces the first.
        permission: without it the link is not drawn and ``look`` is not asked.
        look: says where; asked once for each view of the page, so it may ask the database for one thing at most.
    """
    _ENTRIES.setdefault(kind, {})[label] = _Entry(label, permission, look)


def related_to(user: Any, kind: str, key: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and address of each page that the user may open, in the order in which the rooms registered."""
    found = []
    for entry in _ENTRIES.get(kind, {}).values():
        address = entry.look(key, words) if allowed(user, entry.permission) else None
        if address:
            found.append((entry.label, address))
    return found
