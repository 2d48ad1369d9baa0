"""All rows of a document as they were measured on a day: kept for good, each with the frozen figures that it stands on."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Freeze(models.Model):
    """One freezing. ``content_hash`` is the sha256 over its rows as canonical JSON."""

    unit_key = models.CharField("单位", max_length=200)
    fiscal_year = models.PositiveSmallIntegerField("预算年度")
    target_version = models.PositiveIntegerField("绩效目标版本")
    until = models.DateField("截至")
    purpose = models.CharField("用途", max_length=200, blank=True)
    as_of = models.DateTimeField("数据时间")
    content_hash = models.CharField("内容校验值", max_length=64)
    frozen_by = models.CharField("冻结人", max_length=64)
    frozen_name = models.CharField("冻结人姓名", max_length=100, blank=True)
    frozen_at = models.DateTimeField("冻结时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="measures_freeze_of", fields=["unit_key", "fiscal_year", "-id"])
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="measures_freeze_hash", condition=Q(content_hash__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} 年截至 {self.until} 的计量"


class FrozenRow(models.Model):
    """A row of a freezing: ``data`` is the measured row as JSON, ``figures`` the keys of its frozen figures."""

    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField("序号")
    data = models.JSONField("内容")
    figures = ArrayField(models.BigIntegerField(), verbose_name="冻结值", default=list)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["freeze", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="measures_frozen_place", fields=["freeze", "place"])
        ]

    def __str__(self) -> str:
        return f"{self.freeze_id}-{self.place}"
