"""What is known of the latest backup and of a restore: small files below ``var/backup``, readable without a database."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from youju.foundation.kernel import places
from youju.foundation.kernel.durable import write_whole


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The latest backup that was written and checked: when (ISO, with zone), where, bytes, sha256 of its manifest."""

    taken_at: str
    file: str
    size: int
    manifest_sha256: str
    tables: int
    rows: int
    files: int
    rehearsed: bool

    @property
    def at(self) -> datetime:
        """When its snapshot was taken; aware."""
        return datetime.fromisoformat(self.taken_at)


def folder() -> Path:
    """Where these files lie."""
    return places.var() / "backup"


def last_backup() -> LastBackup | None:
    """The latest backup of this installation; ``None`` before the first, or where the note cannot be read."""
    found = read("last.json")
    try:
        return LastBackup(**found) if found else None
    except TypeError:
        return None


def note_backup(done: LastBackup) -> None:
    """Remember a backup."""
    write("last.json", asdict(done))


def read(name: str) -> dict[str, Any] | None:
    """A note, or ``None``."""
    try:
        found = json.loads((folder() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write(name: str, value: dict[str, Any]) -> None:
    """Write a note in one step, durable."""
    target = folder() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=False, indent=1)
    write_whole(target, text.encode(), beside=target.with_suffix(f".{os.getpid()}.new"))


def forget(name: str) -> None:
    """Remove a note."""
    (folder() / name).unlink(missing_ok=True)
