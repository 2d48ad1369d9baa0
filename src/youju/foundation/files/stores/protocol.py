"""What a store can do. Names are sha256 in hex; contents never change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol


class Store(Protocol):
    """A place for contents."""

    def put(self, sha256: str, source: Path) -> None:
        """Take over a complete file; after the call it survives a crash. Nothing happens where it is there already."""

    def open(self, sha256: str) -> BinaryIO:
        """The content for reading, seekable.

        Raises:
            FileNotFoundError: it is not there.
        """

    def size(self, sha256: str) -> int | None:
        """Its size in bytes, or None."""

    def delete(self, sha256: str) -> None:
        """Remove it; nothing happens where it is not there."""

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every content there is, with the time it came (UTC)."""
