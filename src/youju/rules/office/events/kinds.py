"""What an event is, what it costs, which way a firm or an application goes: codes that stand in the database."""

from __future__ import annotations

from enum import StrEnum


class EventKind(StrEnum):
    """What an event is (活动类别)."""

    EXHIBITION = "exhibition"
    RECRUITMENT = "recruitment"
    TRAINING = "training"
    RESEARCH = "research"
    AEO = "aeo"

    @property
    def label(self) -> str:
        """In Chinese."""
        return KIND_NAMES[self.value]


KIND_NAMES = {
    "exhibition": "展会",
    "recruitment": "招商",
    "training": "培训",
    "research": "调研",
    "aeo": "AEO 培育",
}
PREFIXES = {"exhibition": "ZH", "recruitment": "ZS", "training": "PB", "research": "DC", "aeo": "AE"}
"""Of numbers: 展会, 招商, 培训班, 调查, AEO."""

WITH_SIGNUPS = (EventKind.EXHIBITION, EventKind.TRAINING, EventKind.RESEARCH)
"""Kinds to which enterprises sign up."""
WITH_SESSIONS = (EventKind.TRAINING, EventKind.RESEARCH)
"""Kinds that have sessions with attendance."""
PLACE_UNITS = {"exhibition": "展位", "training": "名额", "research": "名额"}

COST_KINDS = {
    "booth": "展位费",
    "build": "特装搭建",
    "freight": "展品运输",
    "travel": "差旅",
    "venue": "场地",
    "teaching": "师资",
    "publicity": "宣传资料",
    "other": "其他",
}
SERVICE_KINDS = {
    "agency": "外贸代理",
    "customs": "报关",
    "freight": "货运代理",
    "storage": "仓储",
    "finance": "金融",
    "insurance": "信用保险",
    "legal": "法律财税",
    "ecommerce": "跨境电商",
    "testing": "检验检测",
    "other": "其他",
}
"""What a firm that is to be won offers."""

DEAL_STATES = {"declared": "待核实", "confirmed": "已核实", "refused": "不予认定"}
"""An order won at an exhibition: declared by the participant, confirmed or refused by the centre."""
