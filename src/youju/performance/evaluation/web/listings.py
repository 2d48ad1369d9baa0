"""What the lists of this room show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.shell.listing import Column, Listing
from youju.foundation.shell.templatetags.shell import badge
from youju.performance.evaluation import addresses
from youju.performance.evaluation.selectors import score_of
from youju.performance.evaluation.web.forms import SelfFilterForm, YearFilterForm
from youju.rules.performance.evaluation.lifecycle import KEY_STATES, STATES

if TYPE_CHECKING:
    from youju.performance.evaluation.models import SelfEvaluation

STATE_TONES = {
    "filling": "plain",
    "submitted": "hint",
    "checked": "hint",
    "approved": "ink",
    "rechecked": "ink",
    "applied": "approved",
}
GRADE_TONES = {"优": "approved", "良": "ink", "中": "warning", "差": "error"}


def state_badge(row: SelfEvaluation) -> SafeString:
    """Its state."""
    return badge(STATES[row.state], STATE_TONES[row.state])


def grade_badge(grade: str) -> SafeString:
    """A grade."""
    return badge(grade, GRADE_TONES.get(grade, "plain")) if grade else format_html("{}", "—")


SELVES = Listing(
    name="selves",
    title="绩效自评",
    columns=(
        Column("year", "年度", value="fiscal_year", sort=("fiscal_year", "order", "pk"), narrow="hide"),
        Column("code", "项目编码", value="project_code", page=False),
        Column("name", "项目名称", value="project_name", sort="project_name", narrow="title",
               href=lambda row: addresses.self_evaluation(str(row.pk))),
        Column("state", "状态", value=lambda row: STATES[row.state], sort="state", draw=state_badge),
        Column("execution", "执行率（%）", value="execution_rate", sort="execution_rate", numeric=True),
        Column("total", "自评得分", value="total", sort="total", numeric=True),
        Column("grade", "自评等级", value="grade", sort="grade", draw=lambda row: grade_badge(row.grade)),
        Column("recheck", "复核得分", value="recheck_total", sort="recheck_total", numeric=True),
        Column("recheck_grade", "复核等级", value="recheck_grade", sort="recheck_grade",
               draw=lambda row: grade_badge(row.recheck_grade)),
        Column("schema", "评分办法", value="schema", sort="schema", narrow="hide"),
        Column("counts", "计入的得分", value=lambda row: score_of(row)[0], page=False, numeric=True),
    ),
    order="-year",
    filter_form=SelfFilterForm,
    export_name="绩效自评",
    empty="还没有自评。在总览页点“开始自评”，为本年度每个项目建立一份。",
)  # fmt: skip
RESULTS = Listing(
    name="results",
    title="结果应用",
    columns=(
        Column("year", "评价年度", value="fiscal_year", sort=("fiscal_year", "pk")),
        Column("applied", "应用年度", value="applied_year", sort="applied_year"),
        Column("code", "项目编码", value="project_code", page=False),
        Column("name", "项目名称", value="evaluation.project_name", sort="evaluation__project_name", narrow="title",
               href=lambda row: addresses.self_evaluation(str(row.evaluation_id))),
        Column("total", "得分", sort="total", numeric=True),
        Column("grade", "等级", sort="grade", draw=lambda row: grade_badge(row.grade)),
        Column("follows", "后果", value="follows_text"),
        Column("note", "说明"),
        Column("by", "登记人", value="decided_name", sort="decided_name"),
        Column("at", "登记时间", value="decided_at", sort="decided_at"),
    ),
    order="-year",
    filter_form=YearFilterForm,
    export_name="评价结果应用",
    empty="还没有应用的结果。财政复核以后，在自评页面点“应用结果”。",
)  # fmt: skip
KEYS = Listing(
    name="keys",
    title="重点评价",
    columns=(
        Column("year", "年度", value="fiscal_year", sort=("fiscal_year", "pk")),
        Column("code", "项目编码", value="project_code", page=False),
        Column("name", "项目名称", value="project_name", sort="project_name", narrow="title",
               href=lambda row: addresses.key_evaluation(str(row.pk))),
        Column("experts", "专家", value=lambda row: "、".join(row.experts)),
        Column("total", "得分", sort="total", numeric=True),
        Column("grade", "等级", sort="grade", draw=lambda row: grade_badge(row.grade)),
        Column("state", "状态", value=lambda row: KEY_STATES[row.state], sort="state"),
    ),
    order="-year",
    filter_form=YearFilterForm,
    export_name="重点评价",
    empty="还没有重点评价。选一个项目，用四部分框架请专家打分。",
)  # fmt: skip
