"""Customs' modes of supervision (监管方式) that district statistics of all modes of trade are told by."""

from __future__ import annotations

TRADE_MODES = {
    "0110": "一般贸易",
    "0214": "来料加工",
    "0615": "进料加工",
    "1039": "市场采购",
    "1210": "保税电商",
    "9610": "跨境电商",
    "9710": "跨境电商 B2B 直接出口",
    "9810": "跨境电商出口海外仓",
    "0000": "其他",
}
"""Code → name; what a source does not tell apart stands under ``0000``."""
