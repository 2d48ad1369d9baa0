"""indicators: the department's 108 rows over the lake against the same questions as hand-written DuckDB SQL.

Ours: the demo's bindings (``demo/performance/bindings.csv``) as questions to ``analytics.answers.ask_questions`` over the lake's
files and small tables in memory, as the department's page asks them: made, compiled and run in one statement, each distinct
question once, read into values by the catalogue. Peer: one SQL statement a distinct question on a warm connection over the same
files and tables, as somebody would write it (of a small table it sums one column, whatever the metric: the least there is to
ask). Interleaved, medians; limit of ``ratio`` 1.3, of ``ours`` 3,000 ms at ten million lines.
The parts that both add up must be the same to the cent.

    YOUJU_BENCH_LINES=10000000 YOUJU_BENCH_ROUNDS=5
"""

from __future__ import annotations

import csv
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

ROUNDS = int(os.environ.get("YOUJU_BENCH_ROUNDS", "5"))
YEAR = 2023
LIMIT, MOST = 1.3, 3_000


def questions() -> list[Any]:
    """What the 108 rows ask about the year."""
    from youju.analytics.answers import Question
    from youju.analytics.metrics import metrics
    from youju.analytics.periods import Period
    from youju.foundation.kernel import places

    found = []
    with (places.DEMO / "performance" / "bindings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given = dict(part.split("=", 1) for part in row["parameters"].split(";") if part)
            for code in () if row["metric"] == "attestation" else row["metric"].split(" + "):
                known = metrics()[code].parameters
                found.append(
                    Question.of(code, Period.year(YEAR), {k: v for k, v in given.items() if k in known})
                )
    return list(dict.fromkeys(found))


def small_tables(projects: list[str], merchants: list[int]) -> dict[str, Any]:
    """Every table but those of trade, with a few rows where a sum is asked of it."""
    import pyarrow as pa

    from youju.analytics.engines import columns_of
    from youju.analytics.tables import analytic_tables

    big = ("released_lines", "released_declarations", "filed_parties")
    made = {
        name: columns_of(table.expression()).empty_table()
        for name, table in analytic_tables().items()
        if name not in big
    }
    day = date(YEAR, 6, 30)
    for name, amount in (("paid_payments", "amount"), ("subsidy_awards", "paid_amount")):
        schema = made[name].schema
        table = analytic_tables()[name]
        rows = []
        for place in range(12 * len(projects)):
            row: dict[str, Any] = {field.name: _filler(field.type) for field in schema}
            row |= {
                "pilot": "baigou",
                table.day: day,
                amount: Decimal("1000.00"),
                "project": projects[place % len(projects)],
            }
            if name == "subsidy_awards":
                row |= {"party_id": merchants[place % len(merchants)], "amount": Decimal("1000.00")}
            row[table.key] = place + 1
            rows.append(row)
        made[name] = pa.Table.from_pylist(rows, schema)
    return made


def _filler(kind: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_decimal(kind):
        return Decimal(0)
    if pa.types.is_integer(kind):
        return 1
    if pa.types.is_boolean(kind):
        return False
    return None if pa.types.is_date(kind) else ""


def by_hand(question: Any, lines: str, heads: str, filed: str) -> str:
    """The sums by part of one question, as somebody would write them; small tables by their names."""
    now, then = "DATE '2023-01-01' AND DATE '2023-12-31'", "DATE '2022-01-01' AND DATE '2022-12-31'"
    given = dict(question.parameters)
    project = f" AND project = '{given['project']}'" if "project" in given else ""
    return {
        "exports.value_cny": f"SELECT 'value', sum(value_cny) FROM {lines} WHERE released_on BETWEEN {now}",
        "exports.growth_rate": (
            f"SELECT CASE WHEN released_on >= DATE '2023-01-01' THEN 'now' ELSE 'before' END, sum(value_cny) FROM {lines}"
            " WHERE released_on BETWEEN DATE '2022-01-01' AND DATE '2023-12-31' GROUP BY 1"
        ),
        "exports.new_market_rate": (
            f"WITH top AS (SELECT country FROM {lines} WHERE released_on BETWEEN {then} GROUP BY 1 ORDER BY sum(value_cny) DESC,"
            f" country LIMIT 5) SELECT CASE WHEN country IN (FROM top) THEN 'old' ELSE 'new' END, sum(value_cny) FROM {lines}"
            f" WHERE released_on BETWEEN {now} GROUP BY 1"
        ),
        "declarations.paperless_rate": (
            f"SELECT paperless::text, count(*) FROM {heads} WHERE released_on BETWEEN {now} GROUP BY 1"
        ),
        "declarations.low_carbon_rate": (
            f"SELECT transport_mode, sum(gross_weight) FROM {heads} WHERE released_on BETWEEN {now} GROUP BY 1"
        ),
        "subjects.newcomer_active_rate": (
            f"WITH active AS (SELECT DISTINCT merchant_id AS id FROM {lines} WHERE released_on BETWEEN {now} UNION"
            f" SELECT DISTINCT agent_id FROM {lines} WHERE released_on BETWEEN {now})"
            f" SELECT CASE WHEN party_id IN (SELECT id FROM active) THEN 'active' ELSE 'idle' END, count(*) FROM {filed}"
            f" WHERE filed_on BETWEEN {now} GROUP BY 1"
        ),
        "subjects.repeat_rate": (
            f"WITH now AS (SELECT DISTINCT merchant_id FROM {lines} WHERE released_on BETWEEN {now}), before AS (SELECT DISTINCT"
            f" merchant_id FROM {lines} WHERE released_on BETWEEN {then}) SELECT CASE WHEN merchant_id IN (FROM now) THEN"
            " 'again' ELSE 'gone' END, count(*) FROM before GROUP BY 1"
        ),
        "subsidies.beneficiary_growth_rate": (
            "WITH got AS (SELECT DISTINCT party_id FROM subsidy_awards WHERE paid_amount > 0"
            f" AND belongs_on BETWEEN {now}{project}), sides AS (SELECT merchant_id AS id, released_on, value_cny FROM {lines}"
            " WHERE released_on BETWEEN DATE '2022-01-01' AND DATE '2023-12-31' UNION ALL SELECT agent_id, released_on, value_cny"
            f" FROM {lines} WHERE agent_id <> merchant_id AND released_on BETWEEN DATE '2022-01-01' AND DATE '2023-12-31'),"
            " sums AS (SELECT id, sum(value_cny) FILTER (released_on >= DATE '2023-01-01') AS now, sum(value_cny) FILTER"
            " (released_on < DATE '2023-01-01') AS before FROM sides GROUP BY 1) SELECT CASE WHEN coalesce(now, 0) >="
            " coalesce(before, 0) THEN 'held' ELSE 'fell' END, count(*) FROM got LEFT JOIN sums ON party_id = id GROUP BY 1"
        ),
    }.get(
        question.code, f"SELECT 'paid', sum(amount) FROM paid_payments WHERE paid_on BETWEEN {now}{project}"
    )


def clocked(work: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds on the wall and of the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def main() -> None:
    """Print one JSON object."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
    import django
    from peers import lakes

    django.setup()
    import duckdb

    from youju.analytics.answers import ask_questions
    from youju.analytics.engines import DuckEngine
    from youju.analytics.tables import analytic_tables

    state = lakes.snapshots()["baigou"]
    asked = questions()
    projects = sorted(
        {dict(each.parameters)["project"] for each in asked if "project" in dict(each.parameters)}
    )
    files = {name: [str(path) for path in state.files(name)] for name in analytic_tables()}
    peer = duckdb.connect(config={"preserve_insertion_order": False})
    sources = {
        name: f"read_parquet({files[name]}, hive_partitioning = false)" if files[name] else f"none_{name}"
        for name in ("released_lines", "released_declarations", "filed_parties")
    }
    merchants = [
        row[0]
        for row in peer.execute(
            f"SELECT DISTINCT merchant_id FROM {sources['released_lines']} ORDER BY 1 LIMIT 200"
        ).fetchall()
    ]
    small = small_tables(projects, merchants)
    for name, table in small.items():
        peer.from_arrow(table).create_view(name)
    if not files["filed_parties"]:
        from youju.analytics.engines import columns_of

        peer.from_arrow(
            columns_of(analytic_tables()["filed_parties"].expression()).empty_table()
        ).create_view("none_filed_parties")
    engine = DuckEngine(
        as_of=state.as_of, files=state.files, arrow=small, pilot="baigou", threads=os.cpu_count()
    )
    statements = [
        by_hand(each, sources["released_lines"], sources["released_declarations"], sources["filed_parties"])
        for each in asked
    ]
    answers: dict[Any, Any] = {}

    def ours() -> None:
        answers.update(ask_questions(asked, "baigou", lambda _spans: engine))

    def theirs() -> list[Any]:
        return [peer.execute(statement).fetchall() for statement in statements]

    ours()
    told = theirs()
    for each, rows in zip(asked, told, strict=True):
        if each.code in {"exports.value_cny", "subsidies.beneficiary_growth_rate", "payments.total_cost"}:
            mine = sum(answers[each].parts.values(), Decimal(0))
            other = sum((Decimal(str(row[1] or 0)) for row in rows), Decimal(0))
            if mine != other:
                raise SystemExit(f"{each.code} {each.parameters}: {mine} against {other}")
    times: dict[str, list[tuple[float, float]]] = {"ours": [], "peer": []}
    for _ in range(ROUNDS):
        times["ours"].append(clocked(ours))
        times["peer"].append(clocked(theirs))
    (mine, mine_cpu), (other, other_cpu) = (
        tuple(map(statistics.median, zip(*times[side], strict=True))) for side in ("ours", "peer")
    )
    lines = sum(piece.rows for pieces in state.manifest.tables["released_lines"].values() for piece in pieces)
    note = (
        f"{lines:,} lines, 108 rows as {len(asked)} distinct questions, medians of {ROUNDS}. Limits {LIMIT}, {MOST:,} ms at ten"
        f" million lines. Processor {mine_cpu:,.0f} ms against {other_cpu:,.0f}. Peak memory {lakes.peak_mb():,} MB. Load average"
        f" {os.getloadavg()[0]:.1f}."
    )
    result = {
        "name": "indicators", "ours": round(mine), "peer": round(other), "ratio": round(mine / other, 2), "unit": "ms",
        "n": lines, "note": note,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
