"""What holds for a plan as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.declarations.cases import MODE_DAY, LawOf, PlanCase


@rule(
    "DEC-010",
    title="交易单整单进一票",
    basis="house-declarations#orders",
    since=MODE_DAY,
    severity=Severity.ERROR,
    scope="plan",
)
def orders_stay_whole(case: PlanCase, _law: LawOf) -> Iterator[Finding]:
    """一张交易单的所有商品行应在同一票报关单里。"""
    places: dict[str, set[int]] = {}
    for declaration in case.declarations:
        for line in declaration.lines:
            places.setdefault(line.order, set()).add(declaration.declaration.number)
    for order, found in places.items():
        if len(found) > 1:
            shown = "、".join(str(number) for number in sorted(found))
            yield case.says(
                f"交易单 {order} 被分在第 {shown} 票。",
                "把整张单移到其中一票。",
                order=order,
                line=None,
                field="order",
            )


@rule(
    "DEC-011",
    title="每个商品行恰好申报一次",
    basis="house-declarations#plan",
    since=MODE_DAY,
    severity=Severity.ERROR,
    scope="plan",
)
def lines_are_declared_once(case: PlanCase, _law: LawOf) -> Iterator[Finding]:
    """每个商品行应恰好进入一个商品项，或属于一张未受理的交易单。"""
    declared = Counter(
        number for made in case.plan.declarations for line in made.lines for number in line.sources
    )
    refused = {each.order for each in case.plan.refused}
    for number, line in case.goods.items():
        wanted = 0 if line.order in refused else 1
        if declared[number] != wanted:
            yield case.says(
                f"交易单 {line.order} 第 {number} 行申报了 {declared[number]} 次，应为 {wanted} 次。",
                "重新分票。",
                order=line.order,
                line=number,
                field="sources",
            )
    for number in sorted(declared.keys() - case.goods.keys()):
        yield case.says(
            f"分票方案里有第 {number} 行，原清单没有这一行。",
            "核对方案与清单是否同一份。",
            order=None,
            line=number,
            field="sources",
        )
