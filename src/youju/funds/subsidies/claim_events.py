"""The deeds on applications, lists, objections and awards, and what these are called in the trail. Steps are workflow's verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.funds.claims.lifecycle import CLAIM_KIND, OBJECTION_KIND, ROUND_KIND

if TYPE_CHECKING:
    from youju.funds.subsidies.models import Application, AwardRound, Objection

BEGUN = verb("subsidies.claim.begun", "开始填写")
SAVED = verb("subsidies.claim.saved", "修改了")
COMPUTED = verb("subsidies.claim.computed", "计算了")
COST_ADDED = verb("subsidies.claim.cost_added", "填写了费用：")
COST_REMOVED = verb("subsidies.claim.cost_removed", "删去了费用：")
CONFLICT_DECLARED = verb("subsidies.claim.conflict_declared", "声明回避：")
OPINION_GIVEN = verb("subsidies.claim.opinion_given", "签署了审核意见：")
FILE_READ = verb("subsidies.claim.file_read", "查看了申请材料：", reads=True)
ACCOUNT_CORRECTED = verb("subsidies.claim.account_corrected", "更正了收款账户：")
PREPAYMENT_ASKED = verb("subsidies.claim.prepayment_asked", "提出了预拨：")
PAYMENT_ASKED = verb("subsidies.claim.payment_asked", "提出了付款：")
ROUND_OPENED = verb("subsidies.round.opened", "拟定了名单")
ROUND_FILLED = verb("subsidies.round.filled", "调整了名单")
LIST_SHOWN = verb("subsidies.round.list_shown", "公示了名单")
PAPER_HANDED = verb("subsidies.round.paper_handed", "下载了名单文件", reads=True)
OBJECTION_RECEIVED = verb("subsidies.objection.received", "收到了异议")
CONTACT_SHOWN = verb("subsidies.objection.contact_shown", "查看了联系方式：", reads=True)

CLAIM_FIELDS = {
    "state": "状态",
    "policy": "政策",
    "party": "申请人",
    "amount": "算出的补贴（元）",
    "difference": "与上一阶段相差（元）",
    "stage": "阶段",
    "facts_hash": "记录校验值",
    "account_name": "收款户名",
    "bank": "开户银行",
    "account": "收款账号",
    "remark": "说明",
    "invoice": "发票号码",
    "kind": "费用种类",
    "paid_on": "支付日期",
    "verdict": "意见",
    "conflict": "有利害关系",
    "declaration": "声明",
    "payment": "付款编号",
    "due_on": "限办日期",
    "file": "文件",
    "role": "材料",
    "sha256": "文件校验值",
    "fields": "内容",
}
ROUND_FIELDS = {
    "state": "状态",
    "policy": "政策",
    "budget": "本批可用资金（元）",
    "applications": "申请",
    "version": "名单版本",
    "hash": "名单校验值",
    "lines": "户数",
    "total": "合计（元）",
    "shown_on": "公示开始",
    "shown_until": "公示截止",
    "due_on": "限办日期",
    "format": "格式",
    "fields": "内容",
}
OBJECTION_FIELDS = {
    "state": "状态",
    "round": "批次",
    "version": "名单版本",
    "line": "名单序号",
    "reply": "答复",
    "due_on": "限办日期",
    "fields": "内容",
}


def claim_subject(row: Application) -> Subject:
    """An application, by its number."""
    return Subject(CLAIM_KIND, row.number, row.number)


def round_subject(row: AwardRound) -> Subject:
    """A round, by its number."""
    return Subject(ROUND_KIND, row.number, f"{row.number} {row.policy_title}"[:200])


def objection_subject(row: Objection) -> Subject:
    """An objection, by its number."""
    return Subject(OBJECTION_KIND, row.number, row.number)
