"""Points 4 and 5: values that sit under the cap, deals cut up; loads and weights that cannot be."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import decimal
from youju.rules.registry import rule
from youju.rules.trade.risk.checks.terms import HOUSE_DAY, LawOf, dollars, number, said
from youju.rules.trade.risk.facts import ContainerCase, OrderCase, SpreadCase, WeightCase

CAP = "customs.declaration.value_cap"


@rule(
    "RSK-004",
    title="总价紧贴单票限额",
    basis="house-risk#splitting",
    since=HOUSE_DAY,
    severity=Severity.HINT,
    scope="risk",
    parameters=(CAP, "trade.risk.near_cap_share"),
)
def an_order_does_not_sit_under_the_cap(case: OrderCase, law: LawOf) -> Finding | None:
    """一张交易单的总价不应刚好停在单票限额下面。"""
    cap = float(decimal(law, CAP))
    if not cap * number(law, "near_cap_share") <= case.usd <= cap:
        return None
    return said(
        f"交易单 {case.order} 总价 {dollars(case.usd)} 美元，只比单票限额 {dollars(cap)} 美元少 {dollars(cap - case.usd)}。",
        "查同一买卖双方前后几天的交易，看是不是一笔交易拆成了几张。",
        "amount",
    )


@rule(
    "RSK-017",
    title="一笔买卖分成几票",
    basis="house-risk#splitting",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=(CAP, "trade.risk.spread_share"),
)
def a_deal_is_not_spread_over_declarations(case: SpreadCase, law: LawOf) -> Finding | None:
    """同一买卖双方同一天同一批货，不应为避开单票限额分成几票。"""
    cap = float(decimal(law, CAP))
    if case.declarations <= 1 or case.usd <= cap or case.least < cap * number(law, "spread_share"):
        return None
    return said(
        f"同一经营户卖给同一采购商的货，{case.day} 在装箱单 {case.packing} 里分成 {case.declarations} 票，"
        f"合计 {dollars(case.usd)} 美元，超过单票限额 {dollars(cap)} 美元，最小的一票 {dollars(case.least)} 美元。",
        "核对是不是一份合同；一笔交易超过限额的应按一般贸易申报。",
        "amount",
    )


@rule(
    "RSK-005",
    title="装箱超过箱子所能",
    basis="house-risk#loading",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.overload_share",),
)
def a_container_holds_what_it_can(case: ContainerCase, law: LawOf) -> Finding | None:
    """一个箱子里的毛重和体积不应超过它的载重和容积。"""
    share = number(law, "overload_share")
    told = []
    if 0 < case.payload * share < case.gross_weight:
        told.append(f"毛重 {case.gross_weight:,.0f} 千克，载重 {case.payload:,.0f} 千克")
    if 0 < case.capacity * share < case.volume:
        told.append(f"体积 {case.volume:,.1f} 立方米，容积 {case.capacity:,.1f} 立方米")
    if not told:
        return None
    return said(
        f"箱 {case.container}（{case.kind}）{'；'.join(told)}。",
        "核对箱型、重量和体积；货没有装进这个箱子的，改正装箱单。",
        "container",
    )


@rule(
    "RSK-018",
    title="重量与体积不可能",
    basis="house-risk#loading",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.density_least", "trade.risk.density_most"),
)
def weights_and_volume_can_be(case: WeightCase, law: LawOf) -> Finding | None:
    """净重不应大于毛重，毛重与体积之比应是可能的。"""
    if case.net_weight > case.gross_weight:
        return said(
            f"“{case.name}”净重 {case.net_weight:,g} 千克大于毛重 {case.gross_weight:,g} 千克。",
            "核对两个重量，可能写反了。",
            "gross_weight",
        )
    if case.volume <= 0:
        return None
    density = case.gross_weight / case.volume
    least, most = number(law, "density_least"), number(law, "density_most")
    if least <= density <= most:
        return None
    return said(
        f"“{case.name}”毛重 {case.gross_weight:,g} 千克、体积 {case.volume:,g} 立方米，每立方米 {density:,.1f} 千克，"
        f"可能的范围是 {least:g} 到 {most:g}。",
        "核对重量和体积的单位。",
        "volume",
    )
