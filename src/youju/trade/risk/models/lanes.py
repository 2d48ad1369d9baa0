"""The lane of a declaration, and the day's secret draw."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.trade.risk.judging import GREEN, LANES


class Draw(models.Model):
    """A day's draw: ``commitment`` is published before it, ``seed`` (sealed) is shown in ``revealed`` (hex) after the day."""

    day = models.DateField("日期", unique=True)
    commitment = models.CharField("承诺值", max_length=64)
    seed = models.TextField("加密的种子")
    revealed = models.CharField("公布的种子", max_length=64, blank=True)
    committed_at = models.DateTimeField("承诺时间", db_default=Now())
    revealed_at = models.DateTimeField("公布时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="risk_draw_revealed",
                condition=Q(revealed="", revealed_at=None) | (~Q(revealed="") & ~Q(revealed_at=None)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class Lane(models.Model):
    """The lane of one declaration: by its hits, and by the draw of the day where it is green.

    ``share`` is in per cent; ``grades`` are those of its parties then, ``drawn`` what the day's draw said.
    """

    number = models.CharField("申报单号", max_length=24, unique=True)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="lanes", verbose_name="抽签日")
    lane = models.CharField("通道", max_length=6, default=GREEN)
    points = models.PositiveIntegerField("风险分", default=0)
    rules = ArrayField(models.CharField(max_length=7), verbose_name="命中的规则", default=list)
    drawn = models.BooleanField("抽中", default=False)
    share = models.DecimalField("抽查比例", max_digits=6, decimal_places=3)
    grades = ArrayField(models.CharField(max_length=4), verbose_name="信用等级", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    declared_on = models.DateField("申报日期")
    decided_at = models.DateTimeField("定通道时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(name="risk_lane_lane", fields=["lane", "-id"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="risk_lane_known", condition=Q(lane__in=list(LANES)))
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.lane}"
