"""The rules IAU-…: what is said of a finding, of a sample, of a planned project."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.funds.internal_audits.facts import FindingFacts, ItemFacts, SampleFacts
from youju.rules.funds.internal_audits.sampling import least_size
from youju.rules.law import PolicyValue, table, whole
from youju.rules.registry import rule

FINDINGS, RECTIFYING, SAMPLING, PLANNING = (
    "house-internal-audits#findings",
    "house-internal-audits#rectification",
    "house-internal-audits#sampling",
    "house-internal-audits#plan",
)
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule("IAU-001", title="没有依据", basis=FINDINGS, since=DAY, severity=Severity.ERROR, scope="audit_finding")
def a_finding_names_its_basis(finding: FindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """监督发现的问题必须写明违反的制度条款。"""
    if finding.moment not in ("register", "notify") or finding.basis.strip():
        return None
    return Finding(
        "没有写明违反了哪一条规定。", "请写制度的名称和条款，例如“财务管理办法第十二条”。", {"field": "basis"}
    )


@rule(
    "IAU-002", title="问题金额超过记录金额", basis=FINDINGS, since=DAY, severity=Severity.ERROR, scope="audit_finding"
)  # fmt: skip
def a_finding_is_no_dearer_than_its_record(finding: FindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """问题金额不得超过所关联记录的金额。"""
    if (
        finding.moment not in ("register", "notify")
        or finding.amount is None
        or finding.record_amount is None
    ):
        return None
    if finding.amount <= finding.record_amount:
        return None
    return Finding(
        f"问题金额 {finding.amount} 元，超过所关联记录的金额 {finding.record_amount} 元。",
        "请核对金额；问题涉及几笔的，请分别登记。",
        {"field": "amount"},
    )


@rule(
    "IAU-003", title="整改期限早于通知", basis=RECTIFYING, since=DAY, severity=Severity.ERROR, scope="audit_finding"
)  # fmt: skip
def the_deadline_lies_after_the_notice(finding: FindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """整改期限不得早于下发整改通知的日期。"""
    if finding.noticed_on is None or finding.due_on is None or finding.due_on >= finding.noticed_on:
        return None
    if finding.moment != "notify":
        return None
    return Finding(
        f"整改期限 {finding.due_on} 早于通知日期 {finding.noticed_on}。",
        "请改整改期限。",
        {"field": "due_on"},
    )


@rule(
    "IAU-004", title="核实和整改是同一人", basis=RECTIFYING, since=DAY, severity=Severity.ERROR, scope="audit_finding"
)  # fmt: skip
def who_replied_does_not_verify(finding: FindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """整改情况由回复以外的人核实。"""
    if finding.moment != "verify" or not finding.replied_by or finding.actor != finding.replied_by:
        return None
    return Finding("整改是您回复的，不能由您核实。", "请由其他人核实。", {"field": "verified_by"})


@rule(
    "IAU-005", title="样本量不足", basis=SAMPLING, since=DAY, severity=Severity.WARNING, scope="audit_sample",
    parameters=("funds.internal_audits.sample_minimum",),
)  # fmt: skip
def a_sample_has_the_least_size(sample: SampleFacts, law: LawOf) -> Finding | None:
    """样本量不应少于约定的最低数量。"""
    least = least_size(sample.population, table(law, "funds.internal_audits.sample_minimum"))
    if sample.size >= least:
        return None
    return Finding(
        f"总体有 {sample.population} 项，只抽 {sample.size} 项，少于最低的 {least} 项。",
        "请增加样本量；确因条件所限的，在结论里写明。",
        {"field": "size"},
    )


@rule(
    "IAU-006", title="反复打开", basis=RECTIFYING, since=DAY, severity=Severity.WARNING, scope="audit_finding",
    parameters=("funds.internal_audits.reopen_limit",),
)  # fmt: skip
def what_is_opened_again_and_again_is_said(finding: FindingFacts, law: LawOf) -> Finding | None:
    """多次重新打开的问题应当报告负责人。"""
    if finding.moment != "watch" or finding.reopened < whole(law, "funds.internal_audits.reopen_limit"):
        return None
    return Finding(
        f"这个问题销号以后又重新打开了 {finding.reopened} 次。",
        "请报告中心负责人，查清整改没有到位的原因。",
        {"field": "reopened"},
    )


@rule(
    "IAU-007", title="整改逾期", basis=RECTIFYING, since=DAY, severity=Severity.WARNING, scope="audit_finding"
)
def rectification_is_in_time(finding: FindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """问题应当在整改期限内整改完毕。"""
    if (
        finding.moment != "watch"
        or not finding.open
        or finding.due_on is None
        or finding.day <= finding.due_on
    ):
        return None
    late = (finding.day - finding.due_on).days
    return Finding(
        f"整改期限是 {finding.due_on}，已经逾期 {late} 天。",
        "请责任科室尽快整改并回复。",
        {"field": "due_on"},
    )


@rule(
    "IAU-008",
    title="回复没有证明",
    basis=RECTIFYING,
    since=DAY,
    severity=Severity.ERROR,
    scope="audit_finding",
)
def a_reply_comes_with_evidence(finding: FindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """整改回复须附证明文件。"""
    if finding.moment != "reply" or finding.evidence > 0:
        return None
    return Finding("整改回复没有附证明文件。", "请先上传整改的证明，再提交回复。", {"field": "text"})


@rule(
    "IAU-009", title="快到整改期限", basis=RECTIFYING, since=DAY, severity=Severity.HINT, scope="audit_finding",
    parameters=("funds.internal_audits.remind_days",),
)  # fmt: skip
def what_falls_due_soon_is_said(finding: FindingFacts, law: LawOf) -> Finding | None:
    """快到整改期限的问题应当提醒。"""
    if (
        finding.moment != "watch"
        or not finding.open
        or finding.due_on is None
        or finding.day > finding.due_on
    ):
        return None
    if (finding.due_on - finding.day).days > whole(law, "funds.internal_audits.remind_days"):
        return None
    return Finding(f"整改期限是 {finding.due_on}。", "请责任科室按期整改并回复。", {"field": "due_on"})


@rule(
    "IAU-010",
    title="项目不在计划年度",
    basis=PLANNING,
    since=DAY,
    severity=Severity.ERROR,
    scope="audit_plan",
)
def a_project_lies_within_its_year(item: ItemFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """监督项目的起止日期应在计划年度内，且先开始后结束。"""
    if item.starts_on <= item.ends_on and item.starts_on.year == item.ends_on.year == item.year:
        return None
    return Finding(
        f"项目“{item.title}”的起止日期 {item.starts_on} 至 {item.ends_on} 不对。",
        f"请填 {item.year} 年内的日期，终止日期不早于起始日期。",
        {"field": "ends_on"},
    )
