"""A project's self-evaluation of a year, and its money as the form shows it."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.performance.evaluation.lifecycle import FILLING, FROZEN, STATES

SHA256 = r"^([0-9a-f]{64})?$"
_FUNDS = ("total", "fiscal", "carried", "other")


def points(label: str) -> models.DecimalField[float | str | Decimal | None, Decimal | None]:
    """A field of points to the hundredth, blank while nothing is scored."""
    return models.DecimalField(label, max_digits=6, decimal_places=2, null=True, blank=True)


class SelfEvaluation(models.Model):
    """One project of a set of targets, evaluated for its fiscal year by the schema ``schema``.

    ``state`` follows the workflow's case. From the submission on figures, points and total stand frozen: ``day`` is the day whose
    law scored them, ``policy_hash`` the law. Totals are points of 100; ``recheck_*`` are those of finance. ``unit`` is the money
    unit of the set; a project's money is in it. ``revision`` counts the saved changes of what people fill in.
    """

    target_set = models.ForeignKey("targets.TargetSet", on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    project_code = models.CharField("项目编码", max_length=64)
    project_name = models.TextField("项目名称")
    unit_name = models.CharField("单位", max_length=200, blank=True)
    money_unit = models.CharField("金额单位", max_length=10)
    order = models.PositiveSmallIntegerField("序号")
    schema = models.CharField("评分办法", max_length=40)
    goals = models.TextField("预期目标", blank=True)
    done = models.TextField("目标实际完成情况", max_length=4000, blank=True)
    execution_reason = models.TextField("预算执行情况说明", max_length=2000, blank=True)
    state = models.CharField("状态", max_length=10, default=FILLING)
    revision = models.PositiveIntegerField("修订次数", default=0)
    day = models.DateField("评分所依法律之日", null=True, blank=True)
    policy_hash = models.CharField("评分所依政策校验值", max_length=64, blank=True)
    until = models.DateField("数据截至", null=True, blank=True)
    execution_rate = models.DecimalField(
        "预算执行率（%）", max_digits=9, decimal_places=2, null=True, blank=True
    )
    execution_weight = points("执行率分值")
    execution_score = points("执行率得分")
    total = points("自评得分")
    grade = models.CharField("自评等级", max_length=2, blank=True)
    warnings = models.JSONField("预警", default=list, blank=True)
    recheck_total = points("复核得分")
    recheck_grade = models.CharField("复核等级", max_length=2, blank=True)
    recheck_note = models.TextField("复核意见", max_length=2000, blank=True)
    submitted_by = models.CharField("提交人", max_length=64, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    approved_by = models.CharField("批准人", max_length=64, blank=True)
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    rechecked_by = models.CharField("复核人", max_length=64, blank=True)
    rechecked_at = models.DateTimeField("复核时间", null=True, blank=True)
    opened_by = models.CharField("开始人", max_length=64, blank=True)
    opened_at = models.DateTimeField("开始时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-fiscal_year", "order", "pk"]
        indexes: ClassVar = [
            models.Index(name="evaluation_self_order", fields=["-fiscal_year", "order", "id"]),
            models.Index(name="evaluation_self_state", fields=["state", "-fiscal_year"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="evaluation_self_once", fields=["fiscal_year", "project_code"]),
            models.CheckConstraint(name="evaluation_self_state_known", condition=Q(state__in=list(STATES))),
            models.CheckConstraint(
                name="evaluation_self_frozen",
                condition=Q(state=FILLING)
                | Q(state__in=FROZEN, total__isnull=False, day__isnull=False) & ~Q(grade=""),
            ),
            models.CheckConstraint(
                name="evaluation_self_total",
                condition=Q(total=None) | Q(total__gte=0, total__lte=100),
            ),
            models.CheckConstraint(
                name="evaluation_self_two_people",
                condition=Q(approved_by="") | ~Q(approved_by=models.F("submitted_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} 年 {self.project_name}"


class Fund(models.Model):
    """A row of the form's money (年度资金总额 or one source), in the evaluation's money unit; frozen with it."""

    evaluation = models.ForeignKey(SelfEvaluation, on_delete=models.CASCADE, related_name="funds")
    kind = models.CharField("来源", max_length=8)
    initial = models.DecimalField("年初预算数", max_digits=18, decimal_places=6)
    adjusted = models.DecimalField("全年预算数", max_digits=18, decimal_places=6)
    executed = models.DecimalField("全年执行数", max_digits=18, decimal_places=6)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="evaluation_fund_once", fields=["evaluation", "kind"]),
            models.CheckConstraint(name="evaluation_fund_kind", condition=Q(kind__in=_FUNDS)),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.kind}"
