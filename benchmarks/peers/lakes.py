"""Lakes for benchmarks, made once for each size and kept beside: the product's own fill, from rows made from a seed.

YOUJU_BENCH_LINES=100000000 YOUJU_BENCH_PILOTS=baigou,yiwu YOUJU_BENCH_LAKES=/data/lakes
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

LINES = int(os.environ.get("YOUJU_BENCH_LINES", "5000000"))
PILOTS = tuple(os.environ.get("YOUJU_BENCH_PILOTS", "baigou").split(","))


def root() -> Path:
    """Where the lakes of this size lie."""
    named = os.environ.get("YOUJU_BENCH_LAKES", str(Path(tempfile.gettempdir()) / "youju-bench-lakes"))
    return Path(named) / f"{LINES}-{len(PILOTS)}"


def limits() -> Any:
    """As the policies have them."""
    from youju.analytics.lake.limits import Limits

    return Limits(grace=timedelta(0), small_rows=500_000, small_files=12, memory_mb=1_024)


def source(pilot: str, **changes: Any) -> Any:
    """The rows of one pilot: its share of the lines."""
    from youju.analytics.lake.made import MadeSource

    return MadeSource(pilot, LINES // len(PILOTS), seed=7 + PILOTS.index(pilot), **changes)


def fill(pilot: str, **changes: Any) -> tuple[Any, float, float]:
    """Fill a pilot's lake anew: what was done, seconds on the wall, processor seconds."""
    from youju.analytics.lake.folder import LakeFolder
    from youju.analytics.lake.refreshing import refresh

    wall, processor = time.perf_counter(), time.process_time()
    folder, rows = LakeFolder(root(), pilot), source(pilot, **changes)
    done = refresh(folder, rows, limits=limits(), now=datetime.now(UTC), full=True)
    return done, time.perf_counter() - wall, time.process_time() - processor


def bound(pilot: str, *, mark: int, database: str) -> Any:
    """The manifest of a pilot's lake, told to go on from a mark of a database; one that is kept is not filled again."""
    from youju.analytics.lake.manifest import read

    held = read(root() / pilot)
    if held is None:
        return fill(pilot, mark=mark, database=database)[0].manifest
    held = replace(held, mark=mark, database=database, snapshot="")
    held.write(root() / pilot)
    return held


def snapshots() -> dict[str, Any]:
    """The state of every pilot's lake; those that are missing are filled first, and cubes of another shape made anew."""
    from youju.analytics.lake.cubes import CUBES
    from youju.analytics.lake.folder import LakeFolder
    from youju.analytics.lake.manifest import read
    from youju.analytics.lake.reading import snapshot
    from youju.analytics.lake.refreshing import refresh

    for pilot in PILOTS:
        if read(root() / pilot) is None:
            print(f"filling the lake of {pilot} …", file=sys.stderr)
            fill(pilot)
        elif not all(snapshot(root(), pilot).has_cube(name) for name in CUBES):
            print(f"making the cubes of {pilot} …", file=sys.stderr)
            refresh(LakeFolder(root(), pilot), source(pilot), limits=limits(), now=datetime.now(UTC))
    return {pilot: snapshot(root(), pilot) for pilot in PILOTS}


def declare_metrics() -> None:
    """The catalogue, without a database."""
    from youju.analytics.metrics import metrics

    if not metrics():
        from youju.trade.declarations.metrics import declare

        declare()


def peak_mb() -> int:
    """The most memory that this process had."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
