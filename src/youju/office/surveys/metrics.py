"""What this room gives to analytics: sheets of closed surveys by score, and satisfaction over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import ibis.expr.types as ir
from django.utils import timezone

from youju.analytics.combining import Combination, Parts, Result, rounded
from youju.analytics.metrics import Direction, Metric, behind, register_metric
from youju.analytics.scopes import Scope
from youju.analytics.tables_surveys import SURVEY_ANSWERS
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.foundation.policies import law_on
from youju.office.surveys import addresses
from youju.rules.law import whole
from youju.rules.office.surveys.lifecycle import SURVEY_KIND
from youju.rules.office.surveys.statistics import METHOD, Estimate, estimate


def satisfaction_rows(scope: Scope) -> ir.Table:
    """Sheets of closed surveys by their score under one tag: the part is the score, the contribution how many sheets have it."""
    rows = scope.rows("survey_answers")
    rows = rows.filter(rows.tag == scope.parameters.get("tag", ""))
    if project := scope.parameters.get("project", ""):
        rows = rows.filter(rows.project == project)
    if survey := scope.parameters.get("survey", ""):
        rows = rows.filter(rows.number == survey)
    # One row of a survey for a score: survey and part together name it.
    return behind(
        rows, part=rows.level, kind=SURVEY_KIND, row=rows.survey_id, number=rows.number, value=rows.answers
    )


def _combine(parts: Parts) -> Result:
    found = estimate({Decimal(level): int(count) for level, count in parts.items()})
    if found is None:
        return Result(None, "期间内没有已结束的调查，或这个标签的答卷太少，算不出满意度")
    return Result(
        rounded(found.mean), told(found, whole(law_on(timezone.localdate()), "office.surveys.min_answers"))
    )


def told(found: Estimate, least: int) -> str:
    """How many sheets a mean stands on and its interval, as the metric's page says it."""
    words = f"n = {found.n} 份答卷"
    if found.low is not None and found.high is not None:
        words += f"，95 % 区间 {found.low:.1f} 至 {found.high:.1f}"
    return f"{words}；样本少于 {least} 份，只能作参考" if found.n < least else words


SATISFACTION = Metric(
    code="surveys.satisfaction_rate",
    label="满意度",
    label_en="Satisfaction",
    unit="%",
    direction=Direction.HIGHER,
    grain="一次调查的一档得分",
    owner="综合业务科",
    definition="期间内各次调查的答卷，在一个标签下的得分（五级折成 0 至 100 分，各题平均）的平均；附份数和 95 % 区间。",
    definition_en="Mean of the answered sheets' scores (five steps as 0 to 100) under a question tag, with n and 95 % interval.",
    basis="house-surveys#satisfaction",
    tables=("survey_answers",),
    rows=satisfaction_rows,
    combination=Combination("satisfaction(t95)", f"Σ（得分 × 份数）÷ Σ 份数；{METHOD}", _combine),
    example={"100": "24", "75": "6"},
    parameters={
        "tag": "题目标签（social、service、staff、expectation 等）；不写为全部量表题",
        "project": "只算这个项目编码的调查",
        "survey": "只算这个编号的调查",
    },
)


def link_surveys(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their keys; nothing is looked up."""
    return [Link(str(row["number"]), addresses.result(str(row["row"])) or "") for row in rows]


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(SURVEY_ANSWERS, "surveys_answers")
    register_row_kind(SURVEY_KIND, "满意度调查", link_surveys)
    register_metric(SATISFACTION)
