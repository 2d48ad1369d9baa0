"""Tables of the metric catalogue. Private to it: another room asks ``selectors``."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

SHA256 = r"^[0-9a-f]{64}$"


class Change(models.Model):
    """A record behind the analytic tables changed: which, and in which transaction. Written by triggers, read by the lake.

    ``source`` is what a table follows (``declarations``, ``parties``), ``key`` the record's. A reader remembers the oldest
    transaction that was still open when it read (``pg_snapshot_xmin``) and begins there the next time: nothing that commits
    late is missed. Rows are only added, and removed once every lake has passed them.
    """

    source = models.CharField("来源", max_length=30)
    key = models.BigIntegerField("记录")
    transaction = models.BigIntegerField("事务号")
    at = models.DateTimeField("时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(name="metrics_change_reading", fields=["source", "transaction"])]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class FrozenFigure(models.Model):
    """A metric's value as it was reported (冻结值): with the formula's hash, the period, the engine and the hash of its rows.

    Never changed and never removed: a later one of the same question stands beside it, and ``replaces`` says which it follows.
    ``value`` is empty where the metric has none (a rate over nothing), and ``parts`` says why.
    """

    code = models.CharField("指标编码", max_length=60)
    pilot = models.CharField("试点", max_length=20)
    start = models.DateField("期间自")
    end = models.DateField("期间至（不含）")
    parameters = models.JSONField("参数", default=dict, blank=True)
    value = models.DecimalField("值", max_digits=30, decimal_places=6, null=True, blank=True)
    unit = models.CharField("单位", max_length=12)
    parts = models.JSONField("组成", default=dict)
    engine = models.CharField("引擎", max_length=10)
    as_of = models.DateTimeField("数据时间")
    formula_hash = models.CharField("公式校验值", max_length=64)
    row_count = models.BigIntegerField("行数")
    row_hash = models.CharField("行校验值", max_length=64)
    purpose = models.CharField("用途", max_length=200, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上一次冻结"
    )
    frozen_by = models.CharField("冻结人", max_length=64)
    frozen_at = models.DateTimeField("冻结时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(name="metrics_frozen_of", fields=["code", "start", "end", "-id"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="metrics_frozen_period", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="metrics_frozen_hashes", condition=Q(formula_hash__regex=SHA256, row_hash__regex=SHA256)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.start}"


class Lake(models.Model):
    """How the lake of this pilot stands: a row a lake, kept by the refresh and shown to people.

    ``mark`` is the transaction from which the next refresh reads; the manifest on disk says the same, and rules.
    """

    pilot = models.CharField("试点", max_length=20, unique=True)
    mark = models.BigIntegerField("读到的事务号", default=0)
    version = models.PositiveIntegerField("版本", default=0)
    rows = models.BigIntegerField("行数", default=0)
    refreshed_at = models.DateTimeField("刷新时间", null=True, blank=True)
    verified_at = models.DateTimeField("核对时间", null=True, blank=True)
    differences = models.JSONField("核对差异", default=list, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.pilot
