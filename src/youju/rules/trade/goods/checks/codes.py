"""The code: it must stand in the tariff of the day."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.goods.checks.places import START, LawOf, quoted, says
from youju.rules.trade.goods.facts import Facts

_HINTS = 3


def _hints(facts: Facts) -> str:
    found = facts.tariff.successors[:_HINTS]
    return "、".join(f"{code}（{quoted(name)}）" for code, name in found)


@rule(
    "REC-001",
    title="商品编码在税则里",
    basis="customs-tariff#codes",
    since=START,
    severity=Severity.ERROR,
    scope="good",
)
def code_is_known(facts: Facts, _law: LawOf) -> Finding | None:
    """商品编码要在当日的税则里，查不到的编码不能认定。"""
    tariff = facts.tariff
    if tariff.line is not None or tariff.earlier or tariff.later:
        return None
    if not tariff.version:
        return says(
            "hs_code",
            f"{facts.as_of.isoformat()} 没有装入有效的税则版本，无法核对编码 {facts.good.hs_code}。",
            "请联系服务中心装入这一天的税则版本后再认定。",
        )
    near = _hints(facts)
    return says(
        "hs_code",
        f"税则（{tariff.version}）里没有编码 {facts.good.hs_code}。",
        f"请核对编码；同一子目下有：{near}。" if near else "请按品名查找正确的编码，修改商品资料后重新认定。",
    )


@rule(
    "REC-002",
    title="商品编码没有失效",
    basis="customs-tariff#codes",
    since=START,
    severity=Severity.ERROR,
    scope="good",
)
def code_has_not_expired(facts: Facts, _law: LawOf) -> Finding | None:
    """商品编码在当日已经失效的，要改用新税则的编码。"""
    tariff = facts.tariff
    if tariff.line is not None or tariff.earlier is None:
        return None
    version, last, wording = tariff.earlier
    near = _hints(facts)
    return says(
        "hs_code",
        f"编码 {facts.good.hs_code}（{quoted(wording)}）见于{version}，{last} 以后不再有效。",
        f"请改用现行编码，同一子目下有：{near}。"
        if near
        else "现行税则的同一子目下没有编码，请按品名重新归类。",
    )


@rule(
    "REC-003",
    title="商品编码已经生效",
    basis="customs-tariff#codes",
    since=START,
    severity=Severity.ERROR,
    scope="good",
)
def code_is_in_force(facts: Facts, _law: LawOf) -> Finding | None:
    """商品编码要到新税则生效之日才能使用。"""
    tariff = facts.tariff
    if tariff.line is not None or tariff.earlier is not None or tariff.later is None:
        return None
    version, first = tariff.later
    near = _hints(facts)
    return says(
        "hs_code",
        f"编码 {facts.good.hs_code} 见于{version}，{first} 才生效。",
        f"{first} 前请用现行编码" + (f"，同一子目下有：{near}。" if near else "，或等生效后再认定。"),
    )
