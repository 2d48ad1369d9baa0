"""``youju bench simplify``: 30 million goods lines in a million declarations, simplified by us and by two peers.

Ours is the compiled kernel of the product, from arrays to arrays, compiled before the clock starts. DuckDB does the same in SQL
from a table in memory into a table; pandas does it in data frames on a part, scaled up. All three must agree in a checksum over
every declared line, and the kernel with the plain-Python oracle, line by line, on a sample. ``ratio``: DuckDB's time over ours.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

LINES, DECLARATIONS, RUNS = 30_000_000, 1_000_000, 2
PART, SAMPLE = 10, 300
DAY = date(2023, 6, 1)
CHAPTER = 10**8
ONE = Decimal(1)
DECLARED = """
WITH kinds AS (
  SELECT declaration, code, name, sum(cents)::BIGINT AS cents, min(line) AS line, bool_or(ineligible) AS ineligible
  FROM goods GROUP BY declaration, code, name
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY declaration ORDER BY cents DESC, line) AS place,
         count(*) OVER (PARTITION BY declaration) AS kinds
  FROM kinds
), marked AS (SELECT *, kinds >= {trigger} AND place > {itemised} AND NOT ineligible AS merged FROM ranked)
SELECT declaration, code, name, cents, merged FROM marked WHERE NOT merged
UNION ALL
SELECT declaration, arg_min(code, place), arg_min(name, place), sum(cents)::BIGINT, true
FROM marked WHERE merged GROUP BY declaration, code // 100000000
"""


def goods() -> Any:
    """Lines of a catalogue of 3,000 kinds, values spread as prices are; always the same."""
    from youju.trade.declarations.planning.bulk import GoodsArrays

    draw = np.random.default_rng(7)
    sizes = draw.integers(10, 51, DECLARATIONS)
    sizes[: LINES - int(sizes.sum())] += 1 if sizes.sum() < LINES else 0
    while (over := int(sizes.sum()) - LINES) != 0:
        place = draw.integers(0, DECLARATIONS, min(abs(over), DECLARATIONS))
        np.subtract.at(sizes, place[sizes[place] > 5], 1) if over > 0 else np.add.at(sizes, place, 1)
    codes = draw.integers(1, 97, 3_000) * CHAPTER + draw.integers(0, CHAPTER, 3_000)
    kind = draw.integers(0, 3_000, LINES)
    return GoodsArrays(
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        codes[kind],
        (kind % 211).astype(np.int32),
        np.maximum(1, draw.lognormal(11, 1.2, LINES)).astype(np.int64),
        (kind % 17) == 0,
    )


def checksum(declaration: Any, code: Any, name: Any, cents: Any, merged: Any) -> int:
    """One number for all declared lines, whatever their order."""
    mixed = (cents % 1_000_003) * (code % 9_973 + name % 97 * 3 + declaration % 89 + merged * 7 + 1)
    return int(mixed.sum()) + len(cents)


class Clock:
    """Seconds on the wall, and processor seconds of all threads, which other work on the machine hardly changes."""

    def __init__(self) -> None:
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def stop(self) -> tuple[float, float]:
        """Both, since the clock was made."""
        return time.perf_counter() - self._wall, time.process_time() - self._processor


def ours(arrays: Any, terms: Any) -> tuple[tuple[float, float], int, Any]:
    """Seconds of the best run, the checksum, what was made."""
    from youju.trade.declarations.planning.bulk import simplify_many

    made = simplify_many(arrays, terms)  # compiles, and makes the arrays that the others write over
    taken = []
    for _ in range(RUNS):
        clock = Clock()
        made = simplify_many(arrays, terms, into=made)
        taken.append(clock.stop())
    places = np.arange(len(arrays.codes)) - np.repeat(arrays.offsets[:-1], np.diff(arrays.offsets))
    real = places < np.repeat(made.counts, np.diff(arrays.offsets))
    number = np.repeat(np.arange(len(made.counts)), made.counts)
    merged = made.merged[real].astype(np.int64)
    return (
        min(taken),
        checksum(number, made.codes[real], made.names[real], made.cents[real], merged),
        made,
    )


def duckdb(arrays: Any, terms: Any) -> tuple[tuple[float, float], int]:
    """Seconds and the checksum; the table is warm in memory."""
    import duckdb
    import pandas as pd

    base = duckdb.connect()
    frame = pd.DataFrame(columns_of(arrays))
    base.execute("CREATE TABLE goods AS SELECT * FROM frame")
    del frame
    clock = Clock()
    base.execute(
        f"CREATE TABLE declared AS {DECLARED.format(trigger=terms.trigger, itemised=terms.itemised)}"
    )
    seconds = clock.stop()
    (total,) = base.execute(
        "SELECT sum((cents % 1000003) * (code % 9973 + name % 97 * 3 + declaration % 89 + merged::INT * 7 + 1))::HUGEINT"
        " + count(*) FROM declared"
    ).fetchone() or (0,)
    return seconds, int(total)


def pandas(arrays: Any, terms: Any) -> tuple[tuple[float, float], int]:
    """Seconds and the checksum, for the first declarations only."""
    import pandas as pd

    frame = pd.DataFrame(columns_of(arrays))
    clock = Clock()
    kinds = frame.groupby(["declaration", "code", "name"], sort=False).agg(
        cents=("cents", "sum"), line=("line", "min"), ineligible=("ineligible", "any")
    )
    kinds = kinds.reset_index().sort_values(["declaration", "cents", "line"], ascending=[True, False, True])
    by_declaration = kinds.groupby("declaration", sort=False)
    kinds["place"] = by_declaration.cumcount()
    kinds["kinds"] = by_declaration["code"].transform("size")
    rest = (kinds["kinds"] >= terms.trigger) & (kinds["place"] >= terms.itemised) & ~kinds["ineligible"]
    alone = kinds[~rest].assign(merged=0)
    merged = kinds[rest].assign(chapter=lambda each: each["code"] // CHAPTER)
    merged = merged.groupby(["declaration", "chapter"], sort=False).agg(
        code=("code", "first"), name=("name", "first"), cents=("cents", "sum")
    )
    made = pd.concat([alone, merged.reset_index().assign(merged=1)])
    seconds = clock.stop()
    return seconds, checksum(
        *(made[name].to_numpy(np.int64) for name in ("declaration", "code", "name", "cents", "merged"))
    )


def columns_of(arrays: Any) -> dict[str, Any]:
    """Goods lines as columns."""
    sizes = np.diff(arrays.offsets)
    return {
        "declaration": np.repeat(np.arange(len(sizes)), sizes),
        "line": np.arange(len(arrays.codes)),
        "code": arrays.codes,
        "name": arrays.names.astype(np.int64),
        "cents": arrays.cents,
        "ineligible": arrays.ineligible,
    }


def part_of(arrays: Any, declarations: int) -> Any:
    """The first declarations."""
    from youju.trade.declarations.planning.bulk import GoodsArrays

    end = int(arrays.offsets[declarations])
    return GoodsArrays(
        arrays.offsets[: declarations + 1],
        arrays.codes[:end],
        arrays.names[:end],
        arrays.cents[:end],
        arrays.ineligible[:end],
    )


def against_the_oracle(arrays: Any, made: Any, terms: Any) -> float:
    """Compare a sample line by line; lines that plain Python does in a second."""
    from youju.rules.trade.declarations.facts import GoodsLine
    from youju.rules.trade.declarations.simplifying import simplify

    lines, seconds = 0, 0.0
    for number in range(0, DECLARATIONS, DECLARATIONS // SAMPLE):
        low, high = int(arrays.offsets[number]), int(arrays.offsets[number + 1])
        source = [
            GoodsLine(
                at, "T", "M", f"{arrays.codes[at]:010d}", str(arrays.names[at]), ONE, "个", 1,
                int(arrays.cents[at]), ONE, ONE, inspection=bool(arrays.ineligible[at]),
            )
            for at in range(low, high)
        ]  # fmt: skip
        began = time.perf_counter()
        wanted = simplify(source, terms)
        seconds += time.perf_counter() - began
        lines += high - low
        found = [
            (f"{made.codes[at]:010d}", str(made.names[at]), int(made.cents[at]), bool(made.merged[at]))
            for at in range(low, low + int(made.counts[number]))
        ]
        if found != [(each.hs_code, each.name, each.cents, each.merged) for each in wanted]:
            raise SystemExit(f"declaration {number}: the kernel and the oracle disagree")
    return lines / seconds


def main() -> None:
    """Print one JSON object."""
    from youju.foundation.policies import law_on
    from youju.rules.trade.declarations.terms import terms_of

    terms, arrays = terms_of(law_on(DAY)), goods()
    (own, own_cpu), total, made = ours(arrays, terms)
    plain = against_the_oracle(arrays, made, terms)
    some = part_of(arrays, DECLARATIONS // PART)
    (small, small_cpu), part_total = pandas(some, terms)
    _, own_part, _ = ours(some, terms)
    scale = LINES / len(some.codes)
    frames, frames_cpu = small * scale, small_cpu * scale
    del made, some
    (peer, peer_cpu), peer_total = duckdb(arrays, terms)
    if (total, own_part) != (peer_total, part_total):
        raise SystemExit(f"the checksums differ: {total} {peer_total}, {own_part} {part_total}")
    note = (
        f"{LINES:,} lines in {DECLARATIONS:,} declarations; ours {LINES / own / 1e6:.1f} million lines a second, DuckDB SQL"
        f" {LINES / peer / 1e6:.1f}, plain Python {plain / 1e6:.2f}. pandas on {1 / PART:.1%} of it, scaled up: {frames:.0f} s,"
        f" {frames / own:.0f} x. Processor seconds: {own_cpu:.1f}, DuckDB {peer_cpu:.1f} ({peer_cpu / own_cpu:.1f} x), pandas"
        f" {frames_cpu:.0f} ({frames_cpu / own_cpu:.0f} x). Same checksum over all declared lines; {SAMPLE} declarations equal"
        " the oracle line by line."
    )
    result = {
        "name": "simplify", "ours": round(own, 2), "peer": round(peer, 2), "ratio": round(peer / own, 1), "unit": "s", "n": LINES,
        "note": note, "ratios": {"duckdb": round(peer / own, 1), "pandas": round(frames / own, 1)},
    }  # fmt: skip
    json.dump(result, sys.stdout, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
