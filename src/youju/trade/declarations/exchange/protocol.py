"""What an exchange must be able to do. Names are plain file names; whatever a reply says never becomes a path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Incoming:
    """A reply that lies there: ``name`` as listed, ``size`` in bytes, ``age`` in seconds since it was last written."""

    name: str
    size: int
    age: float


class Exchange(Protocol):
    """The way to the Single Window and back. Every deed may be repeated after a crash."""

    def put(self, name: str, content: bytes) -> None:
        """Send a message under a name of ours; the same name with the same content again changes nothing.

        Raises:
            ValueError: the name is no plain file name (a fault of the program).
        """

    def incoming(self) -> Iterator[Incoming]:
        """The replies that lie there, oldest first; what is plainly still being written is left out."""

    def read(self, name: str, limit: int) -> bytes | None:
        """The content of a reply, at most ``limit`` bytes and one more; ``None`` where it is gone by now."""

    def archive(self, name: str) -> None:
        """Lay a reply that was read aside; one that is gone by now is no fault."""

    def poison(self, name: str, reason: str) -> str:
        """Lay a reply that cannot be read aside with the reason; the name under which it lies there, empty if it is gone."""

    def poisoned(self) -> Iterator[tuple[str, str]]:
        """What lies in the poison: name and reason."""

    def read_poison(self, kept: str, limit: int) -> bytes:
        """The content of what lies in the poison, at most ``limit`` bytes; empty where it is gone."""

    def put_back(self, kept: str) -> bool:
        """Let a reply that lies in the poison be read again; False where it does not lie there any more."""
