"""What people do in this room, as the trail says it. Steps (enter, send, withdraw …) are recorded by the flow."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb
from youju.rules.trade.declarations.lifecycle import DECLARATION_KIND

PLAN_KIND = "declarations.plan"

BROKER_NAMED = verb("declarations.packing.broker_named", "委托了报关行")
PLAN_ASKED = verb("declarations.plan.asked", "请求分票")
PLANNED = verb("declarations.plan.planned", "算出了分票方案")
ORDER_MOVED = verb("declarations.plan.moved", "移动了交易单")
MOVE_UNDONE = verb("declarations.plan.move_undone", "撤回了一次移动")
PLAN_ACCEPTED = verb("declarations.plan.accepted", "采用了分票方案")
PLAN_DROPPED = verb("declarations.plan.dropped", "放弃了分票方案")
MADE = verb("declarations.declaration.made", "归并成了报关单")
HEADER_FILLED = verb("declarations.declaration.header_filled", "填了表头")
LINE_EDITED = verb("declarations.declaration.line_edited", "修改了商品项")
CORRECTED = verb("declarations.declaration.corrected", "更正成了新版本")
SOURCES_FREED = verb("declarations.declaration.freed", "放开了来源货物")
DOWNLOADED = verb("declarations.declaration.downloaded", "下载了报关文书", reads=True)

FIELDS = {
    "state": "状态",
    "explained": "说明",
    "packing": "装箱单",
    "plan": "分票方案",
    "as_of": "依据之日",
    "day": "申报日期",
    "declared_on": "申报日期",
    "order": "交易单",
    "orders": "交易单",
    "source": "原在第几票",
    "target": "移到第几票",
    "declarations": "票数",
    "lower_bound": "下界",
    "refused": "不受理",
    "lines": "商品项",
    "amount": "总价",
    "amount_cny": "折人民币",
    "currency": "币种",
    "rate": "海关汇率",
    "broker": "报关行",
    "agent": "外贸代理",
    "header": "表头",
    "version": "版本",
    "replaces": "更正的版本",
    "rejection": "退单原因",
    "g_no": "项号",
    "model": "申报要素",
    "unit1": "法定第一单位",
    "quantity1": "法定第一数量",
    "unit2": "法定第二单位",
    "quantity2": "法定第二数量",
    "file": "文件",
}
"""The Chinese names of what the trail keeps of this room."""

__all__ = ["DECLARATION_KIND", "FIELDS", "PLAN_KIND"]
