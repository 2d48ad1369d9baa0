"""What people do in evaluations, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.performance.evaluation.lifecycle import DEPARTMENT_KIND, KEY_KIND, SELF_KIND

if TYPE_CHECKING:
    from youju.performance.evaluation.models import DepartmentEvaluation, KeyEvaluation, SelfEvaluation

OPENED = verb("evaluation.year.opened", "开始了绩效自评")
FILLED = verb("evaluation.self.filled", "填报了自评")
FROZEN = verb("evaluation.self.frozen", "冻结了完成值并打分")
THAWED = verb("evaluation.self.thawed", "退回后解除了冻结")
REDUCED = verb("evaluation.row.reduced", "决定调减得分")
RECHECKED = verb("evaluation.self.rechecked", "登记了复核得分")
APPLIED = verb("evaluation.result.applied", "应用了评价结果")
EVIDENCE = verb("evaluation.self.evidence", "附上了佐证材料")
DEPARTMENT = verb("evaluation.department.made", "计算了部门整体评价")
KEY_OPENED = verb("evaluation.key.opened", "开始了重点评价")
KEY_FRAMED = verb("evaluation.key.framed", "修改了重点评价的权重")
KEY_SCORED = verb("evaluation.key.scored", "登记了专家打分")
KEY_WRITTEN = verb("evaluation.key.written", "填写了重点评价意见")
PACKED = verb("evaluation.pack.asked", "申请了证据包")
DOWNLOADED = verb("evaluation.document.downloaded", "下载了评价文书", reads=True)
LOADED = verb("evaluation.demo.loaded", "载入了示例评价")
YEAR_KIND, PACK_KIND, DEMO_KIND = "evaluation.year", "evaluation.pack", "evaluation.demo"

FIELDS = {
    "project_code": "项目编码",
    "project_name": "项目名称",
    "fiscal_year": "年度",
    "schema": "评分办法",
    "done": "目标实际完成情况",
    "execution_reason": "预算执行情况说明",
    "total": "得分",
    "grade": "等级",
    "execution_score": "执行率得分",
    "figures": "冻结的数",
    "row": "行号",
    "cause": "偏差原因",
    "improvement": "改进措施",
    "tier": "分档",
    "tier_rate": "得分率（%）",
    "weight": "分值",
    "reduction_rate": "调减（%）",
    "reduction_reason": "调减理由",
    "recheck_total": "复核得分",
    "recheck_grade": "复核等级",
    "recheck_note": "复核意见",
    "own_score": "复核得分",
    "own_reason": "复核理由",
    "follows": "后果",
    "applied_year": "应用年度",
    "note": "说明",
    "expert": "专家",
    "score": "打分",
    "state": "状态",
    "file": "文件",
    "count": "件数",
    "rows": "行",
    "experience": "经验",
    "problems": "问题及原因",
    "advice": "建议",
}
"""The Chinese names of what the trail keeps of this room."""


def self_subject(row: SelfEvaluation) -> Subject:
    """A self-evaluation as trail and workflow name it."""
    return Subject(SELF_KIND, str(row.pk), f"{row.fiscal_year} 年自评 {row.project_name}"[:300])


def year_subject(year: int) -> Subject:
    """A year's evaluation as the trail names it."""
    return Subject(YEAR_KIND, str(year), f"{year} 年绩效评价")


def department_subject(row: DepartmentEvaluation) -> Subject:
    """The department's year as trail and workflow name it."""
    return Subject(DEPARTMENT_KIND, str(row.fiscal_year), str(row))


def key_subject(row: KeyEvaluation) -> Subject:
    """A key evaluation as trail and workflow name it."""
    return Subject(KEY_KIND, str(row.pk), str(row)[:300])


def pack_subject(year: int) -> Subject:
    """A year's evidence packs as the trail names them."""
    return Subject(PACK_KIND, str(year), f"{year} 年绩效评价证据包")
