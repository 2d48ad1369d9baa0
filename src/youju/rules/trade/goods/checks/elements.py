"""Declaration elements: what a declaration under the code must state."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import names, table
from youju.rules.registry import rule
from youju.rules.trade.goods.checks.places import START, LawOf, says
from youju.rules.trade.goods.facts import Facts

OWN = "trade.goods.own_elements"
OPTIONAL = "trade.goods.optional_elements"


@rule(
    "REC-019",
    title="申报要素齐全",
    basis="declaration-elements#elements",
    since=START,
    severity=Severity.WARNING,
    scope="good",
    parameters=(OWN, OPTIONAL),
)
def elements_are_complete(facts: Facts, law: LawOf) -> Finding | None:
    """编码要求的申报要素要填齐；确实没有的要说明。"""
    line = facts.tariff.line
    if line is None:
        return None
    given = {name for name, text in facts.good.elements if text.strip()}
    own, optional = table(law, OWN), names(law, OPTIONAL)
    missing = []
    for name in line.elements:
        field = str(own.get(name, ""))
        there = name in given or (field and str(getattr(facts.good, field, "")).strip())
        if not there and name not in optional:
            missing.append(name)
    if not missing:
        return None
    return says(
        "elements",
        f"编码 {line.code} 的申报要素还缺：{'、'.join(missing)}。",
        "请在商品资料里补上；这种商品确实没有的，请说明。",
    )
