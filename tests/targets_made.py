"""Small documents for the tests of what writes and draws them."""

from __future__ import annotations

from typing import Any

from youju.rules.performance.targets.facts import (
    Department,
    DocumentHead,
    Indicator,
    Project,
    Safeguard,
    Subgoal,
    TargetDocument,
)
from youju.rules.performance.targets.values import parse_value

_LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "经济效益指标"),
    ("效益指标", "社会效益指标"),
    ("效益指标", "生态效益指标"),
    ("效益指标", "可持续影响指标"),
    ("满意度指标", "服务对象满意度指标"),
)


def indicator(level1: str = "产出指标", level2: str = "数量指标", **fields: str) -> Indicator:
    """One row; every text may be given."""
    raw = fields.get("raw_value", "≥5户")
    return Indicator(
        level1,
        level2,
        fields.get("level3", "新增备案商户数"),
        fields.get("description", "全年新增备案的商户数"),
        raw,
        parse_value(raw),
        fields.get("basis", "年度工作计划"),
    )


def project(rows: int = 2, **fields: Any) -> Project:
    """One project with so many of the nine usual rows; every field may be given."""
    usual: dict[str, Any] = {
        "code": "13060523P00456310001Q",
        "name": "国贸中心法律顾问费",
        "budget": "5.00",
        "fiscal": "5.00",
        "other": None,
        "purpose": "聘请法律顾问",
        "plan": {"03": "5.00", "06": None, "10": "5.00", "12": "5.00"},
        "goals": ("1.用于聘请法律顾问，保障正常工作运转",),
        "indicators": tuple(indicator(*_LEVELS[index % 9]) for index in range(rows)),
    }
    return Project(**{**usual, **fields})


def document(*projects: Project, year: int | None = 2023) -> TargetDocument:
    """A document of the projects given, else of one."""
    return TargetDocument(
        DocumentHead("304001", "保定白沟新城国际贸易服务中心（本级）", "万元", "hebei-2020", year),
        Department(
            "全面推动外贸高质量发展。\n保障机关高效运转。",
            (Subgoal("提升试点能级", "力争政策有效落地。", "对外贸发展起到带动作用。"),),
            (Safeguard("完善制度建设", "制定预算绩效管理制度。"), Safeguard("加强监督", "")),
        ),
        projects or (project(),),
    )
