"""backtest: a subsidy policy on a year of a million declarations, beside a plain loop in Python.

Ours is the whole back-test: every merchant's amount by clause, the budget shared out, the day on which it runs out, distribution,
a policy beside it, four sensitivities. The peer is the loop that one would write without an engine, over the same rules: a
pass that sums what each clause counts by merchant for the policy, the one beside it and the two moved windows, and a pass by day
for the cost as it grows. It leaves out the distribution and two of the sensitivities. Both begin with the lines in memory in the
form that suits them. Amounts and the day on which the budget runs out must be equal, or it ends in an error.

    YOUJU_BENCH_DECLARATIONS=1000000  YOUJU_BENCH_MERCHANTS=20000
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

DECLARATIONS = int(os.environ.get("YOUJU_BENCH_DECLARATIONS", "1000000"))
MERCHANTS = int(os.environ.get("YOUJU_BENCH_MERCHANTS", "20000"))
LINES = 2
"""Lines of a declaration, each of one merchant: half of the lines stand in the base year."""
Row = tuple[int, date, int, int, str, str]


def main() -> None:
    """Print one JSON object."""
    from youju.foundation.policies import load
    from youju.funds.subsidies.metrics.backtest_report import amounts, backtest

    texts = load().subsidies
    policy, beside = texts["market-2023"], texts["containers-2023"]
    rows = list(_rows())
    ground = _ground(rows)
    began = time.process_time(), time.perf_counter()
    result = backtest(policy, ground, others=[beside])
    ours, wall = time.process_time() - began[0], time.perf_counter() - began[1]
    found = {party: each for party, each in amounts(policy, ground).asked.items() if each}
    started = time.process_time()
    plain, ends = _peer(policy, beside, rows)
    peer = time.process_time() - started
    if found != plain or ends != result["runs_out"]:
        raise SystemExit("the engine and the loop disagree")
    told = {
        "name": "backtest",
        "ours": round(ours, 2),
        "peer": round(peer, 2),
        "ratio": round(peer / ours, 2),
        "unit": "processor seconds",
        "n": DECLARATIONS,
        "note": f"{wall:.1f} s on the clock; {len(rows):,} lines of {result['parties']:,} merchants",
    }
    print(json.dumps(told, ensure_ascii=False))


def _rows() -> Iterator[Row]:
    chance = random.Random(7)
    start, countries, codes = (
        date(2023, 1, 1),
        ("BR", "RU", "DE", "KE"),
        ("4202220000", "4202920000", "6402990000"),
    )
    days = [start + timedelta(days=n) for n in range(365)]
    for _ in range(DECLARATIONS * LINES):
        # Few merchants export much, many little.
        merchant = int(MERCHANTS * chance.random() ** 3)
        yield (
            merchant, days[int(365 * chance.random())], int(1_500_000 * chance.random()), int(200_000 * chance.random()),
            countries[int(4 * chance.random())], codes[int(3 * chance.random())],
        )  # fmt: skip


def _ground(rows: list[Row]):  # type: ignore[no-untyped-def]
    import pyarrow as pa

    from youju.funds.subsidies.metrics.backtest_engine import EXPORTS, FIRSTS, PARTIES, Ground

    party, day, usd, teu, partner, product = (list(column) for column in zip(*rows, strict=True))
    count = len(rows)
    flags, roles = pa.array([True] * count), pa.array(["merchant"] * count)
    columns = [
        pa.array(party),
        roles,
        pa.array(day),
        pa.array(usd),
        pa.array(teu),
        pa.array(partner),
        pa.array(product),
        flags,
        flags,
    ]
    merchants = sorted(set(party))
    known = [
        {"party": m, "roles": ["merchant"], "filed_on": date(2022, 1, 1), "suspended": False}
        for m in merchants
    ]
    firsts = [{"party": m, "role": "merchant", "first_day": date(2023, 1, 1)} for m in merchants]
    return Ground(
        exports=pa.Table.from_arrays(columns, schema=EXPORTS),
        parties=pa.Table.from_pylist(known, schema=PARTIES),
        firsts=pa.Table.from_pylist(firsts, schema=FIRSTS),
    )


def _peer(policy, beside, rows: list[Row]):  # type: ignore[no-untyped-def]
    from youju.funds.subsidies.metrics.backtest_report import EDGE_DAYS
    from youju.rules.funds.subsidies.moving import earlier_exports, later_exports

    for each in (beside, later_exports(policy, EDGE_DAYS), earlier_exports(policy, EDGE_DAYS)):
        _loop(each, rows)
    return _loop(policy, rows), _runs_out(policy, rows)


def _loop(policy, rows: list[Row]) -> dict[str, Decimal]:  # type: ignore[no-untyped-def]
    sums: dict[int, list[int]] = defaultdict(lambda: [0] * (len(policy.clauses) + 1))
    for row in rows:
        _count(policy, row, sums)
    found = {str(merchant): _amount(policy, held) for merchant, held in sums.items()}
    return {merchant: total for merchant, total in found.items() if total}


def _runs_out(policy, rows: list[Row]) -> str | None:  # type: ignore[no-untyped-def]
    """Day by day: who exported that day is computed anew."""
    by_day: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        by_day[row[1]].append(row)
    sums: dict[int, list[int]] = defaultdict(lambda: [0] * (len(policy.clauses) + 1))
    totals: dict[int, Decimal] = {}
    cost, ends = Decimal(0), None
    for day in sorted(by_day):
        for row in by_day[day]:
            _count(policy, row, sums)
        for merchant in {row[0] for row in by_day[day]}:
            total = _amount(policy, sums[merchant])
            cost += total - totals.get(merchant, 0)
            totals[merchant] = total
        if ends is None and cost >= policy.budget:
            ends = day.isoformat()
    return ends


def _count(policy, row: Row, sums: dict[int, list[int]]) -> None:  # type: ignore[no-untyped-def]
    merchant, day, usd, teu, partner, product = row
    if not policy.window.covers(day):
        return
    held = sums[merchant]
    held[0] += usd
    for place, clause in enumerate(policy.clauses, 1):
        if clause.only.fits(partner, product):
            held[place] += teu if clause.shape.kind == "per_container" else usd


def _amount(policy, held: list[int]) -> Decimal:  # type: ignore[no-untyped-def]
    from youju.rules.funds.subsidies.amounts import Counts
    from youju.rules.funds.subsidies.sensing import amounts_of

    cent = Decimal("0.01")
    counts = [Counts(usd=each * cent, teu=Decimal(each).scaleb(-6)) for each in held[1:]]
    return amounts_of(policy, counts, held[0] * cent)[1]


if __name__ == "__main__":
    main()
