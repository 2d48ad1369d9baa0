"""A project of a year, where its money comes from, and the one row in which its money is counted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.funds.projects.lifecycle import SOURCES


class Project(models.Model):
    """A project with a budget in a fiscal year. ``code_year`` is the year in its code; an older one is carried over (结转).

    ``revision`` counts the saved changes: a save that started from an older one is refused.
    """

    class State(models.TextChoices):
        """Whether money may still be asked for."""

        ACTIVE = "active", "执行中"
        CLOSED = "closed", "已结束"

    year = models.PositiveSmallIntegerField("年度")
    code = models.CharField("项目编码", max_length=64)
    name = models.TextField("项目名称")
    purpose = models.TextField("资金用途", blank=True)
    unit_code = models.CharField("单位编码", max_length=20, blank=True)
    unit_name = models.CharField("单位名称", max_length=100, blank=True)
    section = models.CharField("责任科室", max_length=40, blank=True)
    manager = models.CharField("负责人", max_length=50, blank=True)
    code_year = models.PositiveSmallIntegerField("编码年度", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.ACTIVE)
    order = models.PositiveSmallIntegerField("序号", default=1)
    origin = models.CharField("来自", max_length=60, blank=True)
    revision = models.PositiveIntegerField("修订次数", default=0)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-year", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="projects_project_once", fields=["year", "code"]),
            models.CheckConstraint(name="projects_project_has_code", condition=~Q(code="") & ~Q(name="")),
            models.CheckConstraint(
                name="projects_project_state", condition=Q(state__in=["active", "closed"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def carried(self) -> bool:
        """Whether its code is of an earlier year: money carried over."""
        return self.code_year is not None and self.code_year < self.year


class Source(models.Model):
    """A source of a project's money at the beginning of the year (年初预算), in CNY."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField("来源", max_length=8, choices=list(SOURCES.items()))
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    document_number = models.CharField("文号", max_length=60, blank=True)
    from_year = models.PositiveSmallIntegerField("结转自", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="projects_source_once", fields=["project", "kind"]),
            models.CheckConstraint(
                name="projects_source_kind", condition=Q(kind__in=list(SOURCES), amount__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.amount}"


class Ledger(models.Model):
    """What a project has, has set aside and has spent, in CNY. One row a project; triggers alone write it.

    ``initial`` follows the sources, ``budget`` sources and approved adjustments, ``reserved`` and ``paid`` what payments do,
    each in the statement of the change. So nothing that is written anywhere can let the sums drift, and a payment above the
    budget is refused by the database itself.
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, primary_key=True, related_name="ledger")
    initial = models.DecimalField("年初预算", max_digits=16, decimal_places=2, default=0)
    budget = models.DecimalField("调整后预算", max_digits=16, decimal_places=2, default=0)
    reserved = models.DecimalField("在途", max_digits=16, decimal_places=2, default=0)
    paid = models.DecimalField("已付", max_digits=16, decimal_places=2, default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="projects_ledger_not_negative",
                condition=Q(initial__gte=0, budget__gte=0, reserved__gte=0, paid__gte=0),
            ),
            models.CheckConstraint(
                name="projects_ledger_within_budget",
                condition=Q(budget__gte=F("reserved") + F("paid")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.budget} − {self.reserved} − {self.paid}"
