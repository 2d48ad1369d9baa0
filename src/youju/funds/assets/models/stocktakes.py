"""Rounds of counting: what each lists, and each count as a phone sent it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.funds.assets.models.cards import Asset
from youju.rules.funds.assets.counting import RESULTS
from youju.rules.funds.assets.lifecycle import COUNTING, STOCKTAKE_FLOW


class Stocktake(models.Model):
    """A round (盘点) over a section, a place, or all."""

    number = models.CharField("盘点编号", max_length=24, unique=True)
    title = models.CharField("名称", max_length=100)
    section = models.CharField("科室", max_length=8, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    opened_on = models.DateField("开始日期")
    due_on = models.DateField("期限")
    state = models.CharField("状态", max_length=10, default=COUNTING)
    size = models.PositiveIntegerField("应盘件数")
    opened_by = models.CharField("组织人", max_length=64)
    finished_by = models.CharField("结束清点的人", max_length=64, blank=True)
    closed_by = models.CharField("确认人", max_length=64, blank=True)
    closed_on = models.DateField("确认日期", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-opened_on", "-pk"]
        indexes: ClassVar = [models.Index(name="assets_stocktake_opened", fields=["-opened_on", "-id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="assets_stocktake_state", condition=Q(state__in=[s.code for s in STOCKTAKE_FLOW.states])
            ),
            models.CheckConstraint(
                name="assets_stocktake_days", condition=Q(due_on__gte=models.F("opened_on"))
            ),
            models.CheckConstraint(
                name="assets_stocktake_two_people",
                condition=Q(closed_by="") | ~Q(closed_by=models.F("finished_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Item(models.Model):
    """One line of a round: listed beforehand, or met while counting (``listed`` false; no asset: nobody knows the number)."""

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="items")
    number = models.CharField("资产编号", max_length=24)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    listed = models.BooleanField("在清单上", default=True)
    section = models.CharField("科室", max_length=8, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    keeper_name = models.CharField("保管人", max_length=50, blank=True)
    result = models.CharField("结果", max_length=10, blank=True)
    found_place = models.CharField("实际地点", max_length=60, blank=True)
    counted_by = models.CharField("盘点人账号", max_length=64, blank=True)
    counted_name = models.CharField("盘点人", max_length=50, blank=True)
    counted_at = models.DateTimeField("盘点时间", null=True, blank=True)
    note = models.CharField("盘点备注", max_length=200, blank=True)
    conflict = models.CharField("重复盘点", max_length=200, blank=True)
    decision = models.CharField("处理意见", max_length=12, blank=True)
    decided_why = models.CharField("处理说明", max_length=200, blank=True)
    decided_by = models.CharField("处理人", max_length=64, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(name="assets_item_result", fields=["stocktake", "result"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="assets_item_once", fields=["stocktake", "number"]),
            models.CheckConstraint(name="assets_item_result_known", condition=Q(result__in=list(RESULTS))),
            models.CheckConstraint(name="assets_item_listed_is_known", condition=Q(listed=False) | Q(asset__isnull=False)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.stocktake_id} {self.number}"


class Count(models.Model):
    """One count as it was made; the id comes from the phone, so sending it again writes nothing."""

    id = models.UUIDField(primary_key=True)
    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="counts")
    number = models.CharField("资产编号", max_length=24)
    typed = models.CharField("扫到的内容", max_length=200, blank=True)
    place = models.CharField("实际地点", max_length=60, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    made_at = models.DateTimeField("清点时间")
    received_at = models.DateTimeField("收到时间", db_default=Now())
    by = models.CharField("盘点人账号", max_length=64)
    by_name = models.CharField("盘点人", max_length=50)
    outcome = models.CharField("说明", max_length=10)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["received_at", "pk"]
        indexes: ClassVar = [models.Index(name="assets_count_number", fields=["stocktake", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.made_at}"
