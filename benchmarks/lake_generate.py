"""lake-generate: released goods made from a seed and filled into the lakes of one or more pilots, streamed, by the own fill.

Two years, Zipf in countries, agents, codes and merchants, seasons. The peer is the floor: making the same rows and writing each
month by PyArrow as it comes, with no order, no sums, no hash and no cubes (one month, scaled up). Memory is this process's peak.

    YOUJU_BENCH_LINES=100000000 YOUJU_BENCH_PILOTS=baigou,yiwu,keqiao,shishi
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))


def main() -> None:
    """Print one JSON object."""
    from peers import lakes

    from youju.analytics.lake.parquet import arrow_schema, stage
    from youju.analytics.tables import RELEASED_LINES

    rows, size, seconds, processor = 0, 0, 0.0, 0.0
    for pilot in lakes.PILOTS:
        done, wall, cpu = lakes.fill(pilot)
        rows += sum(
            p.rows
            for months in [done.manifest.tables["released_lines"]]
            for ps in months.values()
            for p in ps
        )
        size += sum(piece.size for _, _, piece in done.manifest.pieces())
        seconds, processor = seconds + wall, processor + cpu
    made = lakes.source(lakes.PILOTS[0])
    path = lakes.root() / "floor.parquet"
    began = time.perf_counter(), time.process_time()
    some = stage(
        path, arrow_schema(RELEASED_LINES.columns), made.month(RELEASED_LINES, made.months(RELEASED_LINES)[2])
    )
    floor, floor_cpu = (
        (now - then) / some * rows
        for now, then in zip((time.perf_counter(), time.process_time()), began, strict=True)
    )
    path.unlink()
    note = (
        f"{rows:,} lines of {len(lakes.PILOTS)} pilot(s) in 24 months with heads and cubes, {size / 1e6:,.0f} MB of Parquet,"
        f" {rows / seconds / 1e6:.2f} million lines a second; peak memory {lakes.peak_mb():,} MB (limit 4,000). Peer: rows"
        f" made and written unsorted by PyArrow, {floor:.0f} s. Processor seconds {processor:.0f} against {floor_cpu:.0f}."
    )
    result = {
        "name": "lake-generate", "ours": round(seconds, 1), "peer": round(floor, 1), "ratio": round(seconds / floor, 2),
        "unit": "s", "n": rows, "note": note,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
