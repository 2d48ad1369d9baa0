"""What this room gives to analytics: tasks that fell due, what enterprises brought, and the four metrics over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import share
from youju.analytics.metrics import Direction, Metric, behind, register_metric
from youju.analytics.scopes import Scope
from youju.analytics.tables_office import DUE_TASKS, RECEIVED_MATTERS
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.office.tasks import addresses
from youju.rules.office.tasks.lifecycle import TASK_KIND

HOUSE, OWNER = "house-measures#office", "综合业务科"
PLANNED_KINDS = ("work", "rectification", "training", "research")
"""What the centre plans for itself; requests and disputes have metrics of their own."""
FILTERS = {
    "tag": "只算有这个标签的",
    "project": "只算这个项目编码的",
    "section": "只算这个科室的（科室代码）",
    "kind": "只算这个类别的；不写为工作、整改、培训、调研",
}
_DUE = "到期任务"


def _due(scope: Scope) -> ir.Table:
    tasks = scope.rows("due_tasks")
    kind = scope.parameters.get("kind", "")
    tasks = tasks.filter(tasks.kind == kind if kind else tasks.kind.isin(PLANNED_KINDS))
    if section := scope.parameters.get("section", ""):
        tasks = tasks.filter(tasks.section == section)
    return _narrowed(tasks, scope)


def _narrowed(rows: ir.Table, scope: Scope) -> ir.Table:
    if tag := scope.parameters.get("tag", ""):
        rows = rows.filter(rows.tags.contains(f"|{tag}|"))
    if project := scope.parameters.get("project", ""):
        rows = rows.filter(rows.project == project)
    return rows


def _each(rows: ir.Table, part: ir.StringValue) -> ir.Table:
    return behind(
        rows, part=part, kind="tasks.task", row=rows.task_id, number=rows.number, value=rows.task_id * 0 + 1
    )


def completion_rows(scope: Scope) -> ir.Table:
    """Each task that fell due, by whether it was accepted."""
    tasks = _due(scope)
    return _each(tasks, ibis.ifelse(tasks.accepted, "accepted", "open"))


def on_time_rows(scope: Scope) -> ir.Table:
    """Each task that fell due, by whether it was accepted on or before its day."""
    tasks = _due(scope)
    return _each(tasks, ibis.ifelse(tasks.on_time, "on_time", "late"))


def resolved_rows(scope: Scope) -> ir.Table:
    """Each dispute received, by whether it was closed within its limit."""
    matters = scope.rows("received_matters")
    matters = _narrowed(matters.filter(matters.kind == "dispute"), scope)
    return _each(matters, ibis.ifelse(matters.within_limit, "resolved", "open"))


def fulfilled_rows(scope: Scope) -> ir.Table:
    """Each request received, by whether it was fulfilled."""
    matters = scope.rows("received_matters")
    matters = _narrowed(matters.filter(matters.kind == "request"), scope)
    return _each(matters, ibis.ifelse(matters.met, "fulfilled", "open"))


def _metric(**given: Any) -> Metric:
    return Metric(unit="%", direction=Direction.HIGHER, owner=OWNER, basis=HOUSE, **given)


METRICS = (
    _metric(
        code="tasks.completion_rate",
        label="任务完成率",
        label_en="Tasks accepted",
        grain=_DUE,
        definition="期限在期间内的任务中，已验收的占比；期限以内取消的不计。",
        definition_en="Share of tasks due in the period that were accepted; those cancelled by their due day do not count.",
        tables=("due_tasks",),
        rows=completion_rows,
        combination=share("accepted", "open", label="已验收的任务", whole_label="到期的任务"),
        example={"accepted": "49", "open": "1"},
        part_labels={"accepted": "已验收", "open": "未验收"},
        parameters=FILTERS,
    ),
    _metric(
        code="tasks.on_time_rate",
        label="任务按期完成率",
        label_en="Tasks accepted on time",
        grain=_DUE,
        definition="期限在期间内的任务中，在期限当天或以前验收的占比；期限以内取消的不计。",
        definition_en="Share of tasks due in the period that were accepted on or before their due day.",
        tables=("due_tasks",),
        rows=on_time_rows,
        combination=share("on_time", "late", label="按期验收的任务", whole_label="到期的任务"),
        example={"on_time": "98", "late": "2"},
        part_labels={"on_time": "按期验收", "late": "逾期或未验收"},
        parameters=FILTERS,
    ),
    _metric(
        code="disputes.resolved_rate",
        label="贸易纠纷投诉按期办结率",
        label_en="Disputes closed within the limit",
        grain="纠纷投诉",
        definition="期间内受理的贸易纠纷投诉中，在期限内办结的占比；期限以内撤销的不计。",
        definition_en="Share of disputes and complaints received in the period that were closed within their limit.",
        tables=("received_matters",),
        rows=resolved_rows,
        combination=share("resolved", "open", label="期限内办结的纠纷投诉", whole_label="受理的纠纷投诉"),
        example={"resolved": "9", "open": "1"},
        part_labels={"resolved": "期限内办结", "open": "逾期或未办结"},
        parameters={name: FILTERS[name] for name in ("tag", "project")},
    ),
    _metric(
        code="requests.fulfilled_rate",
        label="物流诉求解决率",
        label_en="Logistics requests fulfilled",
        grain="物流诉求",
        definition="期间内受理的物流诉求中，办结并已解决的占比；部分解决的不算，期限以内撤销的不计。",
        definition_en="Share of logistics requests received in the period that were closed and fulfilled.",
        tables=("received_matters",),
        rows=fulfilled_rows,
        combination=share("fulfilled", "open", label="已解决的物流诉求", whole_label="受理的物流诉求"),
        example={"fulfilled": "19", "open": "1"},
        part_labels={"fulfilled": "已解决", "open": "未解决或在办"},
        parameters={name: FILTERS[name] for name in ("tag", "project")},
    ),
)


def link_tasks(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their keys; nothing is looked up."""
    return [Link(str(row["number"]), addresses.task(str(row["row"])) or "") for row in rows]


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(DUE_TASKS, "tasks_due")
    register_source(RECEIVED_MATTERS, "tasks_received")
    register_row_kind(TASK_KIND, "任务", link_tasks)
    for metric in METRICS:
        register_metric(metric)
