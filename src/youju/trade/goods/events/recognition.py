"""The deeds of this room, and what its records are called in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.goods.lifecycle import CAMPAIGN_KIND

if TYPE_CHECKING:
    from youju.trade.goods.models import Campaign

RECOGNISED = verb("goods.good.recognised", "按规则认定了")
EXPLAINED = verb("goods.good.explained", "说明了")
ACCEPTED = verb("goods.good.accepted", "采纳说明，认定了")
REJECTED = verb("goods.good.rejected", "没有采纳说明，不予认定")
OPENED = verb("goods.campaign.opened", "发起了")
LISTED = verb("goods.campaign.listed", "列出了受影响商品的是")
DONE = verb("goods.campaign.done", "办完了")
FAILED = verb("goods.campaign.failed", "没有办成")
TRIED = verb("goods.campaign.tried", "试算了")

DECISION_FIELDS = {
    "state": "状态",
    "outcome": "结论",
    "rules": "规则",
    "as_of": "依据之日",
    "policy_hash": "政策校验值",
    "tariff": "税则版本",
    "explanation": "说明",
}
CAMPAIGN_FIELDS = {
    "state": "状态",
    "as_of": "依据之日",
    "looked_at": "查看的商品数",
    "touched": "受影响的商品数",
    "overrides": "试改的取值",
    "decided": "已认定",
    "changed": "商品已变动",
    "differs": "结论与所列不同",
    "flow": "流程",
    "due_on": "限办日期",
}


def campaign_subject(campaign: Campaign) -> Subject:
    """A re-recognition or a trial, as the trail and the workflow know it."""
    return Subject(CAMPAIGN_KIND, str(campaign.pk), campaign.title)
