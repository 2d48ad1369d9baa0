"""The rules EVL-007…EVL-012: what stops a self-evaluation from being handed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import decimal
from youju.rules.performance.evaluation.points import HUNDRED, per_cent, plain, shown
from youju.rules.performance.evaluation.schemas import LawOf
from youju.rules.performance.evaluation.stages import Stage
from youju.rules.registry import rule

DAY = date(2020, 2, 25)


@rule(
    "EVL-007",
    title="先有批准的目标再自评",
    basis="house-evaluation#stages",
    since=DAY,
    severity=Severity.ERROR,
    scope="self_evaluation",
)
def targets_are_agreed_first(stage: Stage, law: LawOf) -> Finding | None:  # noqa: ARG001
    """绩效目标批准以后才能自评。"""
    if stage.targets_agreed:
        return None
    return stage.says("绩效目标还没有批准。", "请先办完目标的审批。", "target_set")


@rule(
    "EVL-008",
    title="每一行都有完成值",
    basis="house-evaluation#stages",
    since=DAY,
    severity=Severity.ERROR,
    scope="self_evaluation",
)
def every_row_has_a_value(stage: Stage, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """每一行指标都要有按记录算出的、经说明确认的完成值，或者分档。"""
    for row in stage.rows:
        if not row.has_value:
            how = (
                "请先补录业务记录，或者提交情况说明；定性的请选分档和得分率。"
                if row.bound
                else "请先绑定计量方法，或者提交情况说明。"
            )
            yield stage.says(f"{row.place}没有完成值。", how, "actual", row.number)


@rule(
    "EVL-009",
    title="没有得满分的写明原因和措施",
    basis="mof-2020-10#quantities",
    since=DAY,
    severity=Severity.ERROR,
    scope="self_evaluation",
)
def what_fell_short_has_cause_and_measure(stage: Stage, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """没有得满分的指标要写明偏差原因和改进措施。"""
    for row in stage.rows:
        if row.score is None or row.score >= row.weight or row.reduced:
            continue
        for name, text, label in (
            ("cause", row.cause, "偏差原因"),
            ("improvement", row.improvement, "改进措施"),
        ):
            if not text.strip():
                yield stage.says(
                    f"{row.place}得 {row.score} 分，满分 {plain(row.weight)} 分，没有写{label}。",
                    f"请写{label}。",
                    name,
                    row.number,
                )


@rule(
    "EVL-010",
    title="远超目标的写明原因或者已决定调减",
    basis="mof-2020-10#quantities",
    since=DAY,
    severity=Severity.ERROR,
    scope="self_evaluation",
    parameters=("performance.evaluation.mof_2020.over_target",),
)
def what_went_far_beyond_has_a_cause(stage: Stage, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """完成值远超目标值的，提交前要写明原因，或者已有调减得分的决定。"""
    for row in stage.rows:
        over = row.reached is not None and row.reached * HUNDRED > stage.schema.over_target
        if over and row.reached is not None and not row.cause.strip() and not row.reduced:
            yield stage.says(
                f"{row.place}完成值是目标值的 {per_cent(row.reached)}，超过 {plain(stage.schema.over_target)}%，没有写原因。",
                "请写偏差原因；目标定得过低的，由审核人决定调减。",
                "cause",
                row.number,
            )


@rule(
    "EVL-011",
    title="执行率偏低的提交前写明原因",
    basis="sichuan-form-2023#reasons",
    since=date(2023, 1, 1),
    severity=Severity.ERROR,
    scope="self_evaluation",
    parameters=("performance.evaluation.reason_under",),
)
def a_low_execution_is_explained(stage: Stage, law: LawOf) -> Finding | None:
    """预算执行率低于规定比例的，提交前要说明原因。"""
    least = stage.schema.reason_under or decimal(law, "performance.evaluation.reason_under")
    if stage.executed >= least or stage.execution_reason.strip():
        return None
    return stage.says(
        f"预算执行率 {shown(stage.executed)}%，低于 {plain(least)}%，没有说明原因。",
        "请在“预算执行情况说明”里写明原因。",
        "execution_reason",
    )


@rule(
    "EVL-012",
    title="写明目标实际完成情况",
    basis="house-evaluation#stages",
    since=DAY,
    severity=Severity.ERROR,
    scope="self_evaluation",
)
def what_was_done_is_said(stage: Stage, law: LawOf) -> Finding | None:  # noqa: ARG001
    """自评要用文字写明年度目标的实际完成情况。"""
    if stage.done.strip():
        return None
    return stage.says("没有写目标实际完成情况。", "请写几句：做了什么，结果怎样。", "done")
