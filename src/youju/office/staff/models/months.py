"""A month of dispatched staff, and each person in it, version by version."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.office.staff.lifecycle import AWAITED, CLOSED, STATES


class StaffMonth(models.Model):
    """A month; its lines come by import, another person than who imported closes it."""

    month = models.DateField("月份", unique=True)
    state = models.CharField("状态", max_length=10, default=AWAITED)
    imported_by = models.CharField("导入人", max_length=64, blank=True)
    imported_at = models.DateTimeField("导入时间", null=True, blank=True)
    closed_by = models.CharField("关闭人", max_length=64, blank=True)
    closed_name = models.CharField("关闭人姓名", max_length=100, blank=True)
    closed_on = models.DateField("关闭日期", null=True, blank=True)
    batch = models.CharField("最近的导入批次", max_length=40, blank=True)
    reopened = models.PositiveSmallIntegerField("重新开放次数", default=0)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [
            models.CheckConstraint(name="staff_month_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(name="staff_month_state", condition=Q(state__in=list(STATES))),
            models.CheckConstraint(
                name="staff_month_closed",
                condition=Q(state=CLOSED, closed_on__isnull=False) & ~Q(closed_by="")
                | ~Q(state=CLOSED) & Q(closed_on=None, closed_by=""),
            ),
            models.CheckConstraint(
                name="staff_month_two_people",
                condition=Q(closed_by="") | ~Q(closed_by=F("imported_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} 派遣人员"


class StaffLine(models.Model):
    """A dispatched person's month in one version; wages in CNY. ``person`` is a code: no name, no number of a document.

    A correction adds a version; the one that it stands for is kept with ``current`` false.
    """

    sheet = models.ForeignKey(StaffMonth, on_delete=models.PROTECT, related_name="lines")
    month = models.DateField("月份")
    person = models.CharField("人员代码", max_length=20)
    position = models.CharField("岗位", max_length=40)
    section = models.CharField("科室", max_length=4)
    contract = models.CharField("派遣合同编号", max_length=40)
    agency = models.CharField("派遣单位", max_length=100)
    project = models.CharField("项目编码", max_length=30, blank=True)
    due_on = models.DateField("应发日期")
    due = models.DecimalField("应发工资（元）", max_digits=12, decimal_places=2)
    paid = models.DecimalField("实发工资（元）", max_digits=12, decimal_places=2, default=0)
    paid_on = models.DateField("实发日期", null=True, blank=True)
    on_payroll = models.BooleanField("在岗", default=True)
    version = models.PositiveSmallIntegerField("版本", default=1)
    current = models.BooleanField("现行", default=True)
    reason = models.CharField("更正理由", max_length=500, blank=True)
    batch = models.CharField("导入批次", max_length=40, blank=True)
    ended_batch = models.CharField("被哪一批代替", max_length=40, blank=True)
    created_by = models.CharField("登记人", max_length=64)
    created_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-month", "pk"]
        indexes: ClassVar = [
            models.Index(name="staff_line_latest", fields=["-month", "id"], condition=Q(current=True)),
            models.Index(name="staff_line_person", fields=["person", "month", "version"]),
            models.Index(name="staff_line_batch", fields=["batch"], condition=~Q(batch="")),
            models.Index(
                name="staff_line_unpaid", fields=["due_on"], condition=Q(current=True, paid__lt=F("due"))
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="staff_line_once", fields=["month", "person"], condition=Q(current=True)
            ),
            models.UniqueConstraint(name="staff_line_version", fields=["month", "person", "version"]),
            models.CheckConstraint(
                name="staff_line_paid", condition=Q(due__gte=0, paid__gte=0, paid__lte=F("due"))
            ),
            models.CheckConstraint(
                name="staff_line_paid_on",
                condition=Q(paid=0, paid_on=None) | Q(paid__gt=0, paid_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.person}"


class Reminder(models.Model):
    """That a month was not imported in time, or that wages are not paid: said once for each (催办)."""

    rule = models.CharField("规则", max_length=7)
    month = models.DateField("月份")
    person = models.CharField("人员代码", max_length=20, blank=True)
    message = models.CharField("内容", max_length=300)
    made_on = models.DateField("提醒日期")

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-made_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="staff_reminder_once", fields=["rule", "month", "person"])
        ]

    def __str__(self) -> str:
        return self.message
