"""Rectification orders with their replies, and suspensions of payment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.performance.monitoring.models.rounds import MonitoredProject, MonitoredRow
from youju.rules.performance.monitoring.lifecycle import ISSUED, OPEN, ORDER_STATES, VERIFIED


class Order(models.Model):
    """A rectification order (整改通知) from a project or one of its rows; ``row`` is ``None`` for the budget's execution."""

    number = models.CharField("编号", max_length=20, unique=True)
    project = models.ForeignKey(MonitoredProject, on_delete=models.PROTECT, related_name="orders")
    row = models.ForeignKey(
        MonitoredRow, on_delete=models.PROTECT, related_name="orders", null=True, blank=True
    )
    title = models.CharField("问题", max_length=100)
    requirement = models.CharField("整改要求", max_length=1000)
    section = models.CharField("责任科室", max_length=8)
    state = models.CharField("状态", max_length=12, default=ISSUED)
    issued_on = models.DateField("下达日期")
    issued_by = models.CharField("下达人", max_length=64)
    issued_name = models.CharField("下达人姓名", max_length=100)
    due_on = models.DateField("整改期限")
    replied_on = models.DateField("回复日期", null=True, blank=True)
    replied_by = models.CharField("回复人", max_length=64, blank=True)
    verified_on = models.DateField("核实日期", null=True, blank=True)
    verified_by = models.CharField("核实人", max_length=64, blank=True)
    verified_name = models.CharField("核实人姓名", max_length=100, blank=True)
    turn = models.PositiveSmallIntegerField("整改轮次", default=1)
    revision = models.PositiveIntegerField("修改次数", default=0)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-issued_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="monitoring_issued", fields=["-issued_on", "-id"]),
            models.Index(name="monitoring_due", fields=["due_on"], condition=Q(state__in=list(OPEN))),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="monitoring_order_state", condition=Q(state__in=list(ORDER_STATES))),
            models.CheckConstraint(name="monitoring_order_days", condition=Q(due_on__gte=F("issued_on"))),
            models.CheckConstraint(
                name="monitoring_two_people", condition=Q(verified_by="") | ~Q(verified_by=F("replied_by"))
            ),
            models.CheckConstraint(
                name="monitoring_order_verified",
                condition=~Q(state=VERIFIED) | Q(verified_on__isnull=False) & ~Q(verified_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Reply(models.Model):
    """What a section answered to an order in a turn (整改回复); each stays."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="replies")
    turn = models.PositiveSmallIntegerField("整改轮次")
    text = models.CharField("整改情况", max_length=2000)
    by = models.CharField("回复人", max_length=64)
    by_name = models.CharField("回复人姓名", max_length=100)
    at = models.DateTimeField("回复时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.turn}"


class Suspension(models.Model):
    """That payments of a project are suspended (暂停拨付): decided by the head because of an order, until it is lifted."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="suspensions")
    funds_id = models.PositiveBigIntegerField("资金项目的键")
    code = models.CharField("项目编码", max_length=64)
    reason = models.CharField("理由", max_length=500)
    decided_by = models.CharField("决定人", max_length=64)
    decided_name = models.CharField("决定人姓名", max_length=100)
    decided_at = models.DateTimeField("决定时间", db_default=Now())
    lifted_by = models.CharField("恢复人", max_length=64, blank=True)
    lifted_name = models.CharField("恢复人姓名", max_length=100, blank=True)
    lifted_at = models.DateTimeField("恢复时间", null=True, blank=True)
    lifted_why = models.CharField("恢复的理由", max_length=500, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-decided_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="monitoring_held_once", fields=["funds_id"], condition=Q(lifted_at__isnull=True)
            ),
            models.CheckConstraint(name="monitoring_held_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="monitoring_lifted",
                condition=Q(lifted_at=None, lifted_by="") | Q(lifted_at__isnull=False) & ~Q(lifted_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} 暂停拨付"


class Series(models.Model):
    """The last number given under a prefix and a year; its row is locked while the next is taken."""

    code = models.CharField("前缀和年份", max_length=8, primary_key=True)
    last = models.PositiveIntegerField("最后一个序号", default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} {self.last}"
