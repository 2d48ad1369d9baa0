"""dashboards: group-bys of a dashboard through the product against hand-written DuckDB SQL on the same Parquet.

Ours: an Ibis expression over ``scope.rows``, made, compiled and run by ``DuckEngine`` over the manifest, into Arrow in the types
of the catalogue. Peer: SQL text on a warm connection over the same files, into Arrow; it filters the same period. Interleaved,
medians; ``ratio`` is that of the sums over all questions, limit 1.2. Beside it: the same questions through the cubes (limit 50 ms
each), the first rows behind a figure (limit 1 s), and the same SQL on PostgreSQL with a part of the rows.

    YOUJU_BENCH_LINES=100000000 YOUJU_BENCH_POSTGRES=20000000 YOUJU_BENCH_ROUNDS=5   (POSTGRES=0 leaves that part out)
"""

from __future__ import annotations

import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

ROUNDS = int(os.environ.get("YOUJU_BENCH_ROUNDS", "5"))
POSTGRES = int(os.environ.get("YOUJU_BENCH_POSTGRES", "500000"))
PERIOD = "2022-01..2023-12"
INSIDE = "released_on >= DATE '2022-01-01' AND released_on < DATE '2024-01-01'"
QUESTIONS = (
    ("country", ""), ("chapter", ""), ("hs_code", ""), ("port", ""), ("transport_mode", ""), ("agent_id", ""),
    ("merchant_id", ""), ("country", "61"), ("hs_code", "61"), ("month", ""),
)  # fmt: skip
"""Grouped by, and the chapter filtered on."""


def rows_of(scope: Any, by: str, chapter: str, *, cube: bool) -> Any:
    """The expression of a question, over the table or the cube that answers."""
    from youju.analytics.lake.cubes import cube_for, cube_rows

    measures = ("value_cny", "net_weight", "lines")
    name = cube_for(
        "released_lines", dimensions=(by,), filters=("chapter",) if chapter else (), measures=measures
    )
    rows = cube_rows(scope, name) if cube and name else scope.rows("released_lines")
    if chapter:
        rows = rows.filter(rows.chapter == chapter)
    if by == "month" and not cube:
        rows = rows.mutate(month=rows.released_on.truncate("M").cast("date"))
    count = rows.lines.sum() if cube and name else rows.count()
    return rows.group_by(by).aggregate(value=rows.value_cny.sum(), weight=rows.net_weight.sum(), lines=count)


def ours(engine: Any, by: str, chapter: str, *, cube: bool = False, period: str = PERIOD) -> Any:
    """The answer through the product."""
    from youju.analytics.periods import Period
    from youju.analytics.scopes import Scope

    scope = Scope(Period.parse(period), "baigou")
    return engine.run(rows_of(scope, by, chapter, cube=cube), scope.spans)


def by_hand(by: str, chapter: str, source: str) -> str:
    """What somebody would write."""
    column = "date_trunc('month', released_on)::date AS month" if by == "month" else by
    where = INSIDE + (f" AND chapter = '{chapter}'" if chapter else "")
    return (
        f"SELECT {column}, sum(value_cny), sum(net_weight), count(*) FROM {source} WHERE {where} GROUP BY 1"
    )


def clocked(work: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds on the wall and of the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def same(one: Any, other: Any) -> bool:
    """Whether two answers say the same, whatever their order."""
    told = [sorted(tuple(map(str, row.values())) for row in table.to_pylist()) for table in (one, other)]
    return told[0] == told[1]


def measured(engine: Any, peer: Any, files: str) -> dict[str, list[tuple[float, float]]]:
    """Times by side, medians of each question in their order."""
    found: dict[str, list[tuple[float, float]]] = {"ours": [], "peer": [], "cube": []}
    for by, chapter in QUESTIONS:
        sql = by_hand(by, chapter, files)
        sides: dict[str, Callable[[], Any]] = {
            "ours": lambda by=by, chapter=chapter: ours(engine, by, chapter),
            "peer": lambda sql=sql: peer.sql(sql).to_arrow_table(),
            "cube": lambda by=by, chapter=chapter: ours(engine, by, chapter, cube=True),
        }
        answers = {side: work() for side, work in sides.items()}
        if not same(answers["ours"], answers["cube"]) or answers["ours"].num_rows != answers["peer"].num_rows:
            raise SystemExit(f"the answers by {by} differ")
        times: dict[str, list[tuple[float, float]]] = {side: [] for side in sides}
        for _ in range(ROUNDS):
            for side, work in sides.items():
                times[side].append(clocked(work))
        for side, all_times in times.items():
            found[side].append(tuple(map(statistics.median, zip(*all_times, strict=True))))  # type: ignore[arg-type]
    return found


def lineage(engine: Any) -> tuple[float, float, float]:
    """Milliseconds until the first fifty rows: of all months, of one country's, of one month's figure."""
    from youju.analytics.answers import rows_behind
    from youju.analytics.metrics import metrics
    from youju.analytics.periods import Period
    from youju.analytics.scopes import Scope

    value, market = metrics()["exports.value_cny"], metrics()["exports.market_cr5"]
    every, month = Period.parse(PERIOD), Period.parse("2023-06")
    asked = ((value, every, ""), (market, every, "NG"), (value, month, ""))
    return tuple(  # type: ignore[return-value]
        statistics.median(
            clocked(
                lambda m=metric, p=period, part=part: rows_behind(m, Scope(p, "baigou"), engine, part=part)
            )[0]
            for _ in range(3)
        )
        for metric, period, part in asked
    )


def cut_by_cut(engine: Any) -> dict[str, float]:
    """Milliseconds of each cut that a page of the statistics asks of the cubes, medians; the expressions are the product's."""
    from youju.analytics import rollups
    from youju.analytics.cuts import Dimension, Groups, Question
    from youju.analytics.periods import Period

    groups = Groups(
        {"africa": ("NG", "KE", "GH", "TZ", "DZ", "EG", "ZA"), "asia": ("VN", "TH", "MY", "ID", "PH", "IN")},
        {"garments": ("61", "62"), "bags": ("4202",), "shoes": ("64",)},
    )
    question = Question(Period.parse("2023"), {}, groups)
    narrow = {
        "whole, chapter 61": rollups.whole(question.narrowed(Dimension.CHAPTER, "61")),
        "hs_code, country NG": rollups.by(question.narrowed(Dimension.COUNTRY, "NG"), Dimension.HS_CODE),
        "agent, port and mode": rollups.by(
            question.narrowed(Dimension.PORT, "0202").narrowed(Dimension.TRANSPORT, "2"), Dimension.AGENT
        ),
        "merchant, chapter 61": rollups.by(question.narrowed(Dimension.CHAPTER, "61"), Dimension.MERCHANT),
        "units of hs_code": rollups.quantities(question, Dimension.HS_CODE),
    }
    cuts = {
        str(each): rollups.by(question, each, declarations=each is not Dimension.CATEGORY)
        for each in Dimension
    }
    found = {}
    for name, expression in ({"whole": rollups.whole(question)} | cuts | narrow).items():
        if expression is None:
            raise SystemExit(f"no cube answers {name}")
        engine.run(expression.table, expression.spans)
        found[name] = statistics.median(
            clocked(lambda e=expression: engine.run(e.table, e.spans))[0] for _ in range(ROUNDS)
        )
    return found


def first_page(engine: Any) -> tuple[float, float]:
    """Milliseconds until fifty rows, the latest first, of a year with a filter, and of how many there are."""
    from youju.analytics import cuts, rollups
    from youju.analytics.cuts import Dimension, Question
    from youju.analytics.periods import Period

    asked = Question(Period.parse("2023"), {Dimension.COUNTRY: ("NG",)})
    count = rollups.lines_by_month(asked)
    latest = cuts.rows(Question(Period.parse("2023-12"), asked.filters))
    if count is None:
        raise SystemExit("no cube counts")
    return tuple(  # type: ignore[return-value]
        statistics.median(clocked(work)[0] for _ in range(3))
        for work in (
            lambda: engine.run(latest.table.limit(50), latest.spans),
            lambda: engine.run(count.table, count.spans),
        )
    )


def on_postgres(state: Any, engine: Any) -> str:
    """The same questions in PostgreSQL on the first months of the lake, and in the lake on these months; a sentence."""
    import duckdb
    import pyarrow.csv as pc
    from peers.product import server

    from youju.analytics.tables import RELEASED_LINES

    months = state.manifest.tables["released_lines"]
    chosen: list[str] = []
    while sum(piece.rows for month in chosen for piece in months[month]) < POSTGRES and len(chosen) < len(
        months
    ):
        chosen.append(sorted(months)[len(chosen)])
    rows = sum(piece.rows for month in chosen for piece in months[month])
    kinds = {"string": "text", "date": "date", "int64": "bigint"}
    columns = ", ".join(f"{each.name} {kinds.get(each.type, each.type)}" for each in RELEASED_LINES.columns)
    with server():
        from youju.foundation.database.addresses import Role, address
        from youju.foundation.database.ready import open_connection

        with open_connection(address(Role.OWNER), "") as connection, duckdb.connect() as reading:
            connection.execute(f"CREATE UNLOGGED TABLE bench_lines ({columns})")
            with (
                connection.cursor() as cursor,
                cursor.copy("COPY bench_lines FROM STDIN (FORMAT csv)") as copy,
            ):
                for month in chosen:
                    files = [str(state.folder / piece.file) for piece in months[month]]
                    told = f"SELECT * FROM read_parquet({files}, hive_partitioning = false)"
                    for batch in reading.sql(told).to_arrow_reader(65_536):
                        text = io.BytesIO()
                        pc.write_csv(batch, text, pc.WriteOptions(include_header=False))
                        copy.write(text.getbuffer())
            connection.execute("VACUUM ANALYZE bench_lines")
            spent = 0.0
            for by, chapter in QUESTIONS:
                sql = by_hand(by, chapter, "bench_lines")
                spent += clocked(lambda sql=sql: connection.execute(sql).fetchall())[0]
    mine = cubes = 0.0
    span = f"{chosen[0]}..{chosen[-1]}"
    for by, chapter in QUESTIONS:
        mine += clocked(lambda by=by, chapter=chapter: ours(engine, by, chapter, period=span))[0]
        cubes += clocked(lambda by=by, chapter=chapter: ours(engine, by, chapter, cube=True, period=span))[0]
    return (
        f"PostgreSQL on {rows:,} lines: {spent:,.0f} ms for all questions, the lake on the same {mine:,.0f} ms"
        f" ({spent / mine:.1f} x), its cubes {cubes:,.0f} ms."
    )


def main() -> None:
    """Print one JSON object."""
    import duckdb
    from peers import lakes

    lakes.declare_metrics()
    state = lakes.snapshots()["baigou"]
    engine, peer = state.engine(), duckdb.connect(config={"preserve_insertion_order": False})
    listed = ", ".join(f"'{file}'" for file in state.files("released_lines"))
    found = measured(engine, peer, f"read_parquet([{listed}], hive_partitioning = false)")
    peer.close()
    (mine, mine_cpu), (other, other_cpu), (_, cubes_cpu) = (
        map(sum, zip(*found[side], strict=True)) for side in ("ours", "peer", "cube")
    )
    cubes = sorted(time for time, _ in found["cube"])
    pages = cut_by_cut(engine)
    slowest = max(pages, key=lambda name: pages[name])
    latest, counted = first_page(engine)
    peak = lakes.peak_mb()
    beside = on_postgres(state, engine) if POSTGRES else ""
    whole, country, month = lineage(engine)
    lines = sum(piece.rows for pieces in state.manifest.tables["released_lines"].values() for piece in pieces)
    note = (
        f"{lines:,} lines, {len(QUESTIONS)} questions, medians of {ROUNDS}, added up; processor {mine_cpu:,.0f} ms against"
        f" {other_cpu:,.0f} ({mine_cpu / other_cpu:.2f}). Limit 1.2. Through cubes: median {statistics.median(cubes):.0f} ms,"
        f" slowest {cubes[-1]:.0f} ms (limit 50), processor {cubes_cpu / len(cubes):.0f} ms each. First 50 rows behind a figure:"
        f" all 24 months {whole:.0f} ms, one country {country:.0f} ms, one month {month:.0f} ms (limit 1,000); of a country in"
        f" a year the latest fifty {latest:.0f} ms, how many {counted:.0f} ms. The {len(pages)} cuts of the pages: median"
        f" {statistics.median(pages.values()):.0f} ms, slowest {pages[slowest]:.0f} ms ({slowest})."
        f" Peak memory {peak:,} MB. Load average {os.getloadavg()[0]:.1f}. {beside}"
    )
    worst = max(
        (
            (one / two, by)
            for (one, _), (two, _), (by, _) in zip(found["ours"], found["peer"], QUESTIONS, strict=True)
        )
    )
    result = {
        "name": "dashboards", "ours": round(mine), "peer": round(other), "ratio": round(mine / other, 2), "unit": "ms",
        "n": lines, "note": note,
        "ratios": {"worst": round(worst[0], 2), "worst_by": worst[1], "processor": round(mine_cpu / other_cpu, 2)},
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
