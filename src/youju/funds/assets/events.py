"""What people do with assets, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.funds.assets.lifecycle import (
    ASSET_KIND,
    DISPOSAL_KIND,
    MOVE_KIND,
    MOVES,
    STOCKTAKE_KIND,
    WAYS,
)

if TYPE_CHECKING:
    from youju.funds.assets.models import Asset, Disposal, Move, Stocktake

REGISTERED = verb("assets.asset.registered", "登记了资产")
CHANGED = verb("assets.asset.changed", "修改了资产")
REMOVED = verb("assets.asset.removed", "随导入批次撤销了资产")
LINKED = verb("assets.asset.linked", "关联了付款")
MOVED = verb("assets.asset.moved", "移交了资产")
LEFT = verb("assets.asset.left", "登记了资产处置")
EXPENSED = verb("assets.payment.expensed", "登记了付款的费用化部分")
COUNTED = verb("assets.stocktake.counted", "上传了清点")
OPENED = verb("assets.stocktake.opened", "组织了盘点")
SETTLED = verb("assets.stocktake.settled", "处理了盘点差异")
DEPRECIATED = verb("assets.depreciation.made", "计提了折旧")
LABELS_DOWNLOADED = verb("assets.labels.downloaded", "下载了资产标签", reads=True)
LOADED = verb("assets.demo.loaded", "载入了示例资产")
DEMO_KIND, LABELS_KIND, MONTH_KIND, PAYMENT_KIND = (
    "assets.demo",
    "assets.labels",
    "assets.depreciation",
    "assets.payment",
)

FIELDS = {
    "number": "资产编号",
    "name": "名称",
    "category": "类别",
    "model": "规格型号",
    "serial": "出厂编号",
    "cost": "原值（元）",
    "acquired_on": "取得日期",
    "project": "项目编码",
    "section": "科室",
    "place": "地点",
    "keeper_name": "保管人",
    "state": "状态",
    "lent_to": "借给",
    "lent_until": "归还期限",
    "note": "备注",
    "payment": "付款编号",
    "amount": "金额（元）",
    "way": "处置方式",
    "proceeds": "处置收入（元）",
    "disposed_on": "处置日期",
    "month": "月份",
    "decision": "处理意见",
    "size": "应盘件数",
    "due_on": "期限",
    "batch": "导入批次",
    "count": "件数",
    "file": "文件",
}
"""The Chinese names of what the trail keeps of this room."""


def subject_of(row: Asset) -> Subject:
    """An asset as the trail names it."""
    return Subject(ASSET_KIND, str(row.pk), str(row))


def move_subject(row: Move, asset: Asset) -> Subject:
    """A transfer as trail and workflow name it."""
    return Subject(MOVE_KIND, str(row.pk), f"{MOVES[row.kind]} {asset}")


def disposal_subject(row: Disposal, asset: Asset) -> Subject:
    """A disposal as trail and workflow name it."""
    return Subject(DISPOSAL_KIND, str(row.pk), f"{WAYS[row.way]} {asset}")


def stocktake_subject(row: Stocktake) -> Subject:
    """A round of counting as trail and workflow name it."""
    return Subject(STOCKTAKE_KIND, str(row.pk), str(row))
