"""decisions-replay: stored decisions of recognition made again, beside the floor of reading the same rows and their JSON.

Ours is ``replay``: rows read in stretches, facts decoded, all rules run under the law of the day, outcome, rules and
findings compared. The floor (peer) reads the same columns in the same stretches and nothing more. Every decision must come
out the same; otherwise the benchmark fails.

    YOUJU_BENCH_DECISIONS=100000
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

DECISIONS = int(os.environ.get("YOUJU_BENCH_DECISIONS", "100000"))
GOODS = 1_500
_COPIES = """
INSERT INTO goods_decision (good_id, good_revision, as_of, policy_hash, tariff_id, facts, rule_ids, findings, outcome, step,
  explanation, explained_by, comment, decided_by)
SELECT good_id, good_revision, as_of, policy_hash, tariff_id, facts, rule_ids, findings, outcome, step, '', '', '', decided_by
FROM goods_decision, generate_series(2, %s) WHERE id <= %s ORDER BY generate_series, id LIMIT %s
"""


def main() -> None:
    """Print one JSON object."""
    from peers.product import product

    with product("youju.config.settings"):
        from youju.foundation.kernel.context import reaching_all

        with reaching_all():
            recognised = _fill()
            floor, rows = _floor()
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            ours, same = _replay()
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if same != rows:
        raise SystemExit(f"{rows - same} of {rows} decisions came out otherwise")
    result = {
        "name": "decisions-replay",
        "ours": round(rows / ours),
        "peer": round(rows / floor),
        "ratio": round(floor / ours, 3),
        "unit": "decisions/s",
        "n": rows,
        "note": f"all {rows} came out the same; peer: reading rows and JSON alone; memory grew by {grown:.0f} MB;"
        f" {GOODS} goods recognised in bulk in {recognised:.2f} s",
    }
    print(json.dumps(result, ensure_ascii=False))


def _fill() -> float:
    """Goods of every kind decided once by the service, then copied to the number wanted; seconds of the bulk recognition."""
    from django.db import connection

    from trade_made_recog import BAG, CHARCOAL, DRIED, DUTY, merchant, tariff
    from trade_people import as_, person
    from youju.foundation.identity.roles import Role
    from youju.trade.goods import services
    from youju.trade.goods.models import Decision, Good

    tariff("bench", date(2020, 1, 1))
    party = merchant()
    kinds = (
        (BAG, "聚酯纤维女式手提包", "个"),
        (DRIED, "尼龙双肩背包", "个"),
        (DUTY, "牛皮钱包", "箱"),
        (CHARCOAL, "木炭", "千克"),
        ("4202229999", "杂货", "吨"),
    )
    Good.objects.bulk_create(
        Good(
            party=party,
            number=f"B{number:06}",
            name=kinds[number % 5][1],
            unit=kinds[number % 5][2],
            hs_code=kinds[number % 5][0],
            elements={"材质": "聚酯纤维"},
        )
        for number in range(GOODS)
    )
    with as_(person(Role.STF)) as actor:
        began = time.perf_counter()
        services.recognise_bulk(actor=actor)
        seconds = time.perf_counter() - began
    last = Decision.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute(_COPIES, [DECISIONS // GOODS + 2, last, max(0, DECISIONS - GOODS)])
        cursor.execute("ANALYZE goods_decision")
    return seconds


def _floor() -> tuple[float, int]:
    from youju.trade.goods.models import Decision
    from youju.trade.goods.services.replaying import _FIELDS, STRETCH

    began, last, count = time.perf_counter(), 0, 0
    wanted = Decision.objects.order_by("pk")
    while rows := list(wanted.filter(pk__gt=last).values_list(*_FIELDS)[:STRETCH]):
        last, count = rows[-1][0], count + len(rows)
    return time.perf_counter() - began, count


def _replay() -> tuple[float, int]:
    from youju.trade.goods import services

    began = time.perf_counter()
    state, differences = services.replay()
    for _ in differences:
        pass
    return time.perf_counter() - began, state.same


if __name__ == "__main__":
    main()
