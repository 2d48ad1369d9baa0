"""Returns and corrections: new records about a sale, never more than the sale."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.orders.checks.terms import HOUSE_DAY, LawOf
from youju.rules.trade.orders.facts import LineCase
from youju.rules.trade.orders.kinds import OrderKind


@rule(
    "ORD-041",
    title="退货须指明原行",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="line",
)
def a_return_names_its_line(case: LineCase, _law: LawOf) -> Finding | None:
    """退货和更正的每一行都应指明原交易单的哪一行。"""
    if case.order.kind is OrderKind.SALE or case.line.left is not None:
        return None
    return case.says("没有指明是原交易单的哪一行。", "填写原交易单里这种商品的序号。", "original")


@rule(
    "ORD-042",
    title="退货不超过原数量",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="line",
)
def a_return_is_within_what_is_left(case: LineCase, _law: LawOf) -> Finding | None:
    """退货的数量不应超过原行减去已退货后的数量。"""
    left = case.line.left
    if case.order.kind is not OrderKind.RETURN or left is None or case.line.quantity <= left:
        return None
    return case.says(
        f"退货数量 {case.line.quantity}{case.line.unit}，原行只剩 {left}{case.line.unit} 可退。",
        "核对数量；已经退过的不能再退。",
        "quantity",
    )
