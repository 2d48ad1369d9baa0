"""What people do in this room, as the trail says it."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb
from youju.rules.funds.subsidies import policy_lifecycle

POLICY_KIND = policy_lifecycle.POLICY_KIND
BACKTEST_KIND = "subsidies.backtest"

POLICY_BEGUN = verb("subsidies.policy.begun", "起草了补贴政策")
POLICY_SAVED = verb("subsidies.policy.saved", "修改了补贴政策")
POLICY_READ_IN = verb("subsidies.policy.imported", "从文件读入了补贴政策")
POLICY_TAKEN_OUT = verb("subsidies.policy.exported", "导出了补贴政策", reads=True)
BACKTEST_ASKED = verb("subsidies.backtest.asked", "回测了补贴政策")
BACKTEST_EXPORTED = verb("subsidies.backtest.exported", "导出了回测结果", reads=True)

FIELDS = {
    "code": "编号",
    "number": "版本",
    "title": "名称",
    "state": "状态",
    "budget": "资金总额（元）",
    "project": "承担项目",
    "revision": "修订次数",
    "changes": "改动",
    "year": "年度",
    "sha256": "校验值",
    "file": "文件",
    "parties": "户数",
    "asked": "应补（元）",
}
"""The Chinese names of what the trail keeps of this room."""
