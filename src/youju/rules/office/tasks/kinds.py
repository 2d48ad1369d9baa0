"""What a task is about, how it ended, how often it comes again: codes that stand in the database."""

from __future__ import annotations

from enum import StrEnum


class TaskKind(StrEnum):
    """What a task is about (任务类别)."""

    WORK = "work"
    REQUEST = "request"
    DISPUTE = "dispute"
    RECTIFICATION = "rectification"
    TRAINING = "training"
    RESEARCH = "research"

    @property
    def label(self) -> str:
        """In Chinese."""
        return KIND_NAMES[self.value]


KIND_NAMES = {
    "work": "工作",
    "request": "物流诉求",
    "dispute": "纠纷投诉",
    "rectification": "整改",
    "training": "培训",
    "research": "调研",
}
PREFIXES = {
    "work": "RW",
    "request": "SQ",
    "dispute": "JF",
    "rectification": "ZG",
    "training": "PX",
    "research": "DY",
}
"""Of numbers: 任务, 诉求, 纠纷, 整改, 培训, 调研."""

FROM_OUTSIDE = (TaskKind.REQUEST, TaskKind.DISPUTE)
"""What enterprises bring."""

DISPUTE_TOPICS = {
    "payment": "货款",
    "quality": "质量",
    "delivery": "交货",
    "agency": "代理服务",
    "service": "对本中心的投诉",
    "other": "其他",
}
REQUEST_TOPICS = {
    "booking": "订舱和班列",
    "customs": "通关",
    "storage": "仓储",
    "truck": "集卡和短驳",
    "delay": "延误和滞留",
    "other": "其他",
}
TOPICS = {"dispute": DISPUTE_TOPICS, "request": REQUEST_TOPICS}

OUTCOMES = {"met": "已解决", "partly": "部分解决", "unmet": "未能解决"}
"""How a request or dispute ended."""


class Every(StrEnum):
    """How often a task comes again (周期)."""

    ONCE = "once"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


EVERY_NAMES = {
    "once": "一次",
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "half": "每半年",
    "year": "每年",
}
