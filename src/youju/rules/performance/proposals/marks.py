"""The hundred points of an audit of targets (绩效目标审核): its eight items, what each loses and why, total and band.

Weights and bands are policies. A rule of the linter that finds fault everywhere costs its whole weight, elsewhere its share of
the places: of the rows where it speaks of rows, of the projects where it speaks of projects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, cast

from youju.rules.law import PolicyValue, Table, table
from youju.rules.performance.proposals.facts import AuditCase
from youju.rules.performance.targets.values import plain
from youju.rules.registry import REGISTRY

POINTS, WEIGHTS, BANDS, RESULTS = (
    "performance.proposals.audit_points",
    "performance.proposals.audit_weights",
    "performance.proposals.audit_bands",
    "performance.proposals.result_points",
)
ITEMS: Final = {
    "form": ("完整性", "规范完整性"),
    "clear": ("完整性", "明确清晰性"),
    "relevant": ("相关性", "目标相关性"),
    "scientific": ("相关性", "指标科学性"),
    "reasonable": ("适当性", "绩效合理性"),
    "matched": ("适当性", "资金匹配性"),
    "attainable": ("可行性", "实现可能性"),
    "conditions": ("可行性", "条件充分性"),
}
"""The items of the audit form: code → part and name."""
BAND_WORDS: Final = {
    "优": "通过审核，可以进入下一步预算安排流程",
    "良": "对相关内容进行修改完善后，可以进入下一步预算安排流程",
    "中": "修改完善后重新报审",
    "差": "不予通过",
}
_LEVELS: Final = ("产出", "效益", "满意度")
_PLACE, _NONE = Decimal("0.1"), Decimal(0)
LawOf = Mapping[str, PolicyValue]


@dataclass(frozen=True, slots=True)
class Loss:
    """What one cause costs an item: the rule (or a word of ours), in how many places of how many, the points."""

    rule: str
    places: int
    of: int
    points: Decimal
    said: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its score of ``full`` and what it lost."""

    code: str
    part: str
    label: str
    full: Decimal
    score: Decimal
    losses: tuple[Loss, ...]

    @property
    def reason(self) -> str:
        """Why, in words."""
        if not self.losses:
            return f"没有查出问题，得满分 {self.full}。"
        return "；".join(each.said for each in self.losses) + f"。得 {self.score}。"


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit: its items, the total of a hundred, the band and what follows from it."""

    items: tuple[Item, ...]
    total: Decimal
    band: str

    @property
    def verdict(self) -> str:
        """What follows, in words."""
        return BAND_WORDS[self.band]

    def part(self, name: str) -> tuple[Decimal, Decimal]:
        """Score and full points of a part."""
        own = [each for each in self.items if each.part == name]
        return sum((each.score for each in own), _NONE), sum((each.full for each in own), _NONE)


def item_of(code: str, case: AuditCase, law: LawOf) -> Item:
    """One item of the audit."""
    part, label = ITEMS[code]
    full = Decimal(str(table(law, POINTS)[code]))
    weights = cast("Table", table(law, WEIGHTS)[code])
    losses = [
        loss for cause, weight in weights.items() if (loss := _loss(cause, Decimal(str(weight)), case, law))
    ]
    score = max(_NONE, full - sum((each.points for each in losses), _NONE))
    return Item(code, part, label, full, score, tuple(losses))


def audit(case: AuditCase, law: LawOf) -> Audited:
    """The audit of a document under the law of its day."""
    items = tuple(item_of(code, case, law) for code in ITEMS)
    total = sum((each.score for each in items), _NONE)
    return Audited(items, total, band_of(total, law))


def band_of(total: Decimal, law: LawOf) -> str:
    """The band of a total; each lower edge belongs to its band."""
    bands = table(law, BANDS)
    for word, name in (("优", "pass"), ("良", "revise"), ("中", "again")):
        if total >= Decimal(str(bands[name])):
            return word
    return "差"


def _loss(cause: str, weight: Decimal, case: AuditCase, law: LawOf) -> Loss | None:
    if cause == "levels":
        return _levels(weight, case)
    if cause == "results":
        return _results(weight, case, law)
    if cause == "below":
        places, of = case.below
        return _counted("低于已完成值", places, of, weight, "行的目标低于上年已完成值")
    return _of_rule(cause, weight, case)


def _of_rule(cause: str, weight: Decimal, case: AuditCase) -> Loss | None:
    found = [each for each in case.findings if each.rule == cause]
    if not found:
        return None
    words = f"不合“{REGISTRY.versions(cause)[-1].title}”（{cause}）"
    rows = {(each.at.get("project"), each.at["row"]) for each in found if isinstance(each.at.get("row"), int)}
    if rows:
        return _counted(cause, len(rows), case.rows, weight, f"行{words}")
    projects = {each.at.get("project") for each in found}
    if None in projects:
        return _counted(cause, len(found), len(case.document.department.subgoals), weight, f"处{words}")
    return _counted(cause, len(projects), len(case.document.projects), weight, f"个{words}")


def _counted(cause: str, places: int, of: int, weight: Decimal, words: str) -> Loss | None:
    if not places:
        return None
    points = min(weight, weight * places / max(of, places)).quantize(_PLACE, ROUND_HALF_UP)
    return Loss(cause, places, of, points, f"{of} 中有 {places} {words}，扣 {points}")


def _levels(weight: Decimal, case: AuditCase) -> Loss | None:
    lacking = [
        project.code
        for project in case.document.projects
        if not all(any(word in plain(row.level1) for row in project.indicators) for word in _LEVELS)
    ]
    return _counted(
        "指标不齐", len(lacking), len(case.document.projects), weight, "个项目缺产出、效益或满意度指标"
    )


def _results(weight: Decimal, case: AuditCase, law: LawOf) -> Loss | None:
    """Last year's grades: the mean loss over the projects that have one."""
    by_grade = table(law, RESULTS)
    known = [
        case.results[each.code] for each in case.document.projects if case.results.get(each.code) in by_grade
    ]
    if not known:
        return None
    mean = sum((Decimal(str(by_grade[each])) for each in known), _NONE) / len(known)
    points = min(weight, mean).quantize(_PLACE, ROUND_HALF_UP)
    if not points:
        return None
    counts = "、".join(f"{grade} {known.count(grade)} 个" for grade in by_grade if known.count(grade))
    return Loss("上年结果", len(known), len(known), points, f"上年自评 {counts}，平均扣 {points}")
