"""The projects of a set: head, plan, goals, indicator rows, and which sub-goals they serve."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from youju.performance.targets.models.fields import PrintedNumber
from youju.performance.targets.models.sets import Subgoal, TargetSet
from youju.rules.performance.targets.facts import Kind


class Project(models.Model):
    """One project table (项目绩效目标表). Amounts are in the set's money unit; NULL is a blank, never zero.

    ``revision`` counts the saved changes of the table: a save that started from an older one is refused.
    """

    target_set = models.ForeignKey(TargetSet, on_delete=models.CASCADE, related_name="projects")
    order = models.PositiveSmallIntegerField("序号")
    code = models.CharField("项目编码", max_length=64)
    name = models.TextField("项目名称")
    budget = PrintedNumber("预算数", null=True, blank=True)
    fiscal = PrintedNumber("其中：财政资金", null=True, blank=True)
    other = PrintedNumber("其他资金", null=True, blank=True)
    purpose = models.TextField("资金用途", blank=True)
    revision = models.PositiveIntegerField("修订次数", default=0)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_project_code", fields=["target_set", "code"]),
            models.UniqueConstraint(name="targets_project_order", fields=["target_set", "order"]),
            models.CheckConstraint(name="targets_project_order_from_one", condition=Q(order__gte=1)),
            models.CheckConstraint(name="targets_project_has_code", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PlanPoint(models.Model):
    """Spending planned up to the end of a month, cumulative; NULL is a blank cell."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="plan")
    month = models.CharField("月份", max_length=2)
    amount = PrintedNumber("累计支出计划", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["month"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_plan_month_once", fields=["project", "month"]),
            models.CheckConstraint(name="targets_plan_month", condition=Q(month__regex=r"^(0[1-9]|1[0-2])$")),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.amount}"


class ProjectGoal(models.Model):
    """One entry of a project's goal, its printed number kept."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="goals")
    order = models.PositiveSmallIntegerField("序号")
    text = models.TextField("绩效目标")

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_goal_order", fields=["project", "order"]),
            models.CheckConstraint(name="targets_goal_order_from_one", condition=Q(order__gte=1)),
        ]

    def __str__(self) -> str:
        return self.text


class Indicator(models.Model):
    """One row of a project's table; ``raw_value`` stands as printed, the other value columns are taken from it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="indicators")
    order = models.PositiveSmallIntegerField("行号")
    level1 = models.TextField("一级指标", blank=True)
    level2 = models.TextField("二级指标", blank=True)
    level3 = models.TextField("三级指标", blank=True)
    description = models.TextField("绩效指标描述", blank=True)
    raw_value = models.TextField("指标值", blank=True)
    kind = models.CharField("类型", max_length=12)
    operator = models.CharField("比较符", max_length=1, null=True, blank=True)
    number = PrintedNumber("数值", null=True, blank=True)
    unit = models.TextField("计量单位", null=True, blank=True)
    basis = models.TextField("指标值确定依据", blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_indicator_order", fields=["project", "order"]),
            models.CheckConstraint(name="targets_indicator_order_from_one", condition=Q(order__gte=1)),
            models.CheckConstraint(
                name="targets_indicator_kind", condition=Q(kind__in=[kind.value for kind in Kind])
            ),
            models.CheckConstraint(
                name="targets_indicator_operator",
                condition=Q(operator__isnull=True) | Q(operator__in=["≥", "≤", "=", ">", "<"]),
            ),
            models.CheckConstraint(
                name="targets_indicator_only_quantities_have_parts",
                condition=Q(kind=Kind.QUANTITATIVE.value)
                | Q(operator__isnull=True, number__isnull=True, unit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.level3} {self.raw_value}"


class ProjectSubgoal(models.Model):
    """A project serves a sub-goal of its own set."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="serves")
    subgoal = models.ForeignKey(Subgoal, on_delete=models.CASCADE, related_name="served_by")

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["subgoal__order"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_serves_once", fields=["project", "subgoal"])
        ]

    def __str__(self) -> str:
        return f"{self.project_id} → {self.subgoal_id}"
