"""Words of the published forms in English, through gettext: the forms have a fixed vocabulary."""

from __future__ import annotations

from django.utils.translation import get_language, gettext, gettext_noop

from youju.rules.performance.disclosure.lifecycle import EVALUATION, PROGRESS, TARGETS

KIND_WORDS = {
    TARGETS: gettext_noop("绩效目标"),
    PROGRESS: gettext_noop("执行进展"),
    EVALUATION: gettext_noop("绩效自评"),
}
LEVELS = tuple(
    gettext_noop(each)
    for each in (
        "产出指标",
        "效益指标",
        "满意度指标",
        "成本指标",
        "数量指标",
        "质量指标",
        "时效指标",
        "经济效益指标",
        "社会效益指标",
        "生态效益指标",
        "可持续影响指标",
        "服务对象满意度指标",
    )
)
UNITS = tuple(
    gettext_noop(each) for each in ("万元", "亿元", "元", "%", "家", "个", "人", "次", "批", "项", "分")
)
STATE_WORDS = {
    "published": gettext_noop("现行"),
    "replaced": gettext_noop("已更正"),
    "withdrawn": gettext_noop("已撤下"),
}
ORIGIN_WORDS = {
    "metric": gettext_noop("按指标公式从业务记录计算并冻结"),
    "attestation": gettext_noop("两人签署的情况说明，附证明文件"),
    "document": gettext_noop("经批准的文本"),
    "scoring": gettext_noop("按评分办法计算"),
}
TIER_WORDS = {
    "reached": gettext_noop("达成预期"),
    "partly": gettext_noop("部分达成"),
    "missed": gettext_noop("未达成"),
}
GRADES = tuple(gettext_noop(each) for each in ("优", "良", "中", "差"))
SIGNS = {"≥": "≥ ", "≤": "≤ ", "=": "= ", ">": "> ", "<": "< "}


def english() -> bool:
    """Whether the page being made is the English one."""
    return (get_language() or "").startswith("en")


def word(text: str) -> str:
    """A word of the forms in the page's language; what is no such word stays Chinese."""
    return gettext(text) if text else ""


def amount(value: str, unit: str) -> str:
    """A value with its unit in the page's language."""
    if not value:
        return ""
    return f"{value} {gettext(unit)}" if english() and unit != "%" else f"{value}{unit}"
