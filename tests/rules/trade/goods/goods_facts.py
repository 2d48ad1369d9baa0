"""A good that every rule lets pass, and how it is changed for a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.law import Law
from youju.rules.registry import REGISTRY
from youju.rules.trade.goods.facts import (
    AuthorisationFacts,
    Facts,
    GoodFacts,
    LineFacts,
    PartyFacts,
    TariffFacts,
)
from youju.rules.trade.goods.recognising import recognise

DAY = date(2023, 6, 1)
LAW: Law = law_on(DAY)
LINE = LineFacts(
    code="4202220000",
    name="以塑料片或纺织材料作面的手提包",
    unit1="个",
    unit2="千克",
    elements=("品名", "品牌类型", "材质", "是否有背带", "型号"),
)
GOOD = GoodFacts(
    number="SP0001",
    name="聚酯纤维女式手提包",
    hs_code="4202220000",
    unit="个",
    name_en="Polyester handbag",
    model="A-1",
    elements=(("材质", "聚酯纤维"), ("是否有背带", "有")),
)
PLAIN = Facts(
    as_of=DAY,
    good=GOOD,
    tariff=TariffFacts(version="2023 年税则", line=LINE),
    party=PartyFacts("BA0001", "approved", ("42",), date(2025, 12, 31)),
)
FOREIGN = {"brand_kind": "foreign", "brand": "COACH"}


def good(**changes: Any) -> Facts:
    """The plain case with a changed good."""
    return replace(PLAIN, good=replace(GOOD, **changes))


def line(**changes: Any) -> Facts:
    """The plain case under a changed line."""
    return replace(PLAIN, tariff=replace(PLAIN.tariff, line=replace(LINE, **changes)))


def gone(**changes: Any) -> Facts:
    """The plain case with a code that the tariff of the day does not have."""
    return replace(PLAIN, tariff=replace(PLAIN.tariff, line=None, **changes))


def party(**changes: Any) -> Facts:
    """The plain case of a changed party."""
    return replace(PLAIN, party=replace(PLAIN.party, **changes))


def branded(*, attached: bool = True, until: date | None = date(2024, 12, 31)) -> Facts:
    """The plain case under a foreign brand with an authorisation."""
    return replace(good(**FOREIGN), authorisation=AuthorisationFacts(attached, until))


def coded(code: str) -> Facts:
    """The plain case under another code that is in the tariff and in the filed scope."""
    return replace(
        PLAIN,
        good=replace(GOOD, hs_code=code),
        tariff=replace(PLAIN.tariff, line=replace(LINE, code=code)),
        party=replace(PLAIN.party, chapters=(code[:2],)),
    )


def spoken(facts: Facts, law: Law = LAW) -> list[str]:
    """Ids of the rules that spoke."""
    return list(recognise(facts, law).rule_ids)


def said(facts: Facts, rule: str, law: Law = LAW) -> Finding:
    """The one finding of a rule."""
    (found,) = [each for each in recognise(facts, law).findings if each.rule == rule]
    return found


def starts_on(rule: str, first: date, facts: Facts, law: Law = LAW) -> None:
    """The rule is silent the day before and speaks on its first day."""
    (version,) = REGISTRY.versions(rule)
    assert version.since == first
    assert not version.covers(first.fromordinal(first.toordinal() - 1))
    assert version.covers(first)
    assert list(version.findings(facts, law))


DUTY = Decimal("40.000")
