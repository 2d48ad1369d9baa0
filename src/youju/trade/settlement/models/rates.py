"""The rate of each day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Rate(models.Model):
    """What one unit of a currency is worth in CNY on a day (人民币汇率中间价)."""

    day = models.DateField("日期")
    currency = models.CharField("币种", max_length=3)
    rate = models.DecimalField("汇率（人民币/1 单位外币）", max_digits=14, decimal_places=8)
    source = models.CharField("来源", max_length=100, blank=True)
    entered_by = models.CharField("录入人", max_length=64, blank=True)
    entered_at = models.DateTimeField("录入时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-day", "currency"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="settlement_rate_once", fields=["currency", "day"]),
            models.CheckConstraint(name="settlement_rate_positive", condition=Q(rate__gt=0)),
            models.CheckConstraint(
                name="settlement_rate_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.currency}"
