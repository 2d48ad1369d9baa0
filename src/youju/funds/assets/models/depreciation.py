"""What each month takes off each asset."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.funds.assets.models.cards import Asset


class Run(models.Model):
    """A month's depreciation (折旧计提): how many charges it wrote and their sum, CNY. Repeating it adds what is new alone."""

    month = models.DateField("月份", unique=True)
    count = models.PositiveIntegerField("笔数", default=0)
    total = models.DecimalField("金额（元）", max_digits=18, decimal_places=2, default=0)
    made_at = models.DateTimeField("计提时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [
            models.CheckConstraint(name="assets_run_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Charge(models.Model):
    """One month of one asset: ``month`` its first day; written in ``run``, which is later for a card that came late."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="charges")
    month = models.DateField("月份")
    amount = models.DecimalField("折旧（元）", max_digits=16, decimal_places=2)
    accumulated = models.DecimalField("累计折旧（元）", max_digits=16, decimal_places=2)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="charges")

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["asset", "month"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="assets_charge_once", fields=["asset", "month"]),
            models.CheckConstraint(
                name="assets_charge_amount",
                condition=Q(amount__gte=0, accumulated__gte=F("amount"), month__day=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.month:%Y-%m} {self.amount}"
