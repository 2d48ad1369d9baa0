"""Orders, or parts of them, gathered for one way to one country (组货单)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.packing.lifecycle import CONSOLIDATION_FLOW, OPEN


class Consolidation(models.Model):
    """A consolidation. ``organisations``: consolidator, agent and the parties of its orders (row-level security)."""

    number = models.CharField("组货单号", max_length=24, unique=True)
    state = models.CharField("状态", max_length=12, default=OPEN)
    revision = models.PositiveIntegerField("修订次数", default=0)
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    consolidator = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="组货人",
    )
    agent = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="外贸代理"
    )
    country = models.CharField("运抵国（地区）", max_length=2)
    currency = models.CharField("币种", max_length=3)
    truck = models.CharField("车牌号", max_length=20, blank=True)
    note = models.TextField("备注", blank=True)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    closed_at = models.DateTimeField("完成时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="packing_cons_state", fields=["state", "-created_at"]),
            GinIndex(name="packing_cons_organisations", fields=["organisations"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="packing_cons_state_known",
                condition=Q(state__in=[s.code for s in CONSOLIDATION_FLOW.states]),
            )
        ]

    def __str__(self) -> str:
        return self.number


class ConsolidatedLine(models.Model):
    """A part of an order line in a consolidation: quantity, packages, weights (kg), volume (m³), amount."""

    consolidation = models.ForeignKey(Consolidation, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(
        "orders.OrderLine", on_delete=models.PROTECT, related_name="+", verbose_name="交易单行"
    )
    quantity = models.DecimalField("数量", max_digits=16, decimal_places=5)
    packages = models.PositiveIntegerField("件数")
    net_weight = models.DecimalField("净重（千克）", max_digits=16, decimal_places=5)
    gross_weight = models.DecimalField("毛重（千克）", max_digits=16, decimal_places=5)
    volume = models.DecimalField("体积（立方米）", max_digits=14, decimal_places=6, default=0)
    amount = models.DecimalField("总价", max_digits=16, decimal_places=2)
    # What of it stands in containers; the constraint keeps two people from packing it twice.
    packed_quantity = models.DecimalField(max_digits=16, decimal_places=5, default=0)
    packed_packages = models.PositiveIntegerField(default=0)
    packed_net = models.DecimalField(max_digits=16, decimal_places=5, default=0)
    packed_gross = models.DecimalField(max_digits=16, decimal_places=5, default=0)
    packed_volume = models.DecimalField(max_digits=14, decimal_places=6, default=0)
    packed_amount = models.DecimalField(max_digits=16, decimal_places=2, default=0)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["consolidation", "pk"]
        indexes: ClassVar = [models.Index(name="packing_cons_line_order", fields=["order_line"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="packing_cons_line_once", fields=["consolidation", "order_line"]),
            models.CheckConstraint(
                name="packing_cons_line_positive",
                condition=Q(quantity__gt=0, gross_weight__gte=F("net_weight")),
            ),
            models.CheckConstraint(
                name="packing_cons_never_packed_twice",
                condition=Q(
                    packed_quantity__lte=F("quantity"),
                    packed_packages__lte=F("packages"),
                    packed_net__lte=F("net_weight"),
                    packed_gross__lte=F("gross_weight"),
                    packed_volume__lte=F("volume"),
                    packed_amount__lte=F("amount"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consolidation_id}/{self.order_line_id}"
