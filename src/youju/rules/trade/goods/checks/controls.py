"""What the state bans, licenses, inspects or taxes on its way out; and food."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from youju.rules.findings import Finding, Severity
from youju.rules.law import Table, names, table
from youju.rules.registry import rule
from youju.rules.trade.goods.checks.places import START, LawOf, prefix_of, says
from youju.rules.trade.goods.facts import Facts

CONDITIONS = "customs.supervision_conditions"
CATEGORIES = "customs.inspection_categories"
BANNED = "customs.banned_exports"
FOOD = "trade.goods.food_prefixes"
FOOD_LIST = "trade.goods.prepackaged_food"


def _conditions(facts: Facts, law: LawOf, effect: str) -> Iterator[tuple[str, str]]:
    """Codes of the line's supervision conditions that have an effect, with their names."""
    known = table(law, CONDITIONS)
    line = facts.tariff.line
    for code in line.supervision if line else "":
        row = cast("Table | None", known.get(code))
        if row is not None and row["effect"] == effect:
            yield code, str(row["name"])


@rule(
    "REC-004",
    title="不是禁止出口的商品",
    basis="gacc-2019-221#out-of-mode",
    since=START,
    severity=Severity.ERROR,
    scope="good",
    parameters=(BANNED, CONDITIONS),
)
def is_not_banned(facts: Facts, law: LawOf) -> Finding | None:
    """国家禁止出口的商品不适用市场采购贸易方式。"""
    listed = table(law, BANNED)
    prefix = prefix_of(facts.good.hs_code, listed)
    marks = [f"监管条件 {code}（{name}）" for code, name in _conditions(facts, law, "ban")]
    if prefix:
        marks.insert(0, f"禁止出口目录的“{listed[prefix]}”（编码 {prefix}）")
    if not marks:
        return None
    return says(
        "hs_code",
        f"编码 {facts.good.hs_code} 属于{'、'.join(marks)}，禁止出口。",
        "这种商品不能出口；如编码归错，请改正后重新认定。",
    )


@rule(
    "REC-005",
    title="不须出口许可证件",
    basis="gacc-2019-221#out-of-mode",
    since=START,
    severity=Severity.ERROR,
    scope="good",
    parameters=(CONDITIONS,),
)
def needs_no_licence(facts: Facts, law: LawOf) -> Finding | None:
    """须凭许可证件出口的商品属于国家限制出口，不适用市场采购贸易方式。"""
    marks = [f"{code}（{name}）" for code, name in _conditions(facts, law, "licence")]
    if not marks:
        return None
    return says(
        "hs_code",
        f"编码 {facts.good.hs_code} 的监管条件有 {'、'.join(marks)}，属于限制出口的商品。",
        "请改用一般贸易方式，凭许可证件出口；如编码归错，请改正后重新认定。",
    )


@rule(
    "REC-007",
    title="检验检疫商品写明安排",
    basis="gacc-2019-221#itemised",
    since=START,
    severity=Severity.WARNING,
    scope="good",
    parameters=(CONDITIONS, CATEGORIES),
)
def inspection_is_arranged(facts: Facts, law: LawOf) -> Finding | None:
    """须检验检疫的商品要逐项申报，出口前要取得检验检疫的电子底账。"""
    line = facts.tariff.line
    if line is None:
        return None
    known = table(law, CATEGORIES)
    marks = [f"监管条件 {code}（{name}）" for code, name in _conditions(facts, law, "inspection")]
    marks += [f"检验检疫类别 {sign}（{known[sign]}）" for sign in line.inspection if sign in known]
    if not marks:
        return None
    return says(
        "hs_code",
        f"编码 {facts.good.hs_code} 有{'、'.join(marks)}，不适用简化申报。",
        "请写明由谁、在哪里申请检验检疫，以及以往的电子底账编号。",
    )


@rule(
    "REC-008",
    title="出口关税商品写明知晓",
    basis="gacc-2019-221#itemised",
    since=START,
    severity=Severity.WARNING,
    scope="good",
)
def duty_is_known(facts: Facts, _law: LawOf) -> Finding | None:
    """征收出口关税的商品要逐项申报，并缴纳出口关税。"""
    line = facts.tariff.line
    if line is None or line.export_duty is None or line.export_duty <= 0:
        return None
    return says(
        "hs_code",
        f"编码 {facts.good.hs_code} 的出口关税税率是 {line.export_duty.normalize():f}%，不适用简化申报。",
        "请写明由谁缴纳出口关税；如编码归错，请改正后重新认定。",
    )


@rule(
    "REC-014",
    title="预包装食品在清单内",
    basis="market-food#list",
    since=START,
    severity=Severity.ERROR,
    scope="good",
    parameters=(FOOD, FOOD_LIST),
)
def food_is_listed(facts: Facts, law: LawOf) -> Finding | None:
    """预包装食品以试点公布的清单为限。"""
    code = facts.good.hs_code
    if not prefix_of(code, names(law, FOOD)) or prefix_of(code, names(law, FOOD_LIST)):
        return None
    return says(
        "hs_code",
        f"编码 {code} 按预包装食品管理，不在试点的预包装食品清单内。",
        "请改用一般贸易方式出口；清单调整后可重新认定。",
    )
