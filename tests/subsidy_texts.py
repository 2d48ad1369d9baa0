"""Policies and facts that tests of subsidies share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from youju.rules.funds.subsidies.facts import CostFact, ExportFact, OtherAward, PartyFacts
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.texts import PolicyText

START, LAST, AFTER = date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1)
BEFORE = date(2022, 12, 31)
FLAT = {"id": "flat", "title": "定额率", "reference": "第二条", "shape": "flat_rate", "rate": "0.05"}
COST = {
    "id": "cost",
    "title": "展位费",
    "reference": "第三条",
    "shape": "cost_share",
    "kinds": ["stall"],
    "share": "0.5",
}


def plain(*clauses: dict[str, Any], **terms: Any) -> dict[str, Any]:
    """A policy of 2023 for merchants, as plain data."""
    return {
        "code": "test-2023",
        "title": "测试政策",
        "source": "测试",
        "window": {"from": "2023-01-01", "to": "2024-01-01"},
        "filing": {"from": "2024-01-01", "to": "2024-04-01"},
        "budget": "1000000.00",
        "party_cap": "900000.00",
        "publicity_days": 7,
        "eligible": {"roles": ["merchant"]},
        "clauses": list(clauses or (FLAT,)),
        **terms,
    }


def policy(*clauses: dict[str, Any], **terms: Any) -> PolicyText:
    """The same, read."""
    return read_policy(plain(*clauses, **terms))


def export(usd: str, day: date = START, **more: Any) -> ExportFact:
    """Goods of the party; keyed by day and amount."""
    return ExportFact(more.pop("key", f"{day}/{usd}"), day, Decimal(usd), party="P", **more)


def cost(cny: str, day: date = START, kind: str = "stall") -> CostFact:
    """A cost of the party."""
    return CostFact(f"{kind}/{day}/{cny}", kind, day, Decimal(cny), "P")


def facts(*exports: ExportFact, **more: Any) -> PartyFacts:
    """A merchant on file since 2022."""
    known: dict[str, Any] = {"roles": frozenset({"merchant"}), "filed_on": date(2022, 1, 1), **more}
    return PartyFacts("P", exports=exports, **known)


def award(policy: str, cny: str) -> OtherAward:
    """What the party got elsewhere."""
    return OtherAward(policy, Decimal(cny), date(2024, 1, 15), "别的政策")
