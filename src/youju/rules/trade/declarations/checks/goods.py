"""Goods lines that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.declarations.cases import MODE_DAY, REVISED_DAY, LawOf, line_says
from youju.rules.trade.declarations.facts import GoodsLine, Order
from youju.rules.trade.declarations.money import spoken


@rule(
    "DEC-004",
    title="金额、数量、件数和重量为正",
    basis="house-declarations#orders",
    since=MODE_DAY,
    severity=Severity.ERROR,
    scope="line",
)
def amounts_are_positive(line: GoodsLine, _law: LawOf) -> Finding | None:
    """商品行的金额、数量和重量应大于零，件数不应为负。

    Goods that share a carton with another line of the order have no package of their own: zero is right there.
    """
    checked = (
        ("金额", "amount", line.cents, spoken(line.cents)),
        ("数量", "quantity", line.quantity, f"{line.quantity:f}"),
        ("净重", "net_weight", line.net_weight, f"{line.net_weight:f}"),
        ("毛重", "gross_weight", line.gross_weight, f"{line.gross_weight:f}"),
        ("件数", "packages", line.packages + 1, str(line.packages)),
    )
    for label, field, value, said in checked:
        if value <= 0:
            return line_says(
                line,
                f"交易单 {line.order} 第 {line.number} 行的{label}是 {said}，应大于零。",
                f"按实际{label}更正；退货和更正另立新单，不写负数。",
                field,
            )
    return None


@rule(
    "DEC-005",
    title="净重不大于毛重",
    basis="house-declarations#orders",
    since=MODE_DAY,
    severity=Severity.ERROR,
    scope="line",
)
def net_is_within_gross(line: GoodsLine, _law: LawOf) -> Finding | None:
    """净重不应大于毛重。"""
    if line.net_weight <= line.gross_weight:
        return None
    return line_says(
        line,
        f"交易单 {line.order} 第 {line.number} 行净重 {line.net_weight:f} 千克，大于毛重 {line.gross_weight:f} 千克。",
        "核对两个重量，看是否填反。",
        "net_weight",
    )


@rule(
    "DEC-007",
    title="同一商品编码的检验检疫和关税标记一致",
    basis="gacc-2019-221#4-ineligible",
    since=REVISED_DAY,
    severity=Severity.WARNING,
    scope="document",
)
def marks_agree(orders: Sequence[Order], _law: LawOf) -> Iterator[Finding]:
    """同一商品编码在各行的检验检疫、出口关税标记应当一致，以免应逐项申报的商品被归并。"""
    seen: dict[str, GoodsLine] = {}
    told: set[str] = set()
    for order in orders:
        for line in order.lines:
            other = seen.setdefault(line.hs_code, line)
            same = (line.inspection, line.export_duty) == (other.inspection, other.export_duty)
            if same or line.hs_code in told:
                continue
            told.add(line.hs_code)
            yield line_says(
                line,
                f"商品编码 {line.hs_code} 在第 {other.number} 行和第 {line.number} 行的检验检疫或出口关税标记不同。",
                "按税则核对该编码，把各行标记改成一致。",
                "inspection",
            )
