"""The deeds of this room, and what its records are called in the trail. The steps of flows are workflow's verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.parties.lifecycle import AGREEMENT_KIND

if TYPE_CHECKING:
    from youju.trade.parties.models import Agreement

AGREEMENT_DRAFTED = verb("parties.agreement.drafted", "拟订了")
AGREEMENT_REVISED = verb("parties.agreement.revised", "修改了")
AGREEMENT_SIGNED = verb("parties.agreement.signed", "签署了")
AGREEMENT_REMINDED = verb("parties.agreement.reminded", "提醒到期：")
AGREEMENT_DOWNLOADED = verb("parties.agreement.downloaded", "下载了", reads=True)
BUYER_FILED = verb("parties.party.buyer_filed", "填报了境外采购商备案")

AGREEMENT_FIELDS = {
    "state": "状态",
    "principal": "委托方",
    "agent": "受托方",
    "valid_from": "生效日期",
    "valid_to": "到期日期",
    "revision": "修订次数",
    "text_hash": "文本校验值",
    "voided": "作废的签署",
    "side": "签署方",
    "address": "网络地址",
    "goods": "货物范围",
    "fee_kind": "收费方式",
    "fee": "代理费",
    "collection": "收汇方",
    "settle_days": "付款天数",
    "exemption": "免税申报",
    "reports_consignor": "报送实际委托出口方",
    "other": "其他约定",
    "due_on": "限办日期",
    "file": "文件",
}


def agreement_subject(row: Agreement) -> Subject:
    """An agreement as the trail and the workflow name it: by its number, which tells nobody whose it is."""
    return Subject(AGREEMENT_KIND, str(row.pk), row.number)
