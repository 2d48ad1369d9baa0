"""Witnesses outside the database: a line for each committed transaction that recorded something.

Whoever rules the database can rewrite every row and every hash in it. These lines lie in files of the product's own account;
``verify`` asks for each of them in the database. A line is written after the commit, so a killed process leaves the witness
behind the database, never ahead of it. Lines are plain text: ``segment position hash``. There is one file a day, kept for
good: 90 bytes for a transaction.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.kernel import places

if TYPE_CHECKING:
    from youju.foundation.audit.services import Place

log = logging.getLogger(__name__)
_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT


def folder() -> Path:
    """Where the witness files lie."""
    return places.var() / "audit" / "witness"


def after_commit(done: Sequence[Place]) -> None:
    """Write a line for each place once the transaction is committed, nothing if it is not; ``done`` may fill until then."""
    transaction.on_commit(
        lambda: _write("".join(f"{each.segment} {each.position} {each.hash.hex()}\n" for each in done))
    )


def _write(lines: str) -> None:
    """One write to a file opened for appending: lines of several processes do not mix."""
    try:
        path = folder()
        name = path / f"{datetime.now(UTC):%Y-%m-%d}.txt"
        try:
            handle = os.open(name, _APPENDING, 0o600)
        except FileNotFoundError:
            path.mkdir(parents=True, exist_ok=True)
            handle = os.open(name, _APPENDING, 0o600)
        try:
            os.write(handle, lines.encode())
        finally:
            os.close(handle)
    except OSError:
        # The deed is committed: a full disk must not turn it into an error. The operations page shows the log's errors.
        log.exception("the audit witness could not be written")


def lines() -> Iterator[tuple[str, int, int, int, str]]:
    """Every witnessed place: (file, line number, segment, position, hash in hex). A torn last line is passed over."""
    for path in sorted(folder().glob("*.txt")):
        with path.open(encoding="ascii", errors="replace") as file:
            for number, line in enumerate(file, 1):
                parts = line.split()
                if len(parts) == 3 and line.endswith("\n") and parts[0].isdigit() and parts[1].isdigit():
                    yield path.name, number, int(parts[0]), int(parts[1]), parts[2]
                elif line.endswith("\n"):
                    yield path.name, number, 0, 0, line.strip()
