"""The rules BAS-…: what is said of policy documents, patents, brands, standards and platform projects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, text, whole
from youju.rules.office.base.facts import RecordFacts
from youju.rules.office.base.kinds import DOCUMENTS, PATENTS, PLATFORMS
from youju.rules.office.base.patents import patent_fault
from youju.rules.registry import rule

RECORDS, PAPERS, RIGHTS, PLATFORM = (
    "house-base#records",
    "house-base#documents",
    "house-base#rights",
    "house-base#platforms",
)
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule(
    "BAS-001",
    title="文号写法不合规定",
    basis=PAPERS,
    since=DAY,
    severity=Severity.WARNING,
    scope="base_record",
    parameters=("office.base.document_number",),
)
def a_document_has_a_number_in_form(record: RecordFacts, law: LawOf) -> Finding | None:
    """政策文件的文号应由机关代字、年份和序号组成。"""
    if record.moment != "register" or record.register != DOCUMENTS:
        return None
    if re.fullmatch(text(law, "office.base.document_number"), record.number):
        return None
    return Finding(
        f"文号“{record.number}”不是“机关代字〔年份〕序号号”的写法。",
        "请照文件首页改正，年份用六角括号；文件没有文号的可以保留。",
        {"field": "number"},
    )


@rule("BAS-002", title="日期先后不对", basis=RECORDS, since=DAY, severity=Severity.ERROR, scope="base_record")
def days_follow_one_another(record: RecordFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """记录里的日期须先后相接。"""
    if record.moment != "register" or record.register == PATENTS:
        return None
    for (_, first_label, first), (name, label, day) in pairwise(record.days):
        if day < first:
            return Finding(f"{label} {day} 早于{first_label} {first}。", "请对照原件改正。", {"field": name})
    return None


@rule(
    "BAS-003",
    title="已废止的文件仍写着有效",
    basis=PAPERS,
    since=DAY,
    severity=Severity.WARNING,
    scope="base_record",
)
def a_repealed_document_has_an_end(record: RecordFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """已被废止的文件，失效日期不应晚于废止之日。"""
    if record.register != DOCUMENTS or record.repealed_on is None or record.moment != "register":
        return None
    if record.valid_to is not None and record.valid_to <= record.repealed_on:
        return None
    return Finding(
        f"{record.number} 自 {record.repealed_on} 起被 {record.repealed_by} 废止，"
        f"失效日期写的是{record.valid_to or '长期有效'}。",
        "请把失效日期改为废止之日或以前。",
        {"field": "valid_to"},
    )


@rule("BAS-004", title="授权早于申请", basis=RIGHTS, since=DAY, severity=Severity.ERROR, scope="base_record")
def a_patent_is_granted_after_it_is_applied_for(record: RecordFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """专利的授权日期不得早于申请日期。"""
    days = {name: day for name, _, day in record.days}
    applied, granted = days.get("applied_on"), days.get("granted_on")
    if record.moment != "register" or record.register != PATENTS or not applied or not granted:
        return None
    if granted >= applied:
        return None
    return Finding(
        f"授权日期 {granted} 早于申请日期 {applied}。", "请对照专利证书改正。", {"field": "granted_on"}
    )


@rule("BAS-005", title="编号重复", basis=RECORDS, since=DAY, severity=Severity.ERROR, scope="base_record")
def a_number_stands_once(record: RecordFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """同一种记录的编号不得重复。"""
    if record.moment != "register" or not record.twice:
        return None
    return Finding(
        f"已有编号为 {record.number} 的记录。", "请核对编号，或修改已有的记录。", {"field": "number"}
    )


@rule(
    "BAS-006",
    title="没有证明就验收",
    basis=PLATFORM,
    since=DAY,
    severity=Severity.ERROR,
    scope="base_record",
)
def an_acceptance_has_evidence(record: RecordFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """平台项目验收须有证明材料。"""
    if record.moment != "accept" or record.register != PLATFORMS or record.evidence:
        return None
    return Finding(
        f"平台项目 {record.number} 没有证明材料，不能验收。",
        "请先上传验收报告、照片等文件。",
        {"field": "file"},
    )


@rule(
    "BAS-007",
    title="平台项目逾期",
    basis=PLATFORM,
    since=DAY,
    severity=Severity.WARNING,
    scope="base_record",
    parameters=("office.base.overdue_days",),
)
def a_platform_project_is_done_in_time(record: RecordFacts, law: LawOf) -> Finding | None:
    """平台项目应在完成期限以前提交验收；没有通过的重新提交。"""
    if record.moment != "watch" or not record.running or record.due_on is None:
        return None
    if record.day - record.due_on <= timedelta(days=whole(law, "office.base.overdue_days")):
        return None
    return Finding(
        f"平台项目 {record.number} 应在 {record.due_on} 以前完成，还没有通过验收。",
        "请催运营单位；要延期的，修改期限并写明原因。",
        {"field": "due_on"},
    )


@rule(
    "BAS-008",
    title="提交和验收是同一人",
    basis=PLATFORM,
    since=DAY,
    severity=Severity.ERROR,
    scope="base_record",
)
def who_delivered_does_not_accept(record: RecordFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """平台项目由提交以外的人验收。"""
    if record.moment != "accept" or not record.actor or record.actor != record.delivered_by:
        return None
    return Finding("验收是您提交的，不能由您验收。", "请由其他人验收。", {"field": "accepted_by"})


@rule(
    "BAS-009",
    title="专利号不合规定",
    basis=RIGHTS,
    since=DAY,
    severity=Severity.WARNING,
    scope="base_record",
)
def a_patent_has_a_number_in_form(record: RecordFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """中国专利号应有正确的校验码，并和类别相符。"""
    if record.moment != "register" or record.register != PATENTS:
        return None
    fault = patent_fault(record.number, record.kind)
    if not fault:
        return None
    return Finding(f"专利号 {record.number} {fault}。", "请对照专利证书核对。", {"field": "number"})


@rule("BAS-010", title="日期还没有到", basis=RECORDS, since=DAY, severity=Severity.ERROR, scope="base_record")
def what_has_happened_lies_behind(record: RecordFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """发文、申请、授权、注册、发布的日期不得在今天以后。"""
    if record.moment != "register":
        return None
    for name, label, day in record.happened:
        if day > record.day:
            return Finding(f"{label} {day} 还没有到。", "请核对日期。", {"field": name})
    return None


@rule(
    "BAS-011",
    title="废止的文件没有登记",
    basis=PAPERS,
    since=DAY,
    severity=Severity.WARNING,
    scope="base_record",
)
def what_is_repealed_is_registered(record: RecordFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """所废止的文件应当登记在册，文件不能废止自己。"""
    if record.moment != "register" or record.register != DOCUMENTS:
        return None
    strange = [*record.unknown, *(number for number in record.repeals if number == record.number)]
    if not strange:
        return None
    return Finding(
        f"所废止的 {'、'.join(dict.fromkeys(strange))} 没有登记，或者就是本文件。",
        "请核对文号，或先登记旧文件。",
        {"field": "repeals"},
    )


@rule(
    "BAS-012",
    title="节点没有完成就提交验收",
    basis=PLATFORM,
    since=DAY,
    severity=Severity.ERROR,
    scope="base_record",
)
def milestones_are_done_before_delivery(record: RecordFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """平台项目的各个节点完成后才能提交验收。"""
    if record.moment != "deliver" or not record.open_milestones:
        return None
    return Finding(
        f"还有节点没有完成：{'、'.join(record.open_milestones)}。",
        "请先登记节点的完成日期，不再需要的删去。",
        {"field": "milestones"},
    )
