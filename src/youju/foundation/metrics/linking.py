"""From a row behind a figure to the record's page: each room says how its rows are named and found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """What a row is called, and the address of its page (empty where there is none for the asker)."""

    text: str
    url: str


Linker = Callable[[Sequence[Mapping[str, Any]]], list[Link]]
"""Rows (with at least ``row`` and ``number``) of one kind → their links in the same order; one query at most."""


@dataclass(frozen=True, slots=True)
class RowKind:
    """A kind of row: its Chinese name, and how to link its rows."""

    label: str
    link: Linker


_KINDS: dict[str, RowKind] = {}


def register_row_kind(kind: str, label: str, link: Linker) -> None:
    """Say how rows of a kind are named and where they open; each kind once."""
    if kind in _KINDS:
        raise ValueError(f"rows of kind {kind} are registered twice")
    _KINDS[kind] = RowKind(label, link)


def row_kind(kind: str) -> RowKind:
    """The kind of a row.

    Raises:
        KeyError: no room registered it.
    """
    return _KINDS[kind]


def linked(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """The links of mixed rows, in order: one call for each kind among them."""
    links: list[Link | None] = [None] * len(rows)
    for kind in dict.fromkeys(str(row["kind"]) for row in rows):
        places = [place for place, row in enumerate(rows) if row["kind"] == kind]
        for place, link in zip(places, row_kind(kind).link([rows[p] for p in places]), strict=True):
            links[place] = link
    return [link for link in links if link is not None]
