"""What people and the watch do in this room, as the trail says it."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

ALERT_KIND = "statistics.alert"
BULLETIN_KIND = "statistics.bulletin"
DISTRICT_KIND = "statistics.district"
CUT_KIND = "statistics.cut"

ALERT_FOUND = verb("statistics.alert.found", "运行监测发现")
ALERT_HANDLED = verb("statistics.alert.handled", "处理了提醒")
BULLETIN_REQUESTED = verb("statistics.bulletin.requested", "编了月报")
BULLETIN_DOWNLOADED = verb("statistics.bulletin.downloaded", "下载了月报", reads=True)
DISTRICTS_LOADED = verb("statistics.district.loaded", "录入了全口径统计")
EXPORTED = verb("statistics.cut.exported", "导出了统计", reads=True)

FIELDS = {
    "rule": "规则",
    "subject": "对象",
    "period": "期间",
    "message": "情况",
    "state": "状态",
    "conclusion": "处理结论",
    "value_cny": "出口额（元）",
    "value_usd": "出口额（美元）",
    "filters": "条件",
    "rows": "行数",
    "format": "格式",
    "file": "文件",
    "month": "月份",
}
"""The Chinese names of what the trail keeps of this room."""
