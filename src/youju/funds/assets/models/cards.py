"""A card of the register, which payments paid for it, and which part of a payment is no asset."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.funds.assets.lifecycle import ASSET_STATES, DISPOSED, IN_USE, LENT


class Asset(models.Model):
    """One fixed asset (固定资产卡片), quantity one. ``cost`` in CNY; ``months`` of useful life, 0: never depreciated.

    ``depreciated`` is the sum of its charges up to ``depreciated_to`` (the first day of the last month charged).
    """

    number = models.CharField("资产编号", max_length=24, unique=True)
    name = models.CharField("名称", max_length=100)
    category = models.CharField("类别", max_length=5)
    model = models.CharField("规格型号", max_length=100, blank=True)
    serial = models.CharField("出厂编号", max_length=60, blank=True)
    cost = models.DecimalField("原值（元）", max_digits=16, decimal_places=2)
    acquired_on = models.DateField("取得日期")
    months = models.PositiveSmallIntegerField("折旧月数")
    project = models.CharField("项目编码", max_length=30, blank=True)
    section = models.CharField("科室", max_length=8, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    keeper = models.CharField("保管人账号", max_length=32, blank=True)
    keeper_name = models.CharField("保管人", max_length=50, blank=True)
    state = models.CharField("状态", max_length=8, default=IN_USE)
    lent_to = models.CharField("借给", max_length=100, blank=True)
    lent_until = models.DateField("归还期限", null=True, blank=True)
    depreciated = models.DecimalField("累计折旧（元）", max_digits=16, decimal_places=2, default=0)
    depreciated_to = models.DateField("已提到", null=True, blank=True)
    counted_on = models.DateField("上次盘点", null=True, blank=True)
    disposed_on = models.DateField("处置日期", null=True, blank=True)
    note = models.CharField("备注", max_length=500, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)
    batch = models.CharField("导入批次", max_length=40, blank=True)
    created_by = models.CharField("登记人", max_length=64)
    created_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(name="assets_asset_category", fields=["category", "number"]),
            models.Index(name="assets_asset_section", fields=["section", "place", "number"]),
            models.Index(name="assets_asset_keeper", fields=["keeper"]),
            models.Index(name="assets_asset_project", fields=["project"]),
            models.Index(name="assets_asset_serial", fields=["serial"], condition=~Q(serial="")),
            models.Index(name="assets_asset_to_charge", fields=["depreciated_to"], condition=~Q(state=DISPOSED)),
            models.Index(name="assets_asset_batch", fields=["batch"], condition=~Q(batch="")),
        ]  # fmt: skip
        constraints: ClassVar = [
            models.CheckConstraint(name="assets_asset_cost", condition=Q(cost__gt=0)),
            models.CheckConstraint(name="assets_asset_state", condition=Q(state__in=list(ASSET_STATES))),
            models.CheckConstraint(
                name="assets_asset_depreciated",
                condition=Q(depreciated__gte=0, depreciated__lte=F("cost"))
                & (Q(months__gt=0) | Q(depreciated=0)),
            ),
            models.CheckConstraint(
                name="assets_asset_disposed",
                condition=Q(state=DISPOSED, disposed_on__isnull=False)
                | ~Q(state=DISPOSED) & Q(disposed_on=None),
            ),
            models.CheckConstraint(
                name="assets_asset_lent", condition=Q(lent_to="", lent_until=None) | Q(state=LENT)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Funding(models.Model):
    """What a payment paid of an asset, CNY (付款来源). An asset paid in instalments has several."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="fundings")
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="+")
    line = models.CharField("付款明细", max_length=100, blank=True)
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["asset", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="assets_funding_once", fields=["payment", "asset"]),
            models.CheckConstraint(name="assets_funding_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.amount}"


class Expensed(models.Model):
    """The part of a payment that is no asset, CNY, and why (费用化部分)."""

    payment = models.OneToOneField("payments.Payment", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    note = models.CharField("说明", max_length=200)
    written_by = models.CharField("登记人", max_length=64)
    written_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="assets_expensed_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.amount}"
