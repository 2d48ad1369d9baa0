"""When a project means to spend, and the steps of its procurement."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from youju.funds.projects.models.projects import Project
from youju.rules.funds.projects.lifecycle import PLAN_MONTHS, STEPS


class PlanPoint(models.Model):
    """Spending planned up to the end of a month, cumulative, in CNY; NULL is a blank, never zero."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="plan")
    month = models.CharField("月份", max_length=2)
    amount = models.DecimalField("累计支出计划（元）", max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["month"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="projects_plan_month_once", fields=["project", "month"]),
            models.CheckConstraint(name="projects_plan_month", condition=Q(month__in=list(PLAN_MONTHS))),
            models.CheckConstraint(name="projects_plan_amount", condition=Q(amount=None) | Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.amount}"


class Step(models.Model):
    """A step of procurement: when it was planned, when it was done, on which document. A 合同 is a contract with its supplier.

    ``amount`` and ``supplier`` are a contract's alone; several contracts are several rows.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField("步骤", max_length=12, choices=list(STEPS.items()))
    planned_on = models.DateField("计划日期", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    document_number = models.CharField("文号或合同编号", max_length=60, blank=True)
    supplier = models.CharField("供应商", max_length=100, blank=True)
    amount = models.DecimalField("合同金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    note = models.CharField("说明", max_length=400, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="projects_step_kind", condition=Q(kind__in=list(STEPS))),
            models.CheckConstraint(
                name="projects_step_contract",
                condition=Q(kind="contract") | Q(supplier="", amount=None),
            ),
            models.CheckConstraint(name="projects_step_amount", condition=Q(amount=None) | Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_number}"
