"""The rules EVL-015…EVL-019: the framework of a key evaluation and its experts' points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from youju.rules.findings import Finding, Severity
from youju.rules.law import decimal, whole
from youju.rules.performance.evaluation.facts import quoted
from youju.rules.performance.evaluation.keys import RESULTS, SPREAD, KeyCase
from youju.rules.performance.evaluation.points import HUNDRED, plain, rounded, shown
from youju.rules.performance.evaluation.schemas import LawOf
from youju.rules.registry import rule

DAY = date(2020, 2, 25)
_SHARE, _EXPERTS = "performance.evaluation.key.least_share", "performance.evaluation.key.least_experts"


def _says(case: KeyCase, message: str, suggestion: str, field: str, row: int | None = None) -> Finding:
    return Finding(message, suggestion, {"project": case.project, "row": row, "field": field})


@rule(
    "EVL-015",
    title="重点评价各项权重合计一百",
    basis="house-evaluation#key",
    since=DAY,
    severity=Severity.ERROR,
    scope="key_evaluation",
)
def the_weights_make_a_hundred(case: KeyCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """重点评价各项指标的权重合计为一百分。"""
    total = sum((item.weight for item in case.items), Decimal(0))
    if total == HUNDRED:
        return None
    return _says(case, f"各项权重合计 {plain(total)}，不是 {HUNDRED}。", "请改正权重。", "weight")


@rule(
    "EVL-016",
    title="产出和效益不少于六成",
    basis="mof-2020-10#key",
    since=DAY,
    severity=Severity.ERROR,
    scope="key_evaluation",
    parameters=(_SHARE,),
)
def results_weigh_most(case: KeyCase, law: LawOf) -> Finding | None:
    """重点评价里产出和效益的权重合计不低于规定的比例。"""
    least = decimal(law, _SHARE)
    total = sum((item.weight for item in case.items), Decimal(0))
    results = sum((item.weight for item in case.items if item.part in RESULTS), Decimal(0))
    share = Fraction(results) / Fraction(total) * HUNDRED if total else Fraction(0)
    if share >= least:
        return None
    return _says(
        case,
        f"产出和效益的权重占 {shown(share)}%，低于 {plain(least)}%。",
        "请调高产出、效益的权重。",
        "weight",
    )


@rule(
    "EVL-017",
    title="每一项有足够的专家打分",
    basis="house-evaluation#key",
    since=DAY,
    severity=Severity.ERROR,
    scope="key_evaluation",
    parameters=(_EXPERTS,),
)
def enough_experts_have_given_points(case: KeyCase, law: LawOf) -> Iterator[Finding]:
    """完成重点评价时，每一项都要有规定人数的专家打分。"""
    least = whole(law, _EXPERTS)
    for item in case.items if case.closing else ():
        if len(item.given) < least:
            yield _says(
                case,
                f"第 {item.number} 项{quoted(item.name)}只有 {len(item.given)} 位专家打分，至少 {least} 位。",
                "请登记其余专家的打分。",
                "points",
                item.number,
            )


@rule(
    "EVL-018",
    title="专家打分不超过分值",
    basis="house-evaluation#key",
    since=DAY,
    severity=Severity.ERROR,
    scope="key_evaluation",
)
def points_lie_within_the_weight(case: KeyCase, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """专家给一项的分在零分和这一项的权重之间。"""
    for item in case.items:
        for expert, points in item.points.items():
            if points is not None and not 0 <= points <= item.weight:
                yield _says(
                    case,
                    f"第 {item.number} 项{quoted(item.name)}：{expert}打 {plain(points)} 分，"
                    f"不在 0 到 {plain(item.weight)} 之间。",
                    "请改正。",
                    "points",
                    item.number,
                )


@rule(
    "EVL-019",
    title="专家打分相差过大",
    basis="house-evaluation#key",
    since=DAY,
    severity=Severity.WARNING,
    scope="key_evaluation",
    parameters=(SPREAD,),
)
def experts_are_not_far_apart(case: KeyCase, law: LawOf) -> Iterator[Finding]:
    """同一项里专家打分的最高与最低相差不应超过分值的规定比例。"""
    most = decimal(law, SPREAD)
    for item in case.items:
        given = item.given
        if not given or not item.weight:
            continue
        spread = rounded(Fraction(max(given) - min(given)) / Fraction(item.weight) * HUNDRED)
        if spread > most:
            yield _says(
                case,
                f"第 {item.number} 项{quoted(item.name)}最高 {plain(max(given))} 分、最低 {plain(min(given))} 分，"
                f"相差分值的 {plain(spread)}%，超过 {plain(most)}%。",
                "请核对，必要时请专家说明。",
                "points",
                item.number,
            )
