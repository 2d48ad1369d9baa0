"""Consolidated lines in containers (装箱单)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.packing.lifecycle import OPEN, PACKING_FLOW
from youju.trade.packing.models.consolidations import ConsolidatedLine


class Packing(models.Model):
    """A packing: when, where, under which bill of lading. Several consolidations may share its containers (拼箱)."""

    number = models.CharField("装箱单号", max_length=24, unique=True)
    state = models.CharField("状态", max_length=12, default=OPEN)
    revision = models.PositiveIntegerField("修订次数", default=0)
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    agent = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="外贸代理"
    )
    warehouse = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="监管场站",
    )
    packed_on = models.DateField("装箱日期")
    bill_of_lading = models.CharField("提运单号", max_length=32, blank=True)
    transport_mode = models.CharField("运输方式", max_length=1, default="2")
    port = models.CharField("出境口岸", max_length=4, blank=True)
    country = models.CharField("运抵国（地区）", max_length=2)
    note = models.TextField("备注", blank=True)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    closed_at = models.DateTimeField("完成时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="packing_state", fields=["state", "-created_at"]),
            models.Index(name="packing_bill", fields=["bill_of_lading"], condition=~Q(bill_of_lading="")),
            GinIndex(name="packing_organisations", fields=["organisations"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="packing_state_known", condition=Q(state__in=[s.code for s in PACKING_FLOW.states])
            )
        ]

    def __str__(self) -> str:
        return self.number


class Container(models.Model):
    """A container of a packing; its type's capacity is a policy (``trade.packing.container_types``)."""

    packing = models.ForeignKey(Packing, on_delete=models.CASCADE, related_name="containers")
    number = models.CharField("箱号", max_length=32)
    kind = models.CharField("箱型", max_length=8)
    seal = models.CharField("封志号", max_length=32, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["packing", "pk"]
        indexes: ClassVar = [models.Index(name="packing_container_number", fields=["number"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="packing_container_once", fields=["packing", "number"])
        ]

    def __str__(self) -> str:
        return self.number


class PackedLine(models.Model):
    """A part of a consolidated line in a container. ``order_line`` is repeated so that tracing needs no join more."""

    container = models.ForeignKey(Container, on_delete=models.CASCADE, related_name="lines")
    consolidated = models.ForeignKey(ConsolidatedLine, on_delete=models.PROTECT, related_name="packed")
    order_line = models.ForeignKey(
        "orders.OrderLine", on_delete=models.PROTECT, related_name="+", verbose_name="交易单行"
    )
    quantity = models.DecimalField("数量", max_digits=16, decimal_places=5)
    packages = models.PositiveIntegerField("件数")
    net_weight = models.DecimalField("净重（千克）", max_digits=16, decimal_places=5)
    gross_weight = models.DecimalField("毛重（千克）", max_digits=16, decimal_places=5)
    volume = models.DecimalField("体积（立方米）", max_digits=14, decimal_places=6, default=0)
    amount = models.DecimalField("总价", max_digits=16, decimal_places=2)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["container", "pk"]
        indexes: ClassVar = [models.Index(name="packing_line_order", fields=["order_line"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="packing_line_once", fields=["container", "consolidated"]),
            models.CheckConstraint(
                name="packing_line_positive", condition=Q(quantity__gt=0, gross_weight__gte=F("net_weight"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.container_id}/{self.consolidated_id}"
