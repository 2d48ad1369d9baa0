"""A folder on disk: ``ab/cd/abcd…``; a content is written beside, synced and renamed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

_NAME = re.compile(r"[0-9a-f]{64}")
_ALONE = 0o440
INCOMING = "incoming"
"""The folder below the root for what is not in place yet."""


class FolderStore:
    """Contents below ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Where a content lies; the name is checked, no path comes from outside."""
        if not _NAME.fullmatch(sha256):
            raise ValueError("not a sha256")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def put(self, sha256: str, source: Path) -> None:
        """See ``Store``. ``source`` is moved where it lies on the same disk."""
        target = self.path(sha256)
        if target.exists() and target.stat().st_size == source.stat().st_size:
            source.unlink()
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the uploads, where what a crash leaves is collected; a move within one disk is a rename.
        beside = self.root / INCOMING / f"{sha256}.{os.getpid()}.part"
        beside.parent.mkdir(exist_ok=True)
        shutil.move(source, beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.chmod(_ALONE)
        beside.rename(target)
        for folder in (target.parent, target.parent.parent, self.root):
            _sync(folder)

    def open(self, sha256: str) -> BinaryIO:
        """See ``Store``."""
        return self.path(sha256).open("rb")

    def size(self, sha256: str) -> int | None:
        """See ``Store``."""
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, sha256: str) -> None:
        """See ``Store``."""
        self.path(sha256).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, datetime]]:
        """See ``Store``."""
        for path in sorted(self.root.glob("??/??/*")):
            if _NAME.fullmatch(path.name):
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
