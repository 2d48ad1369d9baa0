"""Points 8 and 12: collections that lag or come from others; claims without their grounds, grounds claimed twice."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import whole
from youju.rules.registry import rule
from youju.rules.trade.risk.checks.terms import HOUSE_DAY, LawOf, dollars, number, said
from youju.rules.trade.risk.facts import ClaimCase, CollectionCase, PayerCase, TwiceCase


@rule(
    "RSK-008",
    title="收汇滞后",
    basis="house-risk#collections",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.lag_days", "trade.risk.lag_share"),
)
def exports_are_collected(case: CollectionCase, law: LawOf) -> Finding | None:
    """放行以后应在账期内收汇。"""
    if case.days < whole(law, "trade.risk.lag_days") or case.usd <= 0:
        return None
    share = case.collected / case.usd
    if share >= number(law, "lag_share"):
        return None
    return said(
        f"报关单 {case.declaration} 放行 {case.days} 天，申报 {dollars(case.usd)} 美元，"
        f"只收汇 {dollars(case.collected)} 美元（{share:.0%}）。",
        "请代理说明账期和付款安排；没有收汇的，不得按已收汇申报。",
        "collected",
    )


@rule(
    "RSK-022",
    title="付款人不是采购商",
    basis="house-risk#collections",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
    parameters=("trade.risk.payer_share", "trade.risk.payer_usd"),
)
def the_buyer_pays(case: PayerCase, law: LawOf) -> Finding | None:
    """收汇的付款人应是交易的采购商。"""
    if case.others < number(law, "payer_usd") or case.others < case.collected * number(law, "payer_share"):
        return None
    return said(
        f"报关单 {case.declaration} 收汇 {dollars(case.collected)} 美元，其中 {dollars(case.others)} 美元的付款人不是采购商。",
        "请代理提供代付协议或采购商的说明。",
        "payer",
    )


@rule(
    "RSK-012",
    title="补贴申请缺依据",
    basis="house-risk#claims",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
)
def a_claim_has_its_grounds(case: ClaimCase, _law: LawOf) -> Finding | None:
    """申请补贴的出口应已放行、已收汇、已免税申报。"""
    grounds = (("放行", case.released), ("收汇", case.collected), ("免税申报", case.exempted))
    missing = [word for word, there in grounds if not there]
    if not missing:
        return None
    return said(
        f"补贴申请 {case.claim} 的出口没有{'、'.join(missing)}的记录。",
        "补办以后再拨付；办不了的，这部分不予支持。",
        "claim",
    )


@rule(
    "RSK-023",
    title="同一依据申请了两次",
    basis="house-risk#claims",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="risk",
)
def a_ground_is_claimed_once(case: TwiceCase, _law: LawOf) -> Finding | None:
    """同一报关单行、发票或账户不应在两份补贴申请里。"""
    return said(
        f"{case.what}在补贴申请 {case.one} 和 {case.other} 里都有。",
        "核对两份申请，只支持其中一份；跨政策、跨年度和关联企业的也算。",
        "claim",
    )
