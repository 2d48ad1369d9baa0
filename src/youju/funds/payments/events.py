"""What people and the bank do in this room, as the trail says it. Steps of a payment are recorded by the flow."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb
from youju.rules.funds.payments.lifecycle import KIND

FILE_KIND = "payments.bankfile"
RETURN_KIND = "payments.bankreturn"

ASKED = verb("payments.payment.asked", "提出了付款申请")
REVISED = verb("payments.payment.revised", "修改了付款申请")
CORRECTED = verb("payments.payment.corrected", "更正了退回的付款")
PAID = verb("payments.payment.settled", "记了已付的账")
RETURNED = verb("payments.payment.came_back", "记了银行退回")
UNMASKED = verb("payments.payment.unmasked", "查看了完整的收款账号", reads=True)
OUTCOME = verb("payments.payment.outcome", "提交了支出成果")
OUTCOME_ACCEPTED = verb("payments.payment.outcome_accepted", "认定了支出成果")
OUTCOME_REFUSED = verb("payments.payment.outcome_refused", "退回了支出成果")
FINDING_NOTED = verb("payments.payment.finding_noted", "登记了审计发现")
FINDING_CLOSED = verb("payments.payment.finding_closed", "销号了审计发现")
PAPER_DOWNLOADED = verb("payments.payment.paper", "下载了付款审批单", reads=True)
FILE_MADE = verb("payments.bankfile.made", "制作了银行付款清单")
FILE_HANDED = verb("payments.bankfile.handed", "下载了银行付款清单", reads=True)
FILE_VOIDED = verb("payments.bankfile.voided", "作废了银行付款清单")
RETURN_READ = verb("payments.bankreturn.read", "读入了银行回单")
ROW_SETTLED = verb("payments.bankreturn.settled", "处理了有疑问的回单")

FIELDS = {
    "state": "状态",
    "project": "资金项目",
    "amount": "金额（元）",
    "purpose": "用途",
    "due_on": "应付日期",
    "payee": "收款人",
    "account": "账号",
    "bank": "开户银行",
    "origin": "来自",
    "explanation": "说明",
    "reference": "付款凭证号",
    "paid_on": "付款日期",
    "reason": "原因",
    "count": "笔数",
    "total": "合计（元）",
    "sha256": "校验值",
    "applied": "已入账",
    "known": "重复",
    "odd": "有疑问",
    "file": "文件",
    "fields": "字段",
    "line": "行号",
    "verdict": "处理",
    "conclusion": "结论",
    "finding": "审计发现",
    "note": "说明",
    "contract": "合同",
    "batch": "支出批次",
    "tags": "标记",
}
"""The Chinese names of what the trail keeps of this room."""

__all__ = ["FIELDS", "FILE_KIND", "KIND", "RETURN_KIND"]
