"""Declarations, their lines, and which packed goods stand in each line."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW, PLANNED
from youju.trade.declarations.models.plans import Plan


class Declaration(models.Model):
    """One customs declaration (报关单) under mode 1039. Amounts in ``currency``, weights in kg.

    ``number`` is ours, ``entry_number`` customs' (18 digits, once accepted). A corrected one has the same ``number`` and the next
    ``version``; ``replaces`` is the rejected one. ``header`` holds the message's further fields by their names.
    ``rate`` is the customs rate of the month of ``declared_on``.
    """

    number = models.CharField("申报单号", max_length=24)
    version = models.PositiveSmallIntegerField("版本", default=1)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="更正的报关单",
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="declarations"
    )
    packing = models.ForeignKey(
        "packing.Packing", on_delete=models.PROTECT, related_name="+", verbose_name="装箱单"
    )
    state = models.CharField("状态", max_length=12, default=PLANNED)
    revision = models.PositiveIntegerField("修订次数", default=0)
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    agent = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="外贸代理"
    )
    broker = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="报关行",
    )
    declared_on = models.DateField("申报日期")
    country = models.CharField("运抵国（地区）", max_length=2)
    port = models.CharField("出境口岸", max_length=4, blank=True)
    transport_mode = models.CharField("运输方式", max_length=1, default="2")
    currency = models.CharField("币种", max_length=3)
    rate = models.DecimalField("海关汇率", max_digits=14, decimal_places=8)
    amount = models.DecimalField("总价", max_digits=16, decimal_places=2)
    amount_cny = models.DecimalField("折人民币", max_digits=16, decimal_places=2)
    packages = models.PositiveIntegerField("件数", default=0)
    net_weight = models.DecimalField("净重（千克）", max_digits=16, decimal_places=5)
    gross_weight = models.DecimalField("毛重（千克）", max_digits=16, decimal_places=5)
    header = models.JSONField("其他表头栏目", default=dict)
    paperless = models.BooleanField("全部单证无纸化", default=True)
    entry_number = models.CharField("报关单号", max_length=18, blank=True)
    sequence_number = models.CharField("统一编号", max_length=18, blank=True)
    rejection = models.TextField("退单原因", blank=True)
    as_of = models.DateField("依据之日")
    policy_hash = models.CharField("政策校验值", max_length=64)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    accepted_at = models.DateTimeField("受理时间", null=True, blank=True)
    released_at = models.DateTimeField("放行时间", null=True, blank=True)
    exported_at = models.DateTimeField("结关时间", null=True, blank=True)
    changed_at = models.DateTimeField("修改时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-declared_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="declarations_state", fields=["state", "-declared_on"]),
            models.Index(
                name="declarations_released", fields=["released_at"], condition=~Q(released_at=None)
            ),
            models.Index(name="declarations_agent", fields=["agent", "-declared_on"]),
            models.Index(name="declarations_packing", fields=["packing"]),
            models.Index(name="declarations_changed", fields=["changed_at"]),
            GinIndex(name="declarations_organisations", fields=["organisations"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="declarations_version_once", fields=["number", "version"]),
            models.UniqueConstraint(
                name="declarations_entry_once", fields=["entry_number"], condition=~Q(entry_number="")
            ),
            models.CheckConstraint(
                name="declarations_state_known",
                condition=Q(state__in=[s.code for s in DECLARATION_FLOW.states]),
            ),
            models.CheckConstraint(
                name="declarations_weights", condition=Q(amount__gte=0, gross_weight__gte=F("net_weight"))
            ),
            models.CheckConstraint(
                name="declarations_released_has_day",
                condition=~Q(state__in=["released", "exported"]) | ~Q(released_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}-{self.version}"


class DeclaredLine(models.Model):
    """One line of a declaration; ``merged`` where several kinds of a chapter stand in it. ``chapter`` is a column on purpose."""

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="lines")
    g_no = models.PositiveSmallIntegerField("项号")
    hs_code = models.CharField("商品编码", max_length=10)
    chapter = models.CharField("章", max_length=2)
    name = models.CharField("品名", max_length=255)
    model = models.CharField("申报要素", max_length=255, blank=True)
    quantity = models.DecimalField("数量", max_digits=16, decimal_places=5)
    unit = models.CharField("成交单位", max_length=10)
    quantity1 = models.DecimalField("法定第一数量", max_digits=16, decimal_places=5, null=True, blank=True)
    unit1 = models.CharField("法定第一单位", max_length=10, blank=True)
    quantity2 = models.DecimalField("法定第二数量", max_digits=16, decimal_places=5, null=True, blank=True)
    unit2 = models.CharField("法定第二单位", max_length=10, blank=True)
    amount = models.DecimalField("总价", max_digits=16, decimal_places=2)
    net_weight = models.DecimalField("净重（千克）", max_digits=16, decimal_places=5)
    gross_weight = models.DecimalField("毛重（千克）", max_digits=16, decimal_places=5)
    packages = models.PositiveIntegerField("件数", default=0, db_default=0)
    merged = models.BooleanField("归并", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["declaration", "g_no"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="declarations_line_once", fields=["declaration", "g_no"]),
            models.CheckConstraint(name="declarations_line_code", condition=Q(hs_code__regex=r"^\d{10}$")),
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id}/{self.g_no}"


class SourceLine(models.Model):
    """A packed line inside a declared line: what tracing walks, both ways.

    ``live`` is false for a declaration that was rejected, corrected or withdrawn; among live ones a packed line stands once. A
    withdrawn one lets go of the packed line as well, so that it can be packed elsewhere; ``order_line`` stays. The amounts in
    CNY of a declaration's sources add up to the declaration's, to the cent (``rules.trade.declarations.money``).
    """

    line = models.ForeignKey(DeclaredLine, on_delete=models.CASCADE, related_name="sources")
    packed = models.ForeignKey(
        "packing.PackedLine",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="装箱行",
    )
    order_line = models.ForeignKey(
        "orders.OrderLine", on_delete=models.PROTECT, related_name="+", verbose_name="交易单行"
    )
    merchant = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="市场经营户"
    )
    quantity = models.DecimalField("数量", max_digits=16, decimal_places=5)
    amount = models.DecimalField("总价", max_digits=16, decimal_places=2)
    amount_cny = models.DecimalField("折人民币", max_digits=16, decimal_places=2)
    net_weight = models.DecimalField("净重（千克）", max_digits=16, decimal_places=5)
    gross_weight = models.DecimalField("毛重（千克）", max_digits=16, decimal_places=5)
    packages = models.PositiveIntegerField("件数", default=0, db_default=0)
    live = models.BooleanField("有效", default=True)

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(name="declarations_source_line", fields=["line"]),
            models.Index(name="declarations_source_order", fields=["order_line"]),
            models.Index(name="declarations_source_merchant", fields=["merchant"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="declarations_source_once", fields=["packed"], condition=Q(live=True)
            ),
            models.CheckConstraint(
                name="declarations_source_live_packed", condition=Q(live=False) | ~Q(packed=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} ← {self.packed_id}"
