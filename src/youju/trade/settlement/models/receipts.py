"""Money that came in, and what the rules find fault with."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now

from youju.rules.trade.settlement.accounts import SOURCES


class Receipt(models.Model):
    """A receipt from abroad (一笔收汇). ``amount`` in ``currency``, ``amount_cny`` at the rate of ``received_on``.

    ``bank`` and ``reference`` (the bank's own, 银行业务编号) make it happen once. ``applied`` and ``returned`` are sums of
    postings; ``suspense`` is the money that stands nowhere yet. ``hint``: the declaration that the payer or the file named.
    """

    number = models.CharField("收汇编号", max_length=24, unique=True)
    bank = models.CharField("银行", max_length=40)
    reference = models.CharField("银行业务编号", max_length=64)
    source = models.CharField("来源", max_length=4)
    received_on = models.DateField("收汇日期")
    currency = models.CharField("币种", max_length=3)
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)
    rate = models.DecimalField("当日汇率", max_digits=14, decimal_places=8)
    amount_cny = models.DecimalField("折人民币", max_digits=16, decimal_places=2)
    payer_name = models.CharField("付款人", max_length=140)
    payer_country = models.CharField("付款人国家（地区）", max_length=2, blank=True)
    payee = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="收款人"
    )
    payee_name = models.CharField("收款人名称", max_length=100, blank=True)
    hint = models.CharField("所附报关单", max_length=40, blank=True)
    remark = models.CharField("附言", max_length=200, blank=True)
    third_party = models.CharField("第三方付款说明", max_length=400, blank=True)
    applied = models.DecimalField("已核销", max_digits=16, decimal_places=2, default=0)
    returned = models.DecimalField("已退回", max_digits=16, decimal_places=2, default=0)
    suspense = models.GeneratedField(
        verbose_name="待核销",
        expression=F("amount") - F("applied") - F("returned"),
        output_field=models.DecimalField(max_digits=16, decimal_places=2),
        db_persist=True,
    )
    state = models.GeneratedField(
        verbose_name="状态",
        expression=Case(
            When(amount=F("returned"), then=Value("returned")),
            When(amount=F("applied") + F("returned"), then=Value("matched")),
            When(applied=0, then=Value("unmatched")),
            default=Value("partly"),
        ),
        output_field=models.CharField(max_length=10),
        db_persist=True,
    )
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    batch = models.CharField("导入批次", max_length=40, blank=True)
    recorded_by = models.CharField("登记人", max_length=64, blank=True)
    recorded_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-received_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="settlement_receipt_day", fields=["-received_on", "-id"]),
            models.Index(
                name="settlement_receipt_open", fields=["-received_on", "-id"], condition=Q(suspense__gt=0)
            ),
            models.Index(name="settlement_receipt_hint", fields=["hint"], condition=~Q(hint="")),
            models.Index(name="settlement_receipt_batch", fields=["batch"], condition=~Q(batch="")),
            GinIndex(name="settlement_receipt_orgs", fields=["organisations"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="settlement_receipt_once", fields=["bank", "reference"]),
            models.CheckConstraint(name="settlement_receipt_source", condition=Q(source__in=list(SOURCES))),
            models.CheckConstraint(name="settlement_receipt_amount", condition=Q(amount__gt=0, rate__gt=0)),
            models.CheckConstraint(
                name="settlement_receipt_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")
            ),
            models.CheckConstraint(
                name="settlement_receipt_within",
                condition=Q(applied__gte=0, returned__gte=0) & Q(amount__gte=F("applied") + F("returned")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Finding(models.Model):
    """What a rule SET-… says of a receipt, a reservation or a line; open until it is explained."""

    rule = models.CharField("规则", max_length=8)
    severity = models.CharField("轻重", max_length=8)
    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, null=True, related_name="findings")
    lot = models.ForeignKey("settlement.Lot", on_delete=models.CASCADE, null=True, related_name="findings")
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    message = models.CharField("内容", max_length=400)
    suggestion = models.CharField("办法", max_length=400, blank=True)
    explanation = models.CharField("说明", max_length=400, blank=True)
    explained_by = models.CharField("说明人", max_length=64, blank=True)
    explained_at = models.DateTimeField("说明时间", null=True, blank=True)
    found_on = models.DateField("发现日期")
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-found_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="settlement_finding_open", fields=["rule"], condition=Q(explanation="")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="settlement_finding_once",
                fields=["rule", "receipt", "lot"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="settlement_finding_of_some", condition=Q(receipt__isnull=False) | Q(lot__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.receipt_id or self.lot_id}"
