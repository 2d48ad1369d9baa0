"""House numbers of the writer; the application takes them from policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """How the lake is written.

    Args:
        grace: how long a file stays that left the manifest.
        small_rows: a file with fewer rows is small.
        small_files: a month with more small files has them made into one.
        memory_mb: what DuckDB may use while it writes.
    """

    grace: timedelta
    small_rows: int
    small_files: int
    memory_mb: int
