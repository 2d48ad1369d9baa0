"""Monthly bulletins that were made."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Bulletin(models.Model):
    """The bulletin of a month (月报); its files, one for each state of the figures, are documents about it."""

    month = models.DateField("月份", unique=True)
    value_cny = models.DecimalField("出口额（元）", max_digits=18, decimal_places=2)
    requested_by = models.CharField("申请人", max_length=64)
    requested_at = models.DateTimeField("申请时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [
            models.CheckConstraint(name="statistics_bulletin_month", condition=Q(month__day=1))
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
