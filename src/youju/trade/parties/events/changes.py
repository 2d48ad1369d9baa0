"""The deeds of this room, and what its records are called in the trail. Steps of a flow are workflow's verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.parties.changes import KINDS, LABELS
from youju.rules.trade.parties.lifecycle import CHANGE_KIND

if TYPE_CHECKING:
    from youju.trade.parties.models import ChangeRequest, Market, Merge, Pair, Stall

MARKET_KIND = "parties.market"
MERGE_KIND = "parties.merge"
PAIR_KIND = "parties.pair"
STALL_KIND = "parties.stall"

CHANGED = verb("parties.party.changed", "按变更申请改了")
MARKET_SAVED = verb("parties.market.saved", "登记了")
MERGED = verb("parties.party.merged", "合并了")
PAIR_DISTINCT = verb("parties.pair.distinct", "判断为不是同一主体的是")
PAIR_REOPENED = verb("parties.pair.reopened", "重新列为疑似重复的是")
PARTY_STATE = verb("parties.party.standing", "改了备案状态的是")
LEVEL_SET = verb("parties.party.level_set", "写入了信用等级")
REMINDED = verb("parties.party.reminded", "提醒了到期的")
STALL_SAVED = verb("parties.stall.saved", "登记了摊位")
STALLS_IMPORTED = verb("parties.market.stalls_imported", "批量登记了摊位的是")
STALLS_TAKEN_BACK = verb("parties.market.stalls_taken_back", "撤销了摊位导入的是")
TENANCY_BEGUN = verb("parties.stall.let", "登记了承租的是")
TENANCY_ENDED = verb("parties.stall.left", "登记了退租的是")
UNMERGED = verb("parties.party.unmerged", "撤销了合并")

CHANGE_FIELDS = {
    **LABELS,
    "state": "状态",
    "revision": "修订次数",
    "merged_into": "并入",
    "moved": "移动的内容",
    "holder": "承租人",
    "since": "自",
    "until": "至（不含）",
    "due_on": "到期日",
    "stalls": "摊位数",
    "tenancies": "承租登记数",
    "floor": "楼层",
    "row": "排",
    "position": "位",
    "number": "摊位号",
    "code": "市场代码",
}


def change_subject(change: ChangeRequest) -> Subject:
    """A request to change or prolong a filing."""
    return Subject(CHANGE_KIND, str(change.pk), f"{change.party.name}的{KINDS[change.kind]}")


def merge_subject(merge: Merge) -> Subject:
    """Two filings made one."""
    return Subject(MERGE_KIND, str(merge.pk), f"“{merge.merged.name}”并入“{merge.kept.name}”")


def pair_subject(pair: Pair) -> Subject:
    """Two filings that may be of one party."""
    return Subject(PAIR_KIND, str(pair.pk), f"“{pair.left.name}”与“{pair.right.name}”")


def market_subject(market: Market) -> Subject:
    """A market."""
    return Subject(MARKET_KIND, str(market.pk), market.name)


def stall_subject(stall: Stall) -> Subject:
    """A stall of a market."""
    return Subject(STALL_KIND, str(stall.pk), f"{stall.market.name} {stall.number}")
