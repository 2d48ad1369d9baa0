"""The years before any rule is registered: silence there would look like praise."""

from __future__ import annotations

from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.performance.targets.cases import DocumentCase
from youju.rules.performance.targets.checks.places import FORM_DAY, LawOf
from youju.rules.registry import rule


@rule(
    "TGT-037",
    title="本年度没有登记审核规则",
    basis="house-registration#early-years",
    since=date(2000, 1, 1),
    until=FORM_DAY,
    severity=Severity.WARNING,
    scope="document",
)
def year_has_no_registered_rules(_case: DocumentCase, _law: LawOf) -> Finding:
    """预算年度早于规则登记的起始年度，其他规则都不适用：没有审核过，不等于没有问题。"""
    return Finding(
        f"这份绩效目标没有审核过：审核规则自 {FORM_DAY.year} 年度起登记，更早年度没有适用的规则。",
        "先核对预算年度有没有填错；年度无误的，人工核对后在答复里写明核对的依据。",
        {"project": None, "row": None, "field": "fiscal_year"},
    )
