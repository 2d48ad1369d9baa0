"""The rules MON-…: what a round, its rows, a rectification order and a suspension must satisfy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, text, whole
from youju.rules.performance.monitoring.colours import COLOURS, RED, YELLOW
from youju.rules.performance.monitoring.facts import (
    LIKELIHOODS,
    SURE,
    OrderFacts,
    ProjectFacts,
    RoundFacts,
    RowFacts,
    SuspensionFacts,
)
from youju.rules.performance.monitoring.likelihood import better
from youju.rules.registry import rule

DAY = date(2020, 1, 1)
CAUSES, ROUND = "mof-2019-136#causes", "mof-2019-136#round"
LIKELY, RECTIFY, SUSPEND = (
    "house-monitoring#likelihood",
    "house-monitoring#rectification",
    "house-monitoring#suspension",
)
LawOf = Mapping[str, PolicyValue]


def _row(row: RowFacts, message: str, suggestion: str, field: str) -> Finding:
    return Finding(f"{row.name}：{message}", suggestion, {"row": row.key, "field": field})


@rule(
    "MON-001",
    title="偏离目标没有写原因",
    basis=CAUSES,
    since=DAY,
    severity=Severity.ERROR,
    scope="monitoring_row",
)
def what_deviates_has_a_cause(row: RowFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """可能性不是“确定能”的指标，必须写明偏差原因的类别和说明。"""
    if row.likelihood in ("", SURE) or (row.cause and row.explanation.strip()):
        return None
    field = "explanation" if row.cause else "cause"
    lacks = "偏差原因的说明" if row.cause else "偏差原因"
    return _row(
        row, f"可能性是“{LIKELIHOODS[row.likelihood]}”，没有写{lacks}。", "请选择原因并写明情况。", field
    )


@rule(
    "MON-002",
    title="偏离目标没有写措施",
    basis=CAUSES,
    since=DAY,
    severity=Severity.ERROR,
    scope="monitoring_row",
)
def what_deviates_has_a_measure(row: RowFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """可能性不是“确定能”的指标，必须写明改进措施。"""
    if row.likelihood in ("", SURE) or row.measure.strip():
        return None
    return _row(
        row,
        f"可能性是“{LIKELIHOODS[row.likelihood]}”，没有写改进措施。",
        "请写明做什么、何时完成。",
        "measure",
    )


@rule(
    "MON-003",
    title="可能性没有确认",
    basis=LIKELY,
    since=DAY,
    severity=Severity.ERROR,
    scope="monitoring_row",
)
def each_likelihood_is_confirmed(row: RowFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """每个指标完成目标的可能性都要由人确认，系统只给建议。"""
    if row.likelihood:
        return None
    hint = f"建议是“{LIKELIHOODS[row.suggested]}”，" if row.suggested else ""
    return _row(row, "没有确认完成目标的可能性。", f"{hint}请选择并保存。", "likelihood")


@rule(
    "MON-004",
    title="比建议乐观没有说明",
    basis=LIKELY,
    since=DAY,
    severity=Severity.ERROR,
    scope="monitoring_row",
)
def more_hope_than_the_forecast_is_explained(row: RowFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """确认的可能性比按全年预计得出的建议乐观的，要写明依据。"""
    if not better(row.likelihood, row.suggested) or row.explanation.strip():
        return None
    return _row(
        row,
        f"确认为“{LIKELIHOODS[row.likelihood]}”，按全年预计的建议是“{LIKELIHOODS[row.suggested]}”。",
        "请在说明里写明依据，例如后几个月的安排。",
        "explanation",
    )


@rule(
    "MON-005",
    title="执行偏离没有说明",
    basis=CAUSES,
    since=DAY,
    severity=Severity.ERROR,
    scope="monitoring_project",
)
def lagging_execution_is_explained(project: ProjectFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """预算执行为黄色、红色的项目，必须写明原因和措施。"""
    if project.colour not in (YELLOW, RED) or (project.explanation.strip() and project.measure.strip()):
        return None
    field = "measure" if project.explanation.strip() else "explanation"
    return Finding(
        f"项目 {project.code} 的预算执行是{COLOURS[project.colour]}，没有写{'措施' if field == 'measure' else '原因'}。",
        "请在项目的“预算执行”一栏写明。",
        {"project": project.code, "field": field},
    )


@rule(
    "MON-006", title="上报晚于期限", basis=ROUND, since=DAY, severity=Severity.WARNING, scope="monitoring_round",
    parameters=("performance.monitoring.official_month", "performance.monitoring.official_due"),
)  # fmt: skip
def the_official_round_is_in_time(round_: RoundFacts, law: LawOf) -> Finding | None:
    """一至七月的运行监控应当在八月底以前上报。"""
    if round_.month != whole(law, "performance.monitoring.official_month"):
        return None
    due = date.fromisoformat(f"{round_.year:04d}-{text(law, 'performance.monitoring.official_due')}")
    if round_.day <= due:
        return None
    return Finding(
        f"1—{round_.month} 月的运行监控应在 {due} 以前上报，已经晚了 {(round_.day - due).days} 天。",
        "请尽快办结，并向财政部门说明。",
        {"field": "month"},
    )


@rule(
    "MON-007", title="整改期限不合适", basis=RECTIFY, since=DAY, severity=Severity.ERROR, scope="rectification",
    parameters=("performance.monitoring.longest_order_days",),
)  # fmt: skip
def an_order_has_a_fitting_deadline(order: OrderFacts, law: LawOf) -> Finding | None:
    """整改期限不早于下达的日期，也不超过约定的最长天数。"""
    longest = whole(law, "performance.monitoring.longest_order_days")
    days = (order.due_on - order.issued_on).days
    if order.moment != "issue" or 0 <= days <= longest:
        return None
    said = "早于下达日期" if days < 0 else f"超过最长的 {longest} 天"
    return Finding(f"整改期限 {order.due_on} {said}。", "请改整改期限。", {"field": "due_on"})


@rule(
    "MON-008", title="回复没有证明", basis=RECTIFY, since=DAY, severity=Severity.ERROR, scope="rectification"
)
def a_reply_comes_with_evidence(order: OrderFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """整改回复须附证明文件。"""
    if order.moment != "reply" or order.evidence > 0:
        return None
    return Finding("整改回复没有附证明文件。", "请先上传整改的证明，再提交回复。", {"field": "text"})


@rule(
    "MON-009",
    title="核实和整改是同一人",
    basis=RECTIFY,
    since=DAY,
    severity=Severity.ERROR,
    scope="rectification",
)
def who_replied_does_not_verify(order: OrderFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """整改由回复以外的人核实。"""
    if order.moment != "verify" or not order.replied_by or order.actor != order.replied_by:
        return None
    return Finding("整改是您回复的，不能由您核实。", "请由其他人核实。", {"field": "actor"})


@rule("MON-010", title="整改逾期", basis=RECTIFY, since=DAY, severity=Severity.WARNING, scope="rectification")
def rectification_is_in_time(order: OrderFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """整改通知应当在期限内整改完毕。"""
    if order.moment != "watch" or not order.open or order.day <= order.due_on:
        return None
    late = (order.day - order.due_on).days
    return Finding(
        f"整改期限是 {order.due_on}，已经逾期 {late} 天。", "请责任科室尽快整改并回复。", {"field": "due_on"}
    )


@rule(
    "MON-011", title="暂停拨付没有根据", basis=SUSPEND, since=DAY, severity=Severity.ERROR, scope="suspension"
)
def a_suspension_stands_on_an_open_order(case: SuspensionFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """暂停拨付必须写明理由，并且关联的整改通知还没有核实。"""
    if case.moment != "decide" or (case.reason.strip() and case.order_open):
        return None
    if case.order_open:
        return Finding("没有写暂停拨付的理由。", "请写明为什么要暂停拨付。", {"field": "reason"})
    return Finding("这份整改通知已经办结，不能据此暂停拨付。", "请另下整改通知。", {"field": "order"})


@rule(
    "MON-012",
    title="没有核实就恢复拨付",
    basis=SUSPEND,
    since=DAY,
    severity=Severity.ERROR,
    scope="suspension",
)
def payments_go_on_after_verification(case: SuspensionFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """整改没有核实就恢复拨付的，必须写明理由。"""
    if case.moment != "lift" or case.verified or case.reason.strip():
        return None
    return Finding(
        "整改还没有核实，没有写恢复拨付的理由。", "请写明理由，或等核实后自动恢复。", {"field": "reason"}
    )
