"""Released goods as this room's views show them, in the asker's reach: read only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class _Released(models.Model):
    line = models.BigIntegerField("报关单来源行", primary_key=True, db_column="line_id")
    declaration_key = models.BigIntegerField("报关单", db_column="declaration_id")
    declaration = models.CharField("申报单", max_length=32)
    entry_number = models.CharField("报关单号", max_length=18)
    g_no = models.BigIntegerField("项号")
    released_on = models.DateField("放行日期")
    month = models.DateField("出口月份")
    agent = models.BigIntegerField("外贸代理", db_column="agent_id")
    merchant = models.BigIntegerField("市场经营户", db_column="merchant_id")
    mode = models.CharField("申报方式", max_length=8)
    filer = models.BigIntegerField("申报方", db_column="filer_id")
    order_number = models.CharField("交易单", max_length=32)
    line_no = models.BigIntegerField("交易单行")
    hs_code = models.CharField("商品编码", max_length=10)
    name = models.CharField("品名", max_length=255)
    currency = models.CharField("币种", max_length=3)
    amount = models.DecimalField("总价", max_digits=16, decimal_places=2)
    value_cny = models.DecimalField("折人民币", max_digits=16, decimal_places=2)

    class Meta:
        abstract = True
        managed = False
        default_permissions = ()


class ExportLine(_Released):
    """A source line of a released declaration: who is to file it, and for which month."""

    class Meta(_Released.Meta):
        abstract = False
        db_table = "exemptions_lines"
        ordering: ClassVar = ["line"]

    def __str__(self) -> str:
        return f"{self.declaration}/{self.g_no}"


class BoardLine(_Released):
    """The same with what was done about it: the live filing, the certificate, invoices of the order (CNY).

    ``collectable`` and ``collected``: of the merchant's share of the declared line, in the declaration's currency.
    """

    filing = models.BigIntegerField("免税申报", db_column="filing_id", null=True)
    filing_number = models.CharField("申报编号", max_length=24, null=True)
    filing_state = models.CharField("申报状态", max_length=10, null=True)
    filed_cny = models.DecimalField("申报金额（元）", max_digits=16, decimal_places=2, null=True)
    certificate = models.BigIntegerField("证明", db_column="certificate_id", null=True)
    invoiced = models.DecimalField("交易单已开票（元）", max_digits=16, decimal_places=2, null=True)

    collectable = models.DecimalField("可收汇", max_digits=16, decimal_places=2, null=True)
    collected = models.DecimalField("已收汇", max_digits=16, decimal_places=2, null=True)

    class Meta(_Released.Meta):
        abstract = False
        db_table = "exemptions_board"
        ordering: ClassVar = ["-line"]

    def __str__(self) -> str:
        return f"{self.declaration}/{self.g_no}"
