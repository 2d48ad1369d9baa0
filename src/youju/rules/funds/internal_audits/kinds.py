"""Words of internal supervision: what a finding is about, how serious it is, what an examined item showed."""

from __future__ import annotations

from typing import Final

CATEGORIES: Final = {
    "payment": "资金支付",
    "subsidy": "补贴兑现",
    "contract": "合同管理",
    "asset": "资产管理",
    "task": "履职办事",
    "control": "内控制度",
}
"""What a finding is about (问题类别)."""

MINOR, MAJOR, GRAVE = "minor", "major", "grave"
SERIOUSNESS: Final = {MINOR: "一般", MAJOR: "较重", GRAVE: "严重"}
"""How serious it is (严重程度); the limit of rectification follows it."""

UNCHECKED, FINE, FOUND, UNCLEAR = "", "fine", "found", "unclear"
CONCLUSIONS: Final = {FINE: "未发现问题", FOUND: "发现问题", UNCLEAR: "资料不全，无法判断"}
"""What the working paper of a sampled item says."""

SEPARATOR: Final = "|"
