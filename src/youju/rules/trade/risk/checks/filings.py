"""Points 2, 3 and 10: a number in two filings; lines that do not add up; goods hidden in a merged line."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import table, whole
from youju.rules.registry import rule
from youju.rules.trade.risk.checks.terms import HOUSE_DAY, LawOf, dollars, number, said
from youju.rules.trade.risk.facts import FilingCase, HiddenCase, SumCase, UseCase

_TWO = "核对两份单证，是不是同一批货报了两次，或者写错了号码。"


@rule(
    "RSK-002",
    title="同一箱号同时在两张装箱单里",
    basis="house-risk#filings",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.container_days",),
)
def a_container_leaves_once(case: FilingCase, law: LawOf) -> Finding | None:
    """同一箱号在几天之内只应出现在一张装箱单里。"""
    if case.days > whole(law, "trade.risk.container_days"):
        return None
    return said(
        f"箱号 {case.number} 在装箱单 {case.one} 和 {case.other} 里都有，相隔 {case.days} 天。",
        _TWO,
        "container",
    )


@rule(
    "RSK-014",
    title="同一提单号在两张装箱单里",
    basis="house-risk#filings",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.bill_days",),
)
def a_bill_of_lading_is_used_once(case: FilingCase, law: LawOf) -> Finding | None:
    """同一提单号只应用于一张装箱单。"""
    if case.days > whole(law, "trade.risk.bill_days"):
        return None
    return said(
        f"提单号 {case.number} 在装箱单 {case.one} 和 {case.other} 里都有，相隔 {case.days} 天。",
        _TWO,
        "bill",
    )


@rule(
    "RSK-015",
    title="同一报关单号在两票里",
    basis="house-risk#filings",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
)
def an_entry_number_is_used_once(case: FilingCase, _law: LawOf) -> Finding | None:
    """海关的报关单号只应对应一票申报。"""
    return said(f"报关单号 {case.number} 在申报 {case.one} 和 {case.other} 里都有。", _TWO, "entry")


@rule(
    "RSK-003",
    title="商品项与来源各行对不上",
    basis="house-risk#filings",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.sum_tolerance",),
)
def a_declared_line_is_the_sum_of_its_sources(case: SumCase, law: LawOf) -> Finding | None:
    """申报的商品项应等于来源各行的合计。"""
    most = number(law, "sum_tolerance")
    money, weight = case.amount - case.sources, case.net_weight - case.source_weight
    if abs(money) <= most and abs(weight) <= most:
        return None
    told = (
        f"总价 {dollars(case.amount)}，来源合计 {dollars(case.sources)}，差 {dollars(money)}"
        if abs(money) > most
        else f"净重 {dollars(case.net_weight)} 千克，来源合计 {dollars(case.source_weight)} 千克，差 {dollars(weight)} 千克"
    )
    return said(
        f"报关单 {case.declaration} 第 {case.g_no} 项{told}。",
        "核对这一项由哪些交易行组成，改正报关单或说明原因。",
        "amount",
    )


@rule(
    "RSK-016",
    title="交易行报了两次",
    basis="house-risk#filings",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.use_tolerance",),
)
def an_order_line_is_used_up_once(case: UseCase, law: LawOf) -> Finding | None:
    """一行货物报出的数量不应多于它的交易数量。"""
    if case.used <= case.quantity * (1 + number(law, "use_tolerance")):
        return None
    return said(
        f"交易单 {case.order} 第 {case.line_no} 行交易 {case.quantity:,g}{case.unit}，"
        f"在 {case.times} 处报出 {case.used:,g}{case.unit}。",
        "核对是哪一票多报了；同一行货物不能报两次。",
        "quantity",
    )


@rule(
    "RSK-010",
    title="归并项里藏有限制商品",
    basis="house-risk#filings",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.hidden_kinds",),
)
def nothing_is_hidden_in_a_merged_line(case: HiddenCase, law: LawOf) -> Finding | None:
    """归并的商品项里不应有禁止出口、有出口关税或须检验检疫的商品。"""
    word = table(law, "trade.risk.hidden_kinds").get(case.what)
    if word is None or not case.merged:
        return None
    return said(
        f"报关单 {case.declaration} 归并的第 {case.g_no} 项里有{word}“{case.name}”（{case.hs_code}）。",
        "这种商品应逐项列明并办理相应手续，禁止出口的应退出本批。",
        "hs_code",
    )
