"""``youju bench plan``: declarations planned by us and by first fit decreasing, the way that people and programs usually pack.

Four lists: 2,000 lines in 500 orders and 50,000 lines in 12,500, each once with many small orders and once with orders of a
quarter to half of the cap, where packing is hard. Every plan of ours is checked by the rules; both count the same declarations.
``ours`` and ``peer`` are the declarations of the hard list of 500 orders; ``ratio`` is theirs over ours, and ``cases`` holds all
with their lower bounds and seconds.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from datetime import date
from decimal import Decimal
from typing import Any

DAY = date(2023, 6, 1)
SMALL, HARD = (1_000, 2_000_000), (3_750_000, 7_500_000)
CASES = (
    ("small-500", 500, SMALL),
    ("hard-500", 500, HARD),
    ("small-12500", 12_500, SMALL),
    ("hard-12500", 12_500, HARD),
)
LINES_AN_ORDER = 4
ONE = Decimal(1)


def orders_made(count: int, sizes: tuple[int, int]) -> Any:
    """Orders of four lines on average from a catalogue of 300 kinds, a tenth of them under inspection; always the same."""
    from youju.rules.trade.declarations.facts import GoodsLine, orders_of

    draw = random.Random(11)
    known = [
        (f"{draw.randint(1, 96):02d}{draw.randint(0, 10**8 - 1):08d}", f"品{number}", draw.random() < 0.1)
        for number in range(300)
    ]
    lines: list[GoodsLine] = []
    for order in range(count):
        total, parts = draw.randint(*sizes), draw.randint(1, 2 * LINES_AN_ORDER - 1)
        for part in range(parts):
            code, name, inspected = draw.choice(known)
            cents = total // parts + (total % parts if part == 0 else 0)
            lines.append(
                GoodsLine(
                    len(lines) + 1, f"T{order}", f"M{order % 97}", code, name, ONE, "个", 1, cents, ONE, ONE, inspection=inspected
                )
            )  # fmt: skip
    return orders_of(lines)


def case(name: str, count: int, sizes: tuple[int, int], law: Any) -> dict[str, Any]:
    """One list: ours and first fit decreasing."""
    from youju.rules.trade.declarations.checking import check_plan
    from youju.rules.trade.declarations.terms import cap_cents, terms_of
    from youju.trade.declarations.planning import plan
    from youju.trade.declarations.planning.items import problem_of
    from youju.trade.declarations.planning.starting import first_fit

    orders = orders_made(count, sizes)
    began = time.perf_counter()
    loads = first_fit(problem_of(orders, cap_cents(law, "USD") or 0, terms_of(law)))
    other = time.perf_counter() - began
    began = time.perf_counter()
    made = plan(orders, law)
    seconds = time.perf_counter() - began
    if made.refused or check_plan(made, orders, law):
        raise SystemExit(f"{name}: the plan is not valid")
    return {
        "case": name,
        "lines": sum(len(order.lines) for order in orders),
        "orders": count,
        "ours": len(made.declarations),
        "lower_bound": made.proof.lower_bound,
        "first_fit": len(loads),
        "declared_lines": made.lines,
        "first_fit_lines": sum(load.lines() for load in loads),
        "seconds": round(seconds, 1),
        "first_fit_seconds": round(other, 1),
    }


def main() -> None:
    """Print one JSON object."""
    from youju.foundation.policies import law_on

    law = law_on(DAY)
    found = [case(*each, law) for each in CASES]
    hard = next(each for each in found if each["case"] == "hard-500")
    told = [
        f"{each['case']}: {each['ours']} (at least {each['lower_bound']}) against {each['first_fit']} declarations,"
        f" {each['declared_lines']:,} against {each['first_fit_lines']:,} declared lines, {each['seconds']} s against"
        f" {each['first_fit_seconds']} s"
        for each in found
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    result = {
        "name": "plan",
        "ours": hard["ours"],
        "peer": hard["first_fit"],
        "ratio": round(hard["first_fit"] / hard["ours"], 3),
        "unit": "declarations",
        "n": hard["orders"],
        "note": f"peer: first fit decreasing. {'; '.join(told)}. Peak resident memory {peak} MB.",
        "cases": found,
    }
    json.dump(result, sys.stdout, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
