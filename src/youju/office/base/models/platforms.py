"""Public-service platform projects and their milestones."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from youju.office.base.models.records import Record
from youju.rules.office.base.kinds import KIND_NAMES, PLATFORMS
from youju.rules.office.base.lifecycle import ACCEPTED, PLANNED, STATES


class Platform(Record):
    """A platform project: what supports it in CNY, its state, delivered by one and accepted by another."""

    starts_on = models.DateField("开始日期")
    due_on = models.DateField("完成期限")
    amount = models.DecimalField("支持金额（元）", max_digits=18, decimal_places=2)
    project = models.CharField("项目编码", max_length=30, blank=True)
    state = models.CharField("状态", max_length=10, default=PLANNED)
    delivered_on = models.DateField("提交验收日期", null=True, blank=True)
    delivered_by = models.CharField("提交人", max_length=64, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    accepted_by = models.CharField("验收人", max_length=64, blank=True)
    accepted_name = models.CharField("验收人姓名", max_length=100, blank=True)
    refusals = models.PositiveSmallIntegerField("未通过次数", default=0)
    refused_why = models.CharField("未通过的理由", max_length=2000, blank=True)
    reminded_on = models.DateField("逾期提醒日期", null=True, blank=True)

    class Meta(Record.Meta):
        ordering: ClassVar = ["-starts_on", "pk"]
        indexes: ClassVar = [
            models.Index(name="base_platform_latest", fields=["-starts_on", "id"]),
            models.Index(name="base_platform_due", fields=["state", "due_on"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="base_platform_kind", condition=Q(kind__in=list(KIND_NAMES[PLATFORMS]))
            ),
            models.CheckConstraint(name="base_platform_days", condition=Q(due_on__gte=F("starts_on"))),
            models.CheckConstraint(name="base_platform_amount", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="base_platform_state", condition=Q(state__in=list(STATES))),
            models.CheckConstraint(
                name="base_platform_two_people",
                condition=Q(accepted_by="") | ~Q(accepted_by=F("delivered_by")),
            ),
            models.CheckConstraint(
                name="base_platform_accepted",
                condition=Q(state=ACCEPTED, accepted_on__isnull=False, delivered_on__isnull=False)
                & ~Q(accepted_by="")
                | Q(accepted_on=None, accepted_by="") & ~Q(state=ACCEPTED),
            ),
        ]


class Milestone(models.Model):
    """A step of a platform project: by when, and when it was done."""

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="milestones")
    place = models.PositiveSmallIntegerField("序号")
    title = models.CharField("节点", max_length=100)
    due_on = models.DateField("期限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_by = models.CharField("登记人", max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["platform", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="base_milestone_place", fields=["platform", "place"])
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.title}"
