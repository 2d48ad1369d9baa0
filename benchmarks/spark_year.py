"""spark-year: yearly statistics over the lakes of four pilots on a standalone cluster of two workers; one is killed meanwhile.

Values of eight metrics for 2023, once undisturbed, once with a worker and its executor killed (``kill -9``) after a second: the
job must end with the same figures. Peer: DuckDB on the same files in this process, which must say the same.

    YOUJU_BENCH_LINES=100000000 YOUJU_BENCH_PILOTS=baigou,yiwu,keqiao,shishi
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("YOUJU_BENCH_PILOTS", "baigou,yiwu,keqiao,shishi")
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "scripts")]

CODES = (
    "exports.value_cny", "exports.growth_rate", "exports.average_price", "exports.market_hhi", "exports.goods_cr5",
    "exports.new_market_rate", "declarations.released_count", "subjects.repeat_rate",
)  # fmt: skip
MEMORY = os.environ.get("YOUJU_BENCH_EXECUTOR", "1500m")


def asked(engine: Any) -> tuple[dict[str, str], float]:
    """Metric → value, and the seconds for all."""
    from youju.analytics.answers import ask
    from youju.analytics.metrics import metrics
    from youju.analytics.periods import Period
    from youju.analytics.scopes import Scope

    began = time.perf_counter()
    found = {code: str(ask(metrics()[code], Scope(Period.parse("2023")), engine).value) for code in CODES}
    return found, time.perf_counter() - began


def main() -> None:
    """Print one JSON object."""
    from peers import lakes
    from spark_cluster import cluster

    from youju.analytics.engines import DuckEngine
    from youju.analytics.engines.spark import spark_engine

    lakes.declare_metrics()
    states = lakes.snapshots()
    duck = DuckEngine(
        as_of=min(each.as_of for each in states.values()),
        files=lambda name, span: [file for each in states.values() for file in each.files(name, span)],
    )
    wanted, peer = asked(duck)
    with cluster(memory="2g") as running:
        engine = spark_engine(
            dict.fromkeys(states, lakes.root()),
            master=running.master,
            settings={"spark.executor.memory": MEMORY},
        )
        asked(engine)  # the machine that runs it compiles what it does often
        found, seconds = asked(engine)
        dying = threading.Timer(1.0, running.kill, (0,))
        dying.start()
        after, killed = asked(engine)
        dying.join()
        engine.stop()
    if not wanted == found == after:
        raise SystemExit(f"the figures differ: {wanted} {found} {after}")
    rows = sum(each.manifest.rows for each in states.values())
    note = (
        f"{len(CODES)} metrics of 2023 over {rows:,} rows of {len(states)} pilots; the same figures as DuckDB, also with a worker"
        f" killed after a second ({killed:.1f} s). Two workers of one core on this machine: the cluster is for many machines."
    )
    result = {
        "name": "spark-year", "ours": round(seconds, 1), "peer": round(peer, 1), "ratio": round(seconds / peer, 2), "unit": "s",
        "n": rows, "note": note,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
