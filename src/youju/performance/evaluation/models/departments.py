"""The department as a whole: its points, explained line by line."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.performance.evaluation.lifecycle import DEPARTMENT_STATES, DRAFTED


class DepartmentEvaluation(models.Model):
    """A year of the department (部门整体绩效评价). Computed anew until somebody confirms it; then it stands."""

    target_set = models.ForeignKey("targets.TargetSet", on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField("年度", unique=True)
    unit_name = models.CharField("单位", max_length=200, blank=True)
    money_unit = models.CharField("金额单位", max_length=10)
    goal = models.TextField("总体绩效目标", blank=True)
    done = models.TextField("总体目标完成情况", max_length=4000, blank=True)
    schema = models.CharField("评分办法", max_length=40)
    day = models.DateField("评分所依法律之日")
    total = models.DecimalField("得分", max_digits=6, decimal_places=2)
    grade = models.CharField("等级", max_length=2)
    findings = models.JSONField("发现", default=list, blank=True)
    state = models.CharField("状态", max_length=10, default=DRAFTED)
    made_by = models.CharField("计算人", max_length=64)
    made_at = models.DateTimeField("计算时间", db_default=Now())
    confirmed_by = models.CharField("确认人", max_length=64, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-fiscal_year"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="evaluation_department_state", condition=Q(state__in=list(DEPARTMENT_STATES))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} 年部门整体绩效评价"


class DepartmentLine(models.Model):
    """A line of the explanation. ``project_code`` where it is a project's."""

    department = models.ForeignKey(DepartmentEvaluation, on_delete=models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField("序号")
    part = models.CharField("部分", max_length=10)
    name = models.TextField("内容")
    project_code = models.CharField("项目编码", max_length=64, blank=True)
    weight = models.DecimalField("分值", max_digits=6, decimal_places=2)
    score = models.DecimalField("得分", max_digits=6, decimal_places=2)
    reason = models.TextField("怎样得来")

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="evaluation_department_line", fields=["department", "order"]),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.name}"
