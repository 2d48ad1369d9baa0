"""Audits of targets: the marks of the system as they were computed, the auditor's beside them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.performance.proposals.lifecycle import AUDIT_STATES, OPEN
from youju.rules.performance.proposals.marks import BAND_WORDS, ITEMS


def points(label: str, *, blank: bool = False) -> models.DecimalField:  # type: ignore[type-arg]
    """Points of a hundred."""
    return models.DecimalField(label, max_digits=5, decimal_places=1, null=blank, blank=blank)


class Audit(models.Model):
    """An audit (绩效目标审核) of a version of targets; ``results`` are last year's grades by project code."""

    number = models.CharField("编号", max_length=20, unique=True)
    year = models.PositiveSmallIntegerField("年度")
    target_set = models.PositiveBigIntegerField("绩效目标的键")
    target_version = models.PositiveIntegerField("绩效目标版本")
    unit_key = models.CharField("单位", max_length=200)
    unit_name = models.CharField("单位名称", max_length=200, blank=True)
    total = points("系统评分")
    band = models.CharField("系统等级", max_length=2)
    marked = points("审核人评分", blank=True)
    marked_band = models.CharField("审核等级", max_length=2, blank=True)
    results = models.JSONField("上年自评结果", default=dict)
    policy_hash = models.CharField("政策校验值", max_length=64)
    as_of = models.DateField("适用规则的日期")
    state = models.CharField("状态", max_length=12, default=OPEN)
    opinion = models.CharField("审核意见", max_length=2000, blank=True)
    made_by = models.CharField("审核人", max_length=64)
    made_name = models.CharField("审核人姓名", max_length=100)
    made_at = models.DateTimeField("审核时间", db_default=Now())
    concluded_by = models.CharField("出具人", max_length=64, blank=True)
    concluded_name = models.CharField("出具人姓名", max_length=100, blank=True)
    concluded_on = models.DateField("出具日期", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(name="proposals_audit_made", fields=["-made_at", "-id"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="proposals_audit_state", condition=Q(state__in=list(AUDIT_STATES))),
            models.CheckConstraint(
                name="proposals_audit_band",
                condition=Q(band__in=list(BAND_WORDS)) & Q(marked_band__in=["", *BAND_WORDS]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.year} 年绩效目标第 {self.target_version} 版审核"


class AuditMark(models.Model):
    """An item of an audit: the system's score with its reason, and the auditor's mark where it differs with why."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="marks")
    place = models.PositiveSmallIntegerField("序号")
    item = models.CharField("小项", max_length=12)
    full = points("分值")
    score = points("系统评分")
    reason = models.TextField("系统评分的理由")
    mark = points("审核人评分", blank=True)
    why = models.CharField("评分的理由", max_length=500, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["audit", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="proposals_mark_once", fields=["audit", "item"]),
            models.CheckConstraint(name="proposals_mark_item", condition=Q(item__in=list(ITEMS))),
            models.CheckConstraint(
                name="proposals_mark_within", condition=Q(mark=None) | Q(mark__gte=0, mark__lte=F("full"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id} {self.item}"
