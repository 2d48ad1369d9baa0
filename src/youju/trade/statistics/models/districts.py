"""What a district exported in a month under each mode of trade, as customs published it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.trade.statistics.modes import TRADE_MODES


class DistrictFigure(models.Model):
    """One month of one district (境内货源地 or its city, as the source names it) under one mode of trade.

    ``month`` is the first day; values are in CNY and, where the source says so, in USD. A figure belongs to the import that
    brought it last; ``source`` says where it was published.
    """

    month = models.DateField("月份")
    district = models.CharField("地区", max_length=30)
    mode = models.CharField("贸易方式", max_length=4)
    value_cny = models.DecimalField("出口额（元）", max_digits=18, decimal_places=2)
    value_usd = models.DecimalField("出口额（美元）", max_digits=18, decimal_places=2, null=True, blank=True)
    source = models.CharField("来源", max_length=100, blank=True)
    entered_by = models.CharField("录入人", max_length=64, blank=True)
    entered_at = models.DateTimeField("录入时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-month", "district", "mode"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="statistics_district_once", fields=["month", "district", "mode"]),
            models.CheckConstraint(name="statistics_district_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="statistics_district_values",
                condition=Q(value_cny__gte=0) & (Q(value_usd=None) | Q(value_usd__gte=0)),
            ),
            models.CheckConstraint(name="statistics_district_mode", condition=Q(mode__in=list(TRADE_MODES))),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.district} {self.mode}"
