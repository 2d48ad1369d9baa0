"""Two texts side by side: what each clause and each term says before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from youju.rules.funds.subsidies.saying import days, figure, of_shape
from youju.rules.funds.subsidies.texts import STACKING, Clause, PolicyText
from youju.rules.trade.parties.roles import PartyRole

ADDED, GONE, CHANGED = "added", "gone", "changed"
KINDS = {ADDED: "增加", GONE: "删去", CHANGED: "修改"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: of a clause (its id) or of the terms (empty), what it is about, the wording before and after."""

    kind: str
    clause: str
    label: str
    before: str
    after: str


def differences(old: PolicyText, new: PolicyText) -> tuple[Difference, ...]:
    """Terms first, then clause by clause in the new order, then the clauses that are gone."""
    return tuple(_all(old, new))


def _all(old: PolicyText, new: PolicyText) -> Iterator[Difference]:
    before, after = dict(_terms(old)), dict(_terms(new))
    for label in {**before, **after}:
        yield from _one("", label, before.get(label, ""), after.get(label, ""))
    kept = {clause.id: clause for clause in old.clauses}
    for clause in new.clauses:
        earlier = kept.pop(clause.id, None)
        if earlier is None:
            yield Difference(ADDED, clause.id, clause.title, "", of_shape(clause.shape))
            continue
        said, says = dict(_parts(earlier)), dict(_parts(clause))
        for label, now in says.items():
            yield from _one(clause.id, f"{clause.title}：{label}", said[label], now)
    for clause in kept.values():
        yield Difference(GONE, clause.id, clause.title, of_shape(clause.shape), "")


def _one(clause: str, label: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        kind = CHANGED if before and after else (ADDED if after else GONE)
        yield Difference(kind, clause, label, before, after)


def _terms(policy: PolicyText) -> Iterator[tuple[str, str]]:
    eligible = policy.eligible
    yield "名称", policy.title
    yield "承担项目", policy.project
    yield "补贴期间", days(policy.window)
    yield "申报期", days(policy.filing)
    yield "资金总额", f"{figure(policy.budget)} 元"
    yield "每户上限", "" if policy.party_cap is None else f"{figure(policy.party_cap)} 元"
    yield "对象", "、".join(PartyRole(role).label for role in eligible.roles)
    yield "备案早于", str(eligible.filed_before or "")
    yield "出口起点", f"{figure(eligible.least_usd)} 美元" if eligible.least_usd else ""
    yield "已收汇", "要求" if policy.collected else ""
    yield "已申报免税", "要求" if policy.exempted else ""
    against = "、".join(policy.stacking.against)
    yield "不重复享受", f"{against}（{STACKING[policy.stacking.counts]}）" if against else ""
    yield "公示", f"{policy.publicity_days} 个工作日"
    yield "预拨", "" if policy.prepaid is None else f"复核通过后先付算出金额的 {policy.prepaid:f}"
    yield "材料", "、".join(each.title for each in policy.evidence)
    yield "依据", policy.source
    yield "说明", policy.note


def _parts(clause: Clause) -> Iterator[tuple[str, str]]:
    yield "名称", clause.title
    yield "依据", clause.reference
    yield "算法", of_shape(clause.shape)
    yield "限国家（地区）", "、".join(clause.only.partners)
    yield "限商品", "、".join(clause.only.products)
    yield "每户上限", "" if clause.cap is None else f"{figure(clause.cap)} 元"
    yield "说明", clause.note
