"""risk: a generated year of a million order lines with twelve kinds of planted abuse; who finds them, how exactly, how fast.

The list of what was planted is kept apart from the rows. A plant is found where a rule that should see it names its record; a hit
is right where it names a record that something was planted in. The same checks in pandas find the same hits and are timed beside.

    YOUJU_BENCH_LINES=1000000 YOUJU_BENCH_EACH=60 YOUJU_BENCH_SEED=5 YOUJU_BENCH_THREADS=2
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

LINES = int(os.environ.get("YOUJU_BENCH_LINES", "1000000"))
EACH = int(os.environ.get("YOUJU_BENCH_EACH", "60"))
SEED = int(os.environ.get("YOUJU_BENCH_SEED", "5"))
THREADS = int(os.environ.get("YOUJU_BENCH_THREADS", "2"))
LEAST_RECALL, LEAST_PRECISION = 0.95, 0.8


def main() -> None:
    """Print one JSON object; exit 1 where recall or precision is below what is promised."""
    from risk_made import AS_OF, made, tables
    from risk_planted import Planter
    from youju.foundation.policies import law_on

    year = made(LINES, SEED)
    truth = Planter(year, EACH).plant()
    given, law = tables(year), law_on(date(2023, 12, 31))
    del year
    found, wall, processor = ours(given, law, AS_OF)
    quality = measured(truth, found)
    result: dict[str, Any] = {
        "name": "risk", "ours": round(wall, 1), "peer": None, "ratio": None, "unit": "s", "n": given["lines"].num_rows,
        "quality": quality,
    }  # fmt: skip
    note = (
        f"{given['lines'].num_rows:,} order lines, {len(truth):,} planted, seed {SEED}, {THREADS} threads; {len(found):,} hits; "
        f"ours {processor:.0f} processor seconds; recall {quality['recall']:.3f}, precision {quality['precision']:.3f}."
    )
    if importlib.util.find_spec("pandas") is None:
        note += " pandas is not installed (make setup-bench): not compared."
    else:
        from peers.frames import hits

        from youju.analytics.risk.scanning import parameters

        began = time.perf_counter()
        others = hits(given, parameters(law), AS_OF)
        seconds = time.perf_counter() - began
        own = {(each.rule, each.subject) for each in found}
        result |= {"peer": round(seconds, 1), "ratio": round(seconds / wall, 2)}
        note += f" pandas: {len(others):,} hits, {len(own & others):,} the same as ours."
    print(json.dumps(result | {"note": note}, ensure_ascii=False))
    if quality["recall"] < LEAST_RECALL or quality["precision"] < LEAST_PRECISION:
        raise SystemExit(1)


def ours(given: Any, law: Any, as_of: date) -> tuple[list[Any], float, float]:
    """The hits, seconds, processor seconds."""
    from youju.analytics.risk.relations import relations
    from youju.analytics.risk.scanning import scan

    began = time.perf_counter(), time.process_time()
    with relations(given, threads=THREADS) as link:
        found = list(scan(link, law, since=date(2022, 1, 1), until=date(2025, 1, 1), as_of=as_of))
    return found, time.perf_counter() - began[0], time.process_time() - began[1]


def measured(truth: Any, found: list[Any]) -> dict[str, Any]:
    """Recall by the rule that a plant is meant for, precision by the rule that hits, and both over all."""
    from risk_planted import keys_of

    named: dict[str, set[str]] = {}
    for each in found:
        named.setdefault(each.rule, set()).update(keys_of(each))
    every = set().union(*(plant.keys for plant in truth))
    planted, seen = Counter(plant.rules[0] for plant in truth), Counter()
    for plant in truth:
        seen[plant.rules[0]] += any(plant.keys & named.get(rule, set()) for rule in plant.rules)
    hits, right = Counter(each.rule for each in found), Counter()
    for each in found:
        right[each.rule] += bool(keys_of(each) & every)
    return {
        "recall": round(seen.total() / planted.total(), 4),
        "precision": round(right.total() / hits.total(), 4) if found else 0.0,
        "by_rule": {
            rule: {
                "planted": planted[rule],
                "recall": round(seen[rule] / planted[rule], 3) if planted[rule] else None,
                "hits": hits[rule],
                "precision": round(right[rule] / hits[rule], 3) if hits[rule] else None,
            }
            for rule in sorted({*planted, *hits})
        },
    }


if __name__ == "__main__":
    main()
