"""Countries and stalls."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.parties.checks.days import FIRST_DAY, LawOf
from youju.rules.trade.parties.facts import FilingFacts


@rule(
    "PTY-017",
    title="国别（地区）存在",
    basis="house-parties#words",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def country_is_known(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """国别（地区）是国际标准代码表里有的国家或地区。"""
    if not facts.country or facts.country_name:
        return None
    return facts.says(
        f"没有“{facts.country[:20]}”这个国家或地区。", "请从列表里选，或写两位字母代码。", "country"
    )


@rule(
    "PTY-018",
    title="境外采购商来自境外，其他主体在境内",
    basis="house-parties#roles",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def country_fits_the_role(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """境外采购商的国别（地区）不是中国内地，其他主体的是。"""
    if not facts.country_name or not facts.roles:
        return None
    if facts.is_buyer and facts.country == "CN":
        return facts.says(
            "境外采购商的国别（地区）不能是中国。", "请选护照或注册地的国家（地区）。", "country"
        )
    if not facts.is_buyer and facts.country != "CN":
        return facts.says("这类主体应在境内登记。", "境外的采购者请按境外采购商备案。", "country")
    return None


@rule(
    "PTY-019",
    title="摊位存在",
    basis="house-parties#fields",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def stall_exists(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """摊位号是所选市场里有的。"""
    if facts.stall != "unknown":
        return None
    return facts.says(
        "所选市场里没有这个摊位。", "请照摊位门牌填写；门牌新换的，请到窗口登记。", "stall_number"
    )


@rule(
    "PTY-020",
    title="摊位没有别人在用",
    basis="house-parties#fields",
    since=FIRST_DAY,
    severity=Severity.WARNING,
    scope="filing",
)
def stall_is_free(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """一个摊位同时只登记一个主体；正在转让的，提交时说明。"""
    if facts.stall != "taken":
        return None
    return facts.says("这个摊位已登记给别的主体。", "请核对摊位号；正在转让的，提交时说明。", "stall_number")
