"""How an entry becomes bytes and a hash: pure, standard library alone, the twin of the SQL function ``audit_append``.

An entry's hash is ``sha256(previous hash ‖ the entry's fields as netstrings)``. A netstring is ``<bytes>:<UTF-8>,``; NULL is
``-,``, so that no two different entries have the same bytes. A segment is one chain of entries, numbered from 1 without a gap.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

FORMAT = "youju-audit-1"

FIELDS = (
    "segment",
    "position",
    "at",
    "actor",
    "actor_name",
    "on_behalf_of",
    "organisation",
    "address",
    "request_id",
    "channel",
    "verb",
    "subject_kind",
    "subject_key",
    "subject_label",
    "before",
    "after",
    "reason",
)
"""The order of hashing. ``at`` is UTC as ``2026-11-23T15:04:05.123456Z``; ``before`` and ``after`` are JSON text or None."""


def netstrings(values: Iterable[str | None]) -> bytes:
    """The values as netstrings, one after the other.

    >>> netstrings(["是", None, ""])
    b'3:\\xe6\\x98\\xaf,-,0:,'
    """
    parts = []
    for value in values:
        if value is None:
            parts.append(b"-,")
        else:
            encoded = value.encode()
            parts.append(b"%d:%b," % (len(encoded), encoded))
    return b"".join(parts)


def entry_hash(previous: bytes, values: Sequence[str | None]) -> bytes:
    """The hash (32 bytes) of an entry whose fields stand in the order of ``FIELDS``."""
    return hashlib.sha256(previous + netstrings((FORMAT, *values))).digest()


def genesis(number: int, previous: int | None, head: bytes | None) -> bytes:
    """What a segment's first entry is chained to: the closed segment before it, or nothing but its own number."""
    return hashlib.sha256(
        netstrings(
            (
                f"{FORMAT}-genesis",
                str(number),
                None if previous is None else str(previous),
                None if head is None else head.hex(),
            )
        )
    ).digest()


def root_hash(previous: str | None, day: str, heads: Iterable[tuple[int, int, str]]) -> str:
    """The daily root (hex): all segments' ``(number, length, head in hex)`` by number, chained to the root before."""
    values: list[str | None] = [f"{FORMAT}-root", previous, day]
    for number, length, head in heads:
        values += [str(number), str(length), head]
    return hashlib.sha256(netstrings(values)).hexdigest()
