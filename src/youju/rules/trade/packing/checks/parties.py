"""Who keeps and who gathers the goods: on file, in that role, on the day."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.orders.checks.terms import HOUSE_DAY, LawOf
from youju.rules.trade.packing.facts import PackingFacts, Standing, says


@rule(
    "PAC-031",
    title="监管场站已备案",
    basis="house-packing#parties",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def the_warehouse_is_on_file(facts: PackingFacts, _law: LawOf) -> Finding | None:
    """装箱的监管场站应在装箱之日有效备案。"""
    return _standing(facts.warehouse, "warehouse", "监管场站")


@rule(
    "PAC-032",
    title="组货人已备案",
    basis="house-packing#parties",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def the_consolidator_is_on_file(facts: PackingFacts, _law: LawOf) -> Finding | None:
    """组货人应在当日有效备案。"""
    return _standing(facts.consolidator, "consolidator", "组货人")


def _standing(party: Standing | None, role: str, called: str) -> Finding | None:
    if party is None:
        return None
    if not party.name:
        return says(f"没有备案号为“{party.number[:20]}”的{called}。", "请核对备案号。", role)
    if role not in party.roles:
        return says(f"{party.name} 没有备案为{called}。", f"请选备案为{called}的单位，或请它先办备案。", role)
    if party.why_not:
        return says(f"{called} {party.name} {party.why_not}。", "请换一家，或请它先办好备案。", role)
    return None
