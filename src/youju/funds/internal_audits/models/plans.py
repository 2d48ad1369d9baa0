"""The yearly plan of internal supervision, its projects, and the engagements that carry them out."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.funds.internal_audits.lifecycle import APPROVED, DRAFT, PLAN_STATES


class Plan(models.Model):
    """What internal supervision looks at in a year (年度监督计划); one a year, approved by the head."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    title = models.CharField("名称", max_length=100)
    themes = ArrayField(models.CharField(max_length=40), verbose_name="主题", default=list, blank=True)
    note = models.CharField("说明", max_length=1000, blank=True)
    state = models.CharField("状态", max_length=12, default=DRAFT)
    revision = models.PositiveIntegerField("修改次数", default=0)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    approved_by = models.CharField("批准人", max_length=64, blank=True)
    approved_name = models.CharField("批准人姓名", max_length=100, blank=True)
    created_by = models.CharField("起草人", max_length=64)
    created_at = models.DateTimeField("起草时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="internal_audits_plan_year", condition=Q(year__gte=2000, year__lte=2100)
            ),
            models.CheckConstraint(
                name="internal_audits_plan_state", condition=Q(state__in=list(PLAN_STATES))
            ),
            models.CheckConstraint(
                name="internal_audits_plan_approved",
                condition=~Q(state=APPROVED) | Q(approved_on__isnull=False) & ~Q(approved_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


class PlanItem(models.Model):
    """A project of a plan: its theme, the sections and funded project looked at, who does it and when (both days included)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField("序号")
    theme = models.CharField("主题", max_length=40)
    title = models.CharField("项目", max_length=100)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="科室", default=list, blank=True)
    project = models.CharField("资金项目编码", max_length=30, blank=True)
    lead = models.CharField("负责人", max_length=64)
    lead_name = models.CharField("负责人姓名", max_length=100)
    team = models.CharField("参加人员", max_length=200, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("终止日期")
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["plan", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="internal_audits_item_place", fields=["plan", "place"]),
            models.CheckConstraint(
                name="internal_audits_item_days", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}-{self.place} {self.title}"


class Engagement(models.Model):
    """A planned project as it is carried out (监督项目): begun, with samples and findings, ended with a conclusion."""

    item = models.OneToOneField(PlanItem, on_delete=models.PROTECT, related_name="engagement")
    number = models.CharField("编号", max_length=20, unique=True)
    opened_on = models.DateField("进点日期")
    opened_by = models.CharField("立项人", max_length=64)
    ended_on = models.DateField("结束日期", null=True, blank=True)
    conclusion = models.CharField("结论", max_length=2000, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-opened_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="internal_audits_engagement_ended",
                condition=Q(ended_on=None, conclusion="")
                | Q(ended_on__gte=F("opened_on")) & ~Q(conclusion=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Series(models.Model):
    """The last number given under a prefix and a year; its row is locked while the next is taken."""

    code = models.CharField("前缀和年份", max_length=8, primary_key=True)
    last = models.PositiveIntegerField("最后一个序号", default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} {self.last}"
