"""Time as a last resort: searches end by counted steps, so that a result repeats; the clock only cuts off what runs away."""

from __future__ import annotations

import time


class Budget:
    """Seconds of wall time from now."""

    def __init__(self, seconds: float) -> None:
        self._began = time.monotonic()
        self._ends = self._began + seconds

    def spent(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._ends

    def left(self) -> float:
        """Seconds left, not below zero."""
        return max(0.0, self._ends - time.monotonic())

    def part(self, share: float) -> Budget:
        """A budget of a share of what is left."""
        return Budget(self.left() * share)

    def passed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began
