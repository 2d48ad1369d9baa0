"""The write-off ledger: what may be collected for each declared line and consignor, and the postings that say so.

The three tables are written by the database alone (``migrations.0002_ledger``): they follow reservations, receipts and movements
in the statement that writes those. The application role reads them. Entries and postings are made from the rows that they name,
which are never removed: a foreign key would look up again what was just read.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.settlement.accounts import ACCOUNTS, KINDS


class Lot(models.Model):
    """What one merchant (the consignor) may collect for one line of a released declaration. Amounts in ``currency``.

    ``value``: the declared FOB at release. ``declared``, ``reserved``, ``collected`` are the sums of its postings, ``available``
    what is left of them; ``refunded`` is what was collected and went back to the buyer. ``rate``: customs' of the declaration.
    ``live`` is false once the declaration does not stand any more. ``buyers``: the foreign buyers of the goods, by party id.
    ``merchant_name`` stands here because partners may not read each other's files.
    ``released_on`` and ``last_on`` (the last collection) are days in Shanghai.
    """

    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+", verbose_name="报关单"
    )
    number = models.CharField("申报单号", max_length=24)
    version = models.PositiveSmallIntegerField("版本", default=1)
    entry_number = models.CharField("报关单号", max_length=18, blank=True)
    g_no = models.PositiveSmallIntegerField("项号")
    name = models.CharField("品名", max_length=255)
    merchant = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="市场经营户"
    )
    agent = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="外贸代理"
    )
    merchant_name = models.CharField("经营户名称", max_length=100, blank=True, default="")
    buyers = ArrayField(models.BigIntegerField(), verbose_name="境外采购商", default=list)
    currency = models.CharField("币种", max_length=3)
    rate = models.DecimalField("海关汇率", max_digits=14, decimal_places=8)
    value = models.DecimalField("放行时申报额", max_digits=16, decimal_places=2)
    value_cny = models.DecimalField("折人民币", max_digits=16, decimal_places=2)
    declared = models.DecimalField("申报额", max_digits=16, decimal_places=2, default=0)
    reserved = models.DecimalField("占用", max_digits=16, decimal_places=2, default=0)
    collected = models.DecimalField("已收", max_digits=16, decimal_places=2, default=0)
    refunded = models.DecimalField("退汇", max_digits=16, decimal_places=2, default=0)
    available = models.GeneratedField(
        verbose_name="可收",
        expression=F("declared") - F("reserved") - F("collected"),
        output_field=models.DecimalField(max_digits=16, decimal_places=2),
        db_persist=True,
    )
    released_on = models.DateField("放行日期")
    last_on = models.DateField("最近收汇日期", null=True, blank=True)
    live = models.BooleanField("有效", default=True)
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    opened_at = models.DateTimeField("开账时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-released_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="settlement_lot_number", fields=["number", "g_no"]),
            models.Index(
                name="settlement_lot_entry", fields=["entry_number", "g_no"], condition=~Q(entry_number="")
            ),
            models.Index(name="settlement_lot_merchant", fields=["merchant", "-released_on"]),
            models.Index(name="settlement_lot_agent", fields=["agent", "-released_on"]),
            models.Index(name="settlement_lot_released", fields=["-released_on", "-id"]),
            models.Index(
                name="settlement_lot_open", fields=["released_on", "currency"], condition=Q(available__gt=0)
            ),
            GinIndex(name="settlement_lot_orgs", fields=["organisations"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="settlement_lot_once", fields=["declaration", "g_no", "merchant"]),
            models.CheckConstraint(
                name="settlement_lot_within",
                condition=Q(reserved__gte=0, collected__gte=0, refunded__gte=0)
                & Q(declared__gte=F("reserved") + F("collected")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}-{self.version}/{self.g_no}/{self.merchant_id}"


class Entry(models.Model):
    """One booking: its postings add up to zero in each currency. ``kind`` as in ``rules.trade.settlement.accounts``."""

    kind = models.CharField("种类", max_length=10)
    day = models.DateField("记账日")
    actor = models.CharField("经办", max_length=64, blank=True)
    reservation = models.ForeignKey(
        "settlement.Reservation",
        on_delete=models.PROTECT,
        null=True,
        related_name="entries",
        db_constraint=False,
        db_index=False,
    )
    receipt = models.ForeignKey(
        "settlement.Receipt",
        on_delete=models.PROTECT,
        null=True,
        related_name="entries",
        db_constraint=False,
        db_index=False,
    )
    movement = models.ForeignKey(
        "settlement.Movement",
        on_delete=models.PROTECT,
        null=True,
        related_name="entries",
        db_constraint=False,
        db_index=False,
    )
    lot = models.ForeignKey(
        Lot, on_delete=models.PROTECT, null=True, related_name="entries", db_constraint=False, db_index=False
    )
    at = models.DateTimeField("时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="settlement_entry_kind", condition=Q(kind__in=list(KINDS)))
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class Posting(models.Model):
    """One side of a booking; debits above zero, credits below. Of a line of the ledger, or of a receipt."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings", db_constraint=False)
    account = models.CharField("科目", max_length=10)
    lot = models.ForeignKey(
        Lot, on_delete=models.PROTECT, null=True, related_name="postings", db_constraint=False
    )
    receipt = models.ForeignKey(
        "settlement.Receipt",
        on_delete=models.PROTECT,
        null=True,
        related_name="postings",
        db_constraint=False,
    )
    currency = models.CharField("币种", max_length=3)
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="settlement_posting_account", condition=Q(account__in=list(ACCOUNTS))
            ),
            models.CheckConstraint(name="settlement_posting_amount", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="settlement_posting_of_one",
                condition=Q(lot=None, receipt__isnull=False) | Q(lot__isnull=False, receipt=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.currency} {self.amount}"
