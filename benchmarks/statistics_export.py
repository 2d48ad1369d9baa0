"""statistics-export: what an export of 500,000 released rows takes in memory and time, beside one of a tenth of them.

The whole path of the product: the question's expression, a cursor on PostgreSQL's side, Arrow batches, the writer of CSV, xlsx
and Parquet, a file on disk, its count read back. The rows come from ``generate_series`` in place of the view, so that nothing
need be loaded. Each export runs in a process of its own; memory is that process's peak. Flat: ten times the rows, one peak.

    YOUJU_BENCH_ROWS=500000
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

ROWS = int(os.environ.get("YOUJU_BENCH_ROWS", "500000"))
KINDS = ("csv", "parquet", "xlsx")
_LINES = """(SELECT n AS line_id, n / 30 AS declaration_id, 'D2306' || n / 30 || '-1' AS declaration,
  lpad(n::text, 18, '0') AS entry_number, n % 30 AS g_no, date '2023-01-01' + (n % 365)::int AS released_on,
  date '2023-01-01' AS declared_on, n % 40 AS agent_id, n % 300 AS merchant_id, n % 400 AS buyer_id, n % 1500 AS good_id,
  n / 7 AS order_id, 'T' || n / 7 AS order_number, n % 7 AS line_no, 'RU' AS country, '0202' AS port, '2' AS transport_mode,
  '4202220000' AS hs_code, '42' AS chapter, '女士手提包' AS name, '个' AS unit, 100.00000 AS quantity, 'USD' AS currency,
  1234.56 AS amount, 8642.10 AS value_cny, 80.50000 AS net_weight, 88.20000 AS gross_weight, 10::bigint AS packages
  FROM generate_series(1::bigint, {rows}) n) AS bench"""


def main() -> None:
    """Print one JSON object."""
    from peers.product import product

    few, figures = ROWS // 10, {}
    with product("youju.config.settings"):
        for kind in KINDS:
            figures[kind] = (_measured(kind, few), _measured(kind, ROWS))
    told = "; ".join(
        f"{kind}: {one[0]:.0f} MB for {few:,} rows, {all_[0]:.0f} MB and {all_[1]:.1f} s for {ROWS:,}, counted {all_[2]:,}"
        for kind, (one, all_) in figures.items()
    )
    one, all_ = figures["csv"]
    print(
        json.dumps(
            {
                "name": "statistics-export",
                "ours": round(all_[0], 1),
                "peer": round(one[0], 1),
                "ratio": round(all_[0] / one[0], 3),
                "unit": "MB at the peak",
                "n": ROWS,
                "note": f"CSV; the peer is the same export of a tenth of the rows. {told}",
            },
            ensure_ascii=False,
        )
    )


def _measured(kind: str, rows: int) -> tuple[float, float, int]:
    """Peak memory in MB, processor seconds and the count of an export, in a process of its own."""
    from django.db import connections

    connections.close_all()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with os.fdopen(write, "w") as out:
            out.write(json.dumps(_export(kind, rows)))
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        answer = told.read()
    os.waitpid(child, 0)
    peak, seconds, count = json.loads(answer)
    return peak, seconds, count


def _export(kind: str, rows: int) -> tuple[float, float, int]:
    from youju.analytics.cuts import TABLE
    from youju.foundation.kernel.context import reaching_all
    from youju.foundation.metrics import sources
    from youju.trade.statistics import selectors
    from youju.trade.statistics.documents.exports import export_rows

    sources._VIEWS[TABLE] = _LINES.format(rows=rows)
    began = time.process_time()
    with reaching_all():
        made = export_rows(selectors.asked(period="2023"), kind, ())
    made.file.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return peak, time.process_time() - began, made.rows


if __name__ == "__main__":
    main()
