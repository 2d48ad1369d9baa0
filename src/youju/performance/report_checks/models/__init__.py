"""A report that was held against the data, with what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.performance.report_checks.states import STATES, WAITING


class ReportCheck(models.Model):
    """One run (核对) over one file and one year's data.

    ``facts`` are the facts as they were; ``result`` holds passages and verdicts (``rules…codec``). ``follows`` is the run of the
    same file before this one, ``changes`` what became different since.
    """

    number = models.CharField("编号", max_length=24, unique=True)
    name = models.CharField("文件", max_length=200)
    sha256 = models.CharField("文件校验值", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField("状态", max_length=8, default=WAITING)
    fault = models.CharField("没有读成的原因", max_length=400, blank=True)
    figures = models.PositiveIntegerField("数字", default=0)
    agrees = models.PositiveIntegerField("相符", default=0)
    disagrees = models.PositiveIntegerField("不符", default=0)
    unjudged = models.PositiveIntegerField("不能判断", default=0)
    facts = models.JSONField("核对时的数据", default=dict)
    facts_hash = models.CharField("数据校验值", max_length=64, blank=True)
    policy_hash = models.CharField("政策校验值", max_length=64, blank=True)
    result = models.JSONField("结果", default=dict)
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name="上一次核对",
    )
    changes = models.JSONField("和上一次的不同", default=list)
    run = models.UUIDField("任务", null=True, blank=True)
    made_by = models.CharField("核对人账号", max_length=64)
    made_name = models.CharField("核对人", max_length=50)
    made_at = models.DateTimeField("核对时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="report_checks_year", fields=["year", "-id"]),
            models.Index(name="report_checks_file", fields=["sha256", "year"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="report_checks_state", condition=Q(state__in=list(STATES))),
            models.CheckConstraint(
                name="report_checks_counts",
                condition=Q(figures=models.F("agrees") + models.F("disagrees") + models.F("unjudged")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
