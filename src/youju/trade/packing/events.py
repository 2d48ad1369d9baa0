"""What people do in this room, as the trail says it. Steps (close, reopen, cancel) are recorded by the flow."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb
from youju.rules.trade.packing.lifecycle import CONSOLIDATION_KIND, PACKING_KIND

CONSOLIDATION_OPENED = verb("packing.consolidation.opened", "开了组货单")
LINES_ADDED = verb("packing.consolidation.added", "组入了货物")
LINES_REMOVED = verb("packing.consolidation.removed", "从组货单移出了货物")
PACKING_OPENED = verb("packing.packing.opened", "开了装箱单")
PACKING_REVISED = verb("packing.packing.revised", "改了装箱单的单头")
CONTAINER_ADDED = verb("packing.packing.container_added", "加了箱子")
CONTAINER_REMOVED = verb("packing.packing.container_removed", "去掉了箱子")
PACKED = verb("packing.packing.packed", "装了货物")
UNPACKED = verb("packing.packing.unpacked", "卸了货物")
DOWNLOADED = verb("packing.packing.downloaded", "下载了装箱文书", reads=True)

FIELDS = {
    "state": "状态",
    "agent": "外贸代理",
    "consolidator": "组货人",
    "warehouse": "监管场站",
    "country": "运抵国（地区）",
    "currency": "币种",
    "truck": "车牌号",
    "packed_on": "装箱日期",
    "bill_of_lading": "提运单号",
    "transport_mode": "运输方式",
    "port": "出境口岸",
    "note": "备注",
    "container": "箱号",
    "kind": "箱型",
    "seal": "封志号",
    "orders": "交易单",
    "lines": "行数",
    "quantity": "数量",
    "packages": "件数",
    "net_weight": "净重（千克）",
    "gross_weight": "毛重（千克）",
    "volume": "体积（立方米）",
    "amount": "总价",
    "file": "文件",
}
"""The Chinese names of what the trail keeps of this room."""

__all__ = ["CONSOLIDATION_KIND", "FIELDS", "PACKING_KIND"]
