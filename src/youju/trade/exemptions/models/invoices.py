"""Ordinary VAT invoices (增值税普通发票) that merchants issued for exported goods."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Invoice(models.Model):
    """An invoice of a consignor for the goods of one order. ``amount`` in CNY."""

    number = models.CharField("发票号码", max_length=20)
    issued_on = models.DateField("开票日期")
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    consignor = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="开票方"
    )
    consignor_name = models.CharField("开票方名称", max_length=100)
    order_number = models.CharField("交易单", max_length=32)
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="科室", default=list)
    batch = models.CharField("导入批次", max_length=40, blank=True)
    entered_by = models.CharField("登记人", max_length=64)
    created_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-issued_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="exemptions_invoice_newest", fields=["-issued_on", "-id"]),
            models.Index(name="exemptions_invoice_order", fields=["order_number", "consignor"]),
            models.Index(name="exemptions_invoice_batch", fields=["batch"], condition=~Q(batch="")),
            GinIndex(name="exemptions_invoice_whose", fields=["organisations"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="exemptions_invoice_once", fields=["number"]),
            models.CheckConstraint(name="exemptions_invoice_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return self.number
