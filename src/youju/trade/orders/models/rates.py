"""The customs rate of a month."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Rate(models.Model):
    """What one unit of a currency is worth in CNY for customs in a month (``month`` is its first day)."""

    month = models.DateField("月份")
    currency = models.CharField("币种", max_length=3)
    rate = models.DecimalField("汇率（人民币/1 单位外币）", max_digits=14, decimal_places=8)
    source = models.CharField("来源", max_length=100, blank=True)
    entered_by = models.CharField("录入人", max_length=64, blank=True)
    entered_at = models.DateTimeField("录入时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-month", "currency"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="orders_rate_once", fields=["month", "currency"]),
            models.CheckConstraint(name="orders_rate_positive", condition=Q(rate__gt=0)),
            models.CheckConstraint(name="orders_rate_month", condition=Q(month__day=1)),
            models.CheckConstraint(name="orders_rate_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.currency}"
