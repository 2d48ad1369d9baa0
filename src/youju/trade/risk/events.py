"""What people and the scan do in this room, as the trail says it."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb
from youju.rules.trade.risk.lifecycle import DRAW_KIND, HIT_KIND, PEERS_KIND, SCAN_KIND

__all__ = ["DRAW_KIND", "HIT_KIND", "LANE_KIND", "PEERS_KIND", "SCAN_KIND", "TRIAL_KIND"]
LANE_KIND, TRIAL_KIND = "risk.lane", "risk.trial"

SCAN_ASKED = verb("risk.scan.asked", "请求了风险扫描")
SCANNED = verb("risk.scan.done", "做了风险扫描")
PEERS_COUNTED = verb("risk.peers.counted", "重算了同类统计")
ASSIGNED = verb("risk.hit.assigned", "分派了预警")
ASKED = verb("risk.hit.asked", "请主体说明预警")
ANSWERED = verb("risk.hit.answered", "说明了预警")
DISPOSED = verb("risk.hit.disposed", "处置了预警")
APPEALED = verb("risk.hit.appealed", "对预警处置提出申诉")
DECIDED = verb("risk.hit.decided", "答复了申诉")
TRIED = verb("risk.rule.tried", "试算了风险门槛", reads=True)
COMMITTED = verb("risk.draw.committed", "公布了抽签的承诺值")
REVEALED = verb("risk.draw.revealed", "公布了抽签的种子")
LANES_DECIDED = verb("risk.lane.decided", "定了通道")

FIELDS = {
    "since": "自",
    "until": "至（不含）",
    "as_of": "判断之日",
    "lines": "货物行",
    "found": "命中",
    "new": "新命中",
    "counts": "各规则命中",
    "skipped": "没有数据的规则",
    "groups": "组数",
    "digest": "校验值",
    "rule": "规则",
    "rules": "规则",
    "assigned_to": "承办人",
    "state": "状态",
    "conclusion": "结论",
    "grounds": "依据",
    "explanation": "说明",
    "appeal": "申诉理由",
    "decision": "答复",
    "commitment": "承诺值",
    "seed": "种子",
    "parameters": "门槛",
    "lanes": "通道",
    "drawn": "抽中",
}
"""The Chinese names of what the trail keeps of this room."""
