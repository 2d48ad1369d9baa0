"""stock-race: eight writers register, consolidate, pack and declare the same stock for a minute, beside one writer alone.

It fails where a balance does not hold, where something else than a refusal reaches a writer (a deadlock, a lost update), or where
a refusal says nothing. Ours is tries a second of all writers together, peer the same of one writer. What declares is a function
``declare(user, packing, drawn)``; an empty name leaves declaring out.

    YOUJU_BENCH_SECONDS=60  YOUJU_BENCH_WRITERS=8  YOUJU_BENCH_DECLARE=module:function
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

SECONDS = float(os.environ.get("YOUJU_BENCH_SECONDS", "60"))
WRITERS = int(os.environ.get("YOUJU_BENCH_WRITERS", "8"))
DECLARE = os.environ.get("YOUJU_BENCH_DECLARE", "stock_declaring:declare")
_SHOWN = 5


def main() -> None:
    """Print one JSON object."""
    from peers.product import product

    with product("youju.config.settings"):
        from stock_racing import faults_of, make_stock, race
        from trade_deals import make_deal
        from youju.foundation.kernel.context import reaching_all

        with reaching_all():
            stock = make_stock(make_deal())
        module, _, name = DECLARE.partition(":")
        declare = getattr(importlib.import_module(module), name) if module else None
        alone = race(stock, writers=1, seconds=max(2.0, SECONDS / 6), declare=declare)
        raced = race(stock, writers=WRITERS, seconds=SECONDS, seed=2, declare=declare)
        faults = [*alone.faults, *faults_of(raced)]
    if faults:
        raise SystemExit("\n".join(faults[:_SHOWN]))
    tries = raced.done.total() + raced.refused.total()
    ours, peer = tries / raced.seconds, (alone.done.total() + alone.refused.total()) / alone.seconds
    done = ", ".join(f"{name} {count}" for name, count in sorted(raced.done.items()))
    refused = ", ".join(f"{name} {count}" for name, count in sorted(raced.refused.items()))
    result = {
        "name": "stock-race",
        "ours": round(ours, 1),
        "peer": round(peer, 1),
        "ratio": round(ours / peer, 3),
        "unit": "tries/s",
        "n": tries,
        "note": f"{WRITERS} writers, {raced.seconds:.0f} s; all balances hold to the gram and no deadlock reached a writer;"
        f" done: {done}; refused, each with its reason: {refused}",
    }
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
