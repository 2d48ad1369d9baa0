"""Points 6, 7, 9 and 11: what a merchant filed, how it began, who it is tied to, what it usually does, whose brand it sells."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import names, table, whole
from youju.rules.registry import rule
from youju.rules.trade.risk.checks.terms import HOUSE_DAY, LawOf, dollars, number, said
from youju.rules.trade.risk.facts import (
    BrandCase,
    LifeCase,
    ProportionCase,
    RegionCase,
    ScopeCase,
    TieCase,
)


@rule(
    "RSK-006",
    title="超出备案的商品章",
    basis="house-risk#parties",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.scope_usd",),
)
def goods_are_within_the_filed_scope(case: ScopeCase, law: LawOf) -> Finding | None:
    """交易的商品应在经营户备案的商品章内。"""
    if not case.chapters or case.chapter in case.chapters or case.usd < number(law, "scope_usd"):
        return None
    return said(
        f"“{case.name}”在第 {case.chapter} 章，经营户备案的是第 {'、'.join(case.chapters)} 章；这些货 {dollars(case.usd)} 美元。",
        "新经营的商品请先变更备案；代别人出货的，应由货主自己登记。",
        "hs_code",
    )


@rule(
    "RSK-019",
    title="货源地区不在认定范围",
    basis="house-risk#parties",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.supply_areas",),
)
def goods_come_from_the_filed_area(case: RegionCase, law: LawOf) -> Finding | None:
    """经营户的货源地区应在认定的集聚区范围内。"""
    areas = names(law, "trade.risk.supply_areas")
    if not case.region or case.usd <= 0 or any(area in case.region for area in areas):
        return None
    return said(
        f"经营户备案的货源地区是“{case.region}”，不在认定范围内，本期出口 {dollars(case.usd)} 美元。",
        "核对货物是不是在市场内采购的。",
        "region",
    )


@rule(
    "RSK-007",
    title="刚备案就有大额交易",
    basis="house-risk#parties",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.new_days", "trade.risk.new_usd"),
)
def a_new_party_begins_small(case: LifeCase, law: LawOf) -> Finding | None:
    """刚备案的经营户不应马上有大额交易。"""
    if case.days > whole(law, "trade.risk.new_days") or case.usd < number(law, "new_usd"):
        return None
    return said(
        f"备案后 {case.days} 天之内有 {case.orders} 张交易单，合计 {dollars(case.usd)} 美元。",
        "到摊位核实货物和经营者，看是不是借用名义出口。",
        "merchant",
    )


@rule(
    "RSK-020",
    title="备案不久即注销",
    basis="house-risk#parties",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.short_days", "trade.risk.short_usd"),
)
def a_party_does_not_come_and_go(case: LifeCase, law: LawOf) -> Finding | None:
    """做完一批大额出口就注销的经营户应核实。"""
    if case.days >= whole(law, "trade.risk.short_days") or case.usd < number(law, "short_usd"):
        return None
    return said(
        f"从备案到注销只有 {case.days} 天，其间 {case.orders} 张交易单，合计 {dollars(case.usd)} 美元。",
        "核对收汇和免税申报是否办完，经营者是否另有备案。",
        "merchant",
    )


@rule(
    "RSK-021",
    title="两个主体共用号码",
    basis="house-risk#parties",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.tie_kinds", "trade.risk.tie_most", "trade.risk.tie_usd", "trade.risk.tie_days"),
)
def parties_that_deal_are_not_one(case: TieCase, law: LawOf) -> Finding | None:
    """共用电话、证件、地址、账户或设备的两个主体，不应同时卖给同一采购商。"""
    word = table(law, "trade.risk.tie_kinds").get(case.kind)
    if word is None or case.held > whole(law, "trade.risk.tie_most") or case.least < number(law, "tie_usd"):
        return None
    if case.days > whole(law, "trade.risk.tie_days"):
        return None
    return said(
        f"两个经营户的{word}相同（共 {case.held} 个主体在用），相隔 {case.days} 天卖给同一采购商，"
        f"合计 {dollars(case.usd)} 美元。",
        "核对是不是一个经营者用两个名义拆分交易。",
        "parties",
    )


@rule(
    "RSK-009",
    title="出口与历史不相称",
    basis="house-risk#parties",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=(
        "trade.risk.proportion_ratio",
        "trade.risk.proportion_usd",
        "trade.risk.proportion_months",
        "trade.risk.market_ratio",
    ),
)
def a_month_is_in_proportion(case: ProportionCase, law: LawOf) -> Finding | None:
    """一个经营户一个月的出口应与它的历史或同行相称。"""
    if case.usd < number(law, "proportion_usd"):
        return None
    own = case.months >= whole(law, "trade.risk.proportion_months")
    base = case.typical if own else case.market
    ratio = number(law, "proportion_ratio" if own else "market_ratio")
    if base <= 0 or case.usd < base * ratio:
        return None
    whose = f"以前 {case.months} 个月的中位数" if own else "全市场经营户月出口的中位数"
    return said(
        f"{case.month} 出口 {dollars(case.usd)} 美元，{whose}是 {dollars(base)} 美元，为它的 {case.usd / base:.1f} 倍。",
        "核对摊位的进货和库存，看是不是代别人出口。",
        "merchant",
    )


@rule(
    "RSK-011",
    title="品牌没有授权",
    basis="house-risk#brands",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.goods.watched_brands", "trade.goods.authorised_brand_kinds"),
)
def a_brand_is_authorised(case: BrandCase, law: LawOf) -> Finding | None:
    """品名、型号或品牌里有受保护的品牌的，应有在有效期内的授权。"""
    if case.authorised_until is not None and case.authorised_until >= case.day:
        return None
    words = f"{case.name} {case.words} {case.brand}".upper()
    word = next((each for each in names(law, "trade.goods.watched_brands") if each.upper() in words), "")
    if not word and case.brand_kind in names(law, "trade.goods.authorised_brand_kinds"):
        word = case.brand or case.name
    if not word:
        return None
    held = "授权已经过期" if case.authorised_until else "没有授权文件"
    return said(
        f"“{case.name}”有品牌“{word}”，{held}。",
        "请经营户补授权文件；没有授权的不得出口。",
        "brand",
    )
