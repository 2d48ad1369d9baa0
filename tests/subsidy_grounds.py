"""Facts of generated parties as the set-based engine reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from youju.funds.subsidies.metrics.backtest_engine import COSTS, EXPORTS, FIRSTS, PARTIES, Ground
from youju.rules.funds.subsidies.facts import PartyFacts


def ground(parties: Sequence[PartyFacts]) -> Ground:
    """A ground of merchants by their place; each fact's cents and millionths as whole numbers."""
    exports: list[dict[str, Any]] = []
    costs: list[dict[str, Any]] = []
    firsts: list[dict[str, Any]] = []
    known: list[dict[str, Any]] = []
    for key, facts in enumerate(parties):
        known.append(
            {
                "party": key,
                "roles": sorted(facts.roles),
                "filed_on": facts.filed_on or date(2021, 1, 1),
                "suspended": False,
            }
        )
        if facts.first_export_on:
            firsts.append({"party": key, "role": "merchant", "first_day": facts.first_export_on})
        exports += [
            {
                "party": key, "role": "merchant", "day": fact.day,
                "usd": int(fact.value_usd * 100), "teu": int(fact.teu.scaleb(6)),
                "partner": fact.partner, "product": fact.product, "collected": fact.collected, "exempted": fact.exempted,
            }
            for fact in facts.exports
        ]  # fmt: skip
        costs += [
            {"party": key, "day": c.day, "kind": c.kind, "cny": int(c.amount_cny * 100)} for c in facts.costs
        ]
    return Ground(
        exports=pa.Table.from_pylist(exports, schema=EXPORTS),
        parties=pa.Table.from_pylist(known, schema=PARTIES),
        firsts=pa.Table.from_pylist(firsts, schema=FIRSTS),
        costs=pa.Table.from_pylist(costs, schema=COSTS),
    )
