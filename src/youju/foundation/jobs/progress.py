"""How far a running job has come, seen by others while its transaction is still open."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

T = TypeVar("T")
# Writes a second at most: a page asks about once a second.
_EVERY = 0.5

Sink = Callable[[int, "int | None", str], None]


def _nowhere(_done: int, _total: int | None, _message: str) -> None:
    return None


class Progress:
    """Told by the job, shown on the run's page. Cheap to call for every row: it writes twice a second at most.

    Args:
        sink: receives (done, total, message); by default nothing, so that a test may call a job with ``Progress()``.
    """

    def __init__(self, sink: Sink = _nowhere) -> None:
        self._sink = sink
        self._last = 0.0
        self._told: tuple[int, int | None, str] = (0, None, "")
        self.done = 0
        self.total: int | None = None
        self.message = ""

    def __call__(self, done: int, total: int | None = None, message: str | None = None) -> None:
        """Say how much is done, of how much (kept when left out), and what is being done."""
        self.done = max(0, done)
        self.total = total if total is not None else self.total
        self.message = message if message is not None else self.message
        self._tell()

    def say(self, message: str) -> None:
        """Say what is being done now; shown at once."""
        self.message = message
        self._tell(now=True)

    def step(self, by: int = 1) -> None:
        """That much more is done."""
        self(self.done + by)

    def track(
        self, things: Iterable[T], *, total: int | None = None, message: str | None = None
    ) -> Iterator[T]:
        """Iterate, counting; ``total`` is the length where the things have one."""
        known = total if total is not None else len(things) if isinstance(things, Sized) else None
        self(0, known, message)
        for number, thing in enumerate(things, 1):
            yield thing
            self(number)

    def flush(self) -> None:
        """Write what the pause between two writes held back."""
        self._tell(now=True)

    def _tell(self, *, now: bool = False) -> None:
        state = (self.done, self.total, self.message)
        clock = time.monotonic()
        if state == self._told or (not now and clock - self._last < _EVERY):
            return
        self._last, self._told = clock, state
        self._sink(*state)
