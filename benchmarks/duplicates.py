"""duplicates: 100,000 claims with planted duplicates, found by us and by Splink 4 on the same claims.

Each works as it would in earnest. Ours: normalise, join on keys in DuckDB, judge by the weights of the policies, with every
reason in words. Splink: the same normalised columns, weights learnt by EM; the weight from which its pairs count is the best for
F1 on claims of another seed. The weights of ours were set on that other seed too; what is printed is from a seed that neither
has seen.

    YOUJU_BENCH_CLAIMS=100000 YOUJU_BENCH_SEED=2024
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import sys
import time
import warnings
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

SIZE = int(os.environ.get("YOUJU_BENCH_CLAIMS", "100000"))
SEED, TUNING_SEED = int(os.environ.get("YOUJU_BENCH_SEED", "2024")), 7
DAY = date(2024, 12, 1)


def main() -> None:
    """Print one JSON object."""
    warnings.simplefilter("ignore")
    from claims_planted import planted
    from claims_quality import quality
    from youju.analytics.matching import Work
    from youju.foundation.policies import law_on

    made, law, work = planted(SEED, SIZE), law_on(DAY), Work()
    gc.collect()
    gc.freeze()
    found, wall, processor = ours(made.claims, law, work)
    own = quality(made.truth, found)
    result: dict[str, Any] = {
        "name": "duplicates", "ours": round(wall, 1), "peer": None, "ratio": None, "unit": "s", "n": len(made.claims),
        "quality": {"ours": own.as_json()},
    }  # fmt: skip
    note = (
        f"{len(made.claims):,} claims, {len(made.truth):,} planted pairs, seed {SEED}; {work.pairs:,} pairs compared; ours"
        f" {processor:.0f} processor seconds, recall {own.hard:.3f} hard, {own.fuzzy:.3f} fuzzy, precision {own.precision:.3f}."
    )
    if importlib.util.find_spec("splink") is None:
        note += " Splink is not installed (make setup-bench): not compared."
    else:
        from peers.linkage import best_threshold, linked

        tuning = planted(TUNING_SEED, SIZE // 4)
        edge = best_threshold(linked(tuning.claims, law, seed=TUNING_SEED), tuning.truth)
        peer = linked(made.claims, law, seed=SEED)
        other = quality(made.truth, {(one, two) for one, two, weight in peer.pairs if weight >= edge})
        result |= {"peer": round(peer.seconds, 1), "ratio": round(peer.seconds / wall, 2)}
        result["quality"]["splink"] = other.as_json()
        note += (
            f" Splink 4: {peer.processor:.0f} processor seconds, from weight {edge:.1f}: recall {other.hard:.3f} hard,"
            f" {other.fuzzy:.3f} fuzzy, precision {other.precision:.3f}."
        )
    print(json.dumps(result | {"note": note}, ensure_ascii=False))


def ours(claims: list[Any], law: Any, work: Any) -> tuple[set[tuple[str, str]], float, float]:
    """The pairs found, seconds, processor seconds."""
    from youju.analytics.matching import duplicates

    began = time.perf_counter(), time.process_time()
    found = {(hit.first, hit.second) for hit in duplicates(claims, law, DAY, work=work)}
    return found, time.perf_counter() - began[0], time.process_time() - began[1]


if __name__ == "__main__":
    main()
