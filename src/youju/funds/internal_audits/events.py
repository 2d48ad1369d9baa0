"""What people do in internal supervision, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.funds.internal_audits.lifecycle import (
    ENGAGEMENT_KIND,
    FINDING_KIND,
    ITEM_KIND,
    PLAN_KIND,
    SAMPLE_KIND,
)

if TYPE_CHECKING:
    from youju.funds.internal_audits.models import Engagement, Finding, Plan, Sample, SampleItem

PLANNED = verb("internal_audits.plan.drafted", "起草了监督计划")
PLAN_CHANGED = verb("internal_audits.plan.changed", "修改了监督计划")
ITEM_ADDED = verb("internal_audits.plan.extended", "加入了监督项目")
ITEM_REMOVED = verb("internal_audits.plan.shortened", "删去了监督项目")
OPENED = verb("internal_audits.engagement.opened", "开始了监督项目")
ENDED = verb("internal_audits.engagement.ended", "结束了监督项目")
DRAWN = verb("internal_audits.sample.drawn", "抽取了样本")
POPULATION_TAKEN = verb("internal_audits.sample.downloaded", "下载了抽样总体", reads=True)
EXAMINED = verb("internal_audits.item.examined", "写了工作底稿")
PAPER = verb("internal_audits.item.paper", "附上了底稿文件")
FOUND = verb("internal_audits.finding.registered", "登记了监督发现的问题")
CHANGED = verb("internal_audits.finding.changed", "修改了监督发现的问题")
EVIDENCE = verb("internal_audits.finding.evidence", "附上了整改证明")
REMINDED = verb("internal_audits.finding.reminded", "催办了整改")
NOTICE_TAKEN = verb("internal_audits.finding.downloaded", "下载了整改通知书", reads=True)
LIST_TAKEN = verb("internal_audits.list.downloaded", "下载了问题清单", reads=True)
LOADED = verb("internal_audits.demo.loaded", "载入了示例内部监督")
DEMO_KIND, LIST_KIND = "internal_audits.demo", "internal_audits.list"

FIELDS = {
    "number": "编号", "year": "年度", "title": "名称", "themes": "主题", "theme": "主题", "note": "说明",
    "sections": "科室", "section": "责任科室", "project": "资金项目编码", "lead": "负责人", "team": "参加人员",
    "starts_on": "开始日期", "ends_on": "终止日期", "opened_on": "进点日期", "ended_on": "结束日期",
    "conclusion": "结论", "population": "总体", "since": "总体起始日期", "until": "总体终止日期", "seed": "种子",
    "size": "样本量", "hash": "总体校验值", "count": "件数", "total": "总体金额（元）", "examined": "查了什么",
    "category": "类别", "seriousness": "严重程度", "basis": "依据", "amount": "问题金额（元）",
    "description": "情况", "suggestion": "整改要求", "record": "关联的记录", "found_on": "发现日期",
    "noticed_on": "通知日期", "due_on": "整改期限", "reply": "整改情况", "reopened": "重新打开次数", "state": "状态",
    "rule": "规则", "file": "文件", "batch": "导入批次",
}  # fmt: skip
"""The Chinese names of what the trail keeps of this room."""


def plan_subject(row: Plan) -> Subject:
    """A plan as the trail and the workflow name it: by its year."""
    return Subject(PLAN_KIND, str(row.year), str(row))


def engagement_subject(row: Engagement) -> Subject:
    """An engagement as the trail names it."""
    return Subject(ENGAGEMENT_KIND, str(row.pk), row.number)


def sample_subject(row: Sample) -> Subject:
    """A sample as the trail names it."""
    return Subject(SAMPLE_KIND, str(row.pk), row.number)


def item_subject(row: SampleItem) -> Subject:
    """The working paper of a sampled item; needs the sample."""
    return Subject(ITEM_KIND, str(row.pk), f"{row.sample.number}-{row.place} {row.label}"[:200])


def finding_subject(row: Finding) -> Subject:
    """A finding as the trail, the workflow and payments name it: by its number."""
    return Subject(FINDING_KIND, row.number, str(row))
