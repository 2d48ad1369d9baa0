"""Filings without a fault, one for each role, and how a test spoils one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from youju.foundation.policies import law_on
from youju.rules.law import Law
from youju.rules.trade.parties.facts import FilingFacts, PaperFacts
from youju.rules.trade.parties.judging import judge

DAY = date(2023, 6, 1)
LAW = law_on(DAY)
AFTER = date(2030, 1, 1)

MERCHANT = FilingFacts(
    day=DAY,
    roles=("merchant",),
    name="白沟新城红运箱包商行",
    credit_code="92130684MA0EXAMPL5",
    country="CN",
    country_name="中国",
    legal_person="许红",
    resident_id="130684198001010012",
    contact="许红",
    phone="13800000000",
    address="白沟新城富强路 1 号",
    market="HD",
    stall_number="A1-023",
    chapters=("42",),
    papers=(
        PaperFacts("business_license", 1),
        PaperFacts("identity_card", 2),
        PaperFacts("stall_lease", 3, "", date(2023, 1, 1), AFTER),
    ),
)
AGENT = replace(
    MERCHANT,
    roles=("agent",),
    name="示例外贸代理有限公司",
    name_en="Example Agency Co., Ltd.",
    credit_code="91130684MA0EXAMPL8",
    registered_capital=Decimal("500"),
    capital_text="500",
    scope="货物进出口",
    tax_id="91130684MA0EXAMPL8",
    tax_kind="general",
    customs_code="1306960AAA",
    market="",
    stall_number="",
    papers=(
        PaperFacts("business_license", 1),
        PaperFacts("identity_card", 2),
        PaperFacts("customs_registration", 3),
    ),
)
BUYER = FilingFacts(
    day=DAY,
    roles=("buyer",),
    name="Amina Trading",
    name_en="Amina Trading",
    country="AE",
    country_name="阿联酋",
    buyer_type="company",
    passport="A1234567",
    contact="Amina",
    phone="+971501234567",
    papers=(PaperFacts("passport", 1, "A1234567", None, AFTER),),
)


def rules_of(facts: FilingFacts, law: Law = LAW) -> set[str]:
    """The ids of the rules that speak."""
    return {finding.rule for finding in judge(facts, law)}


def spoken(rule: str, base: FilingFacts = MERCHANT, **changes: Any) -> bool:
    """Whether the rule speaks of the filing with some facts changed."""
    return rule in rules_of(replace(base, **changes))
