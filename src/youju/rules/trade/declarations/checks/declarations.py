"""What holds for every planned declaration."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.declarations.cases import MODE_DAY, REVISED_DAY, DeclarationCase, LawOf
from youju.rules.trade.declarations.money import spoken
from youju.rules.trade.declarations.simplifying import simplify
from youju.rules.trade.declarations.terms import CAP, MAX_LINES, SIMPLIFICATION, cap_cents, terms_of


@rule(
    "DEC-008",
    title="单票货值不超过上限",
    basis="gacc-2019-221#cap",
    since=REVISED_DAY,
    severity=Severity.ERROR,
    scope="declaration",
    parameters=(CAP,),
)
@rule(
    "DEC-008",
    title="单票货值不超过上限",
    basis="gacc-2014-54#cap",
    since=MODE_DAY,
    until=REVISED_DAY,
    severity=Severity.ERROR,
    scope="declaration",
    parameters=(CAP,),
)
def declaration_is_within_the_cap(case: DeclarationCase, law: LawOf) -> Finding | None:
    """一票报关单的总额不得超过货值上限。"""
    made = case.declaration
    cap = cap_cents(law, made.currency, case.usd_rates)
    if cap is None or made.cents <= cap:
        return None
    return case.says(
        f"第 {made.number} 票总额 {made.currency} {spoken(made.cents)}，超过单票上限 {spoken(cap)}。",
        f"移出至少 {spoken(made.cents - cap)} 的交易单。",
        "total",
    )


@rule(
    "DEC-009",
    title="单票商品项数不超过上限",
    basis="customs-practice#lines",
    since=MODE_DAY,
    severity=Severity.ERROR,
    scope="declaration",
    parameters=(MAX_LINES,),
)
def declaration_has_few_lines(case: DeclarationCase, law: LawOf) -> Finding | None:
    """一票报关单的商品项数不得超过上限。"""
    count, most = len(case.declaration.lines), law[MAX_LINES]
    if count <= int(str(most)):
        return None
    return case.says(
        f"第 {case.declaration.number} 票有 {count} 项，一票报关单最多 {most} 项。",
        "移出一些交易单，先看不能归并的商品。",
        "lines",
    )


@rule(
    "DEC-012",
    title="商品项与来源行合计相等",
    basis="house-declarations#plan",
    since=MODE_DAY,
    severity=Severity.ERROR,
    scope="declaration",
)
def sums_are_equal(case: DeclarationCase, _law: LawOf) -> Iterator[Finding]:
    """每个商品项的金额、重量和件数应等于来源各行之和，金额到分。"""
    for line in case.declaration.lines:
        sources = [case.goods[number] for number in line.sources if number in case.goods]
        compared: tuple[tuple[str, str, Decimal | int, Decimal | int], ...] = (
            ("金额（分）", "amount", line.cents, sum(each.cents for each in sources)),
            ("净重", "net_weight", line.net_weight, sum((each.net_weight for each in sources), Decimal(0))),
            (
                "毛重",
                "gross_weight",
                line.gross_weight,
                sum((each.gross_weight for each in sources), Decimal(0)),
            ),
            ("件数", "packages", line.packages, sum(each.packages for each in sources)),
        )
        for label, field, declared, total in compared:
            if declared != total:
                yield case.says(
                    f"第 {case.declaration.number} 票第 {line.number} 项的{label}是 {declared}，来源各行合计 {total}。",
                    "重新分票，不要手改合计。",
                    field,
                    line.number,
                )


@rule(
    "DEC-013",
    title="一票报关单只有一种币制",
    basis="house-declarations#plan",
    since=MODE_DAY,
    severity=Severity.ERROR,
    scope="declaration",
)
def declaration_has_one_currency(case: DeclarationCase, _law: LawOf) -> Finding | None:
    """一票报关单的商品应是同一种币制。"""
    found = {line.currency for line in case.lines} | {case.declaration.currency}
    if len(found) == 1:
        return None
    return case.says(
        f"第 {case.declaration.number} 票里有 {len(found)} 种币制：{'、'.join(sorted(found))}。",
        "按币制分票。",
        "currency",
    )


@rule(
    "DEC-014",
    title="简化申报按规定逐项与归并",
    basis="gacc-2019-221#4",
    since=REVISED_DAY,
    severity=Severity.ERROR,
    scope="declaration",
    parameters=SIMPLIFICATION,
)
@rule(
    "DEC-014",
    title="简化申报按规定逐项与归并",
    basis="gacc-2014-54#simplified",
    since=MODE_DAY,
    until=REVISED_DAY,
    severity=Severity.ERROR,
    scope="declaration",
    parameters=SIMPLIFICATION,
)
def goods_are_simplified(case: DeclarationCase, law: LawOf) -> Finding | None:
    """货值最大的几种应逐项申报，其余按章归并，不适用简化申报的商品逐项申报。"""
    if simplify(case.lines, terms_of(law)) == case.declaration.lines:
        return None
    return case.says(
        f"第 {case.declaration.number} 票的商品项与简化申报的规定不符。",
        "重新归并：先按货值从高到低逐项，再按章归并。",
        "lines",
    )
