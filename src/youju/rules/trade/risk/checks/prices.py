"""Point 1: a price far from the peers of the same HS6 and unit; dollars per kilogram."""

from __future__ import annotations

import math

from youju.rules.findings import Finding, Severity
from youju.rules.law import whole
from youju.rules.registry import rule
from youju.rules.trade.risk.checks.terms import HOUSE_DAY, LawOf, number, said
from youju.rules.trade.risk.facts import PriceCase

_PEERS = ("trade.risk.price_peers_least", "trade.risk.spread_least", "trade.risk.price_usd_least")


@rule(
    "RSK-001",
    title="单价偏离同类",
    basis="house-risk#prices",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.price_score", "trade.risk.price_ratio", *_PEERS),
)
def the_price_is_near_its_peers(case: PriceCase, law: LawOf) -> Finding | None:
    """单价应与同一 HS 六位编码、同一单位的同类相近。"""
    return _far(case, law, "price", f"每{case.unit}")


@rule(
    "RSK-013",
    title="每千克美元偏离同类",
    basis="house-risk#prices",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.kg_score", "trade.risk.kg_ratio", *_PEERS),
)
def the_value_by_weight_is_near_its_peers(case: PriceCase, law: LawOf) -> Finding | None:
    """每千克净重的美元数应与同一 HS 六位编码的同类相近。"""
    return _far(case, law, "kg", "每千克")


def score_of(case: PriceCase, law: LawOf) -> float:
    """How many robust standard deviations of the logarithm a price lies from its peers' median."""
    away = abs(math.log(case.price) - case.median)
    return away / max(case.spread, number(law, "spread_least"))


def _far(case: PriceCase, law: LawOf, basis: str, per: str) -> Finding | None:
    if case.price <= 0 or case.usd < number(law, "price_usd_least"):
        return None
    if case.peers < whole(law, "trade.risk.price_peers_least"):
        return None
    away = abs(math.log(case.price) - case.median)
    score = score_of(case, law)
    if score < number(law, f"{basis}_score") or away < math.log(number(law, f"{basis}_ratio")):
        return None
    usual, times = math.exp(case.median), math.exp(away)
    side = f"是同类的 {times:.1f} 倍" if math.log(case.price) > case.median else f"只有同类的 1/{times:.1f}"
    return said(
        f"“{case.name}”{per} {case.price:,.4g} 美元，同类（{case.hs6}，{case.peers} 行）的中位数是 {usual:,.4g} 美元，"
        f"{side}，偏离 {score:.1f} 个稳健标准差。",
        "核对单价、数量、重量和单位；确实如此的，请说明原因并附合同或发票。",
        "price" if basis == "price" else "net_weight",
    )
