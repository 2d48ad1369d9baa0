"""What people do in this room, as the trail says it. Steps of adjustments and batches are recorded by their flows."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb
from youju.rules.funds.projects.lifecycle import ADJUSTMENT_KIND, BATCH_KIND, PROJECT_KIND

CREATED = verb("projects.project.created", "建立了资金项目")
TAKEN_UP = verb("projects.project.taken_up", "按批准的绩效目标建立了资金项目")
CHANGED = verb("projects.project.changed", "改了资金项目")
SOURCED = verb("projects.project.sourced", "登记了资金来源")
PLANNED = verb("projects.project.planned", "登记了支出计划")
STEPPED = verb("projects.project.stepped", "登记了采购步骤")
CLOSED = verb("projects.project.closed", "结束了资金项目")
REOPENED = verb("projects.project.reopened", "重新开启了资金项目")
ADJUSTED = verb("projects.adjustment.changed_budget", "调整了预算")
BATCH_ACCEPTED = verb("projects.batch.accepted_with", "验收了支出批次")

FIELDS = {
    "code": "项目编码",
    "name": "项目名称",
    "year": "年度",
    "purpose": "资金用途",
    "section": "责任科室",
    "manager": "负责人",
    "state": "状态",
    "sources": "资金来源",
    "plan": "支出计划",
    "step": "采购步骤",
    "kind": "步骤",
    "planned_on": "计划日期",
    "done_on": "完成日期",
    "document_number": "文号或合同编号",
    "supplier": "供应商",
    "amount": "金额（元）",
    "note": "说明",
    "budget": "调整后预算（元）",
    "project": "资金项目",
    "source": "来源",
    "reason": "理由",
    "title": "名称",
    "due_on": "应完成日期",
    "closed_on": "验收日期",
}
"""The Chinese names of what the trail keeps of this room."""

__all__ = ["ADJUSTMENT_KIND", "BATCH_KIND", "FIELDS", "PROJECT_KIND"]
