"""The agency export certificate (代理出口货物证明)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.trade.exemptions.lifecycle import APPLIED, CERTIFICATE_STATES, ISSUED, OVER


class Certificate(models.Model):
    """That an agent exported a consignor's goods of one declaration. Amount in CNY. ``tax_number`` is the tax office's own."""

    number = models.CharField("申请编号", max_length=24, unique=True)
    tax_number = models.CharField("证明编号", max_length=30, blank=True)
    agent = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="受托方"
    )
    agent_name = models.CharField("受托方名称", max_length=100)
    consignor = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="委托方"
    )
    consignor_name = models.CharField("委托方名称", max_length=100)
    tax_id = models.CharField("委托方纳税人识别号", max_length=20, blank=True)
    declaration = models.CharField("申报单", max_length=32)
    entry_number = models.CharField("报关单号", max_length=18, blank=True)
    released_on = models.DateField("放行日期")
    agreement = models.CharField("委托代理协议", max_length=32)
    lines_count = models.PositiveIntegerField("行数", default=0)
    amount_cny = models.DecimalField("出口额（元）", max_digits=18, decimal_places=2, default=0)
    state = models.CharField("状态", max_length=10, default=APPLIED)
    applied_on = models.DateField("申请日期")
    applied_by = models.CharField("申请人", max_length=64)
    issued_on = models.DateField("开具日期", null=True, blank=True)
    issued_by = models.CharField("开具人", max_length=64, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replacement",
        verbose_name="替换的证明",
    )
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="科室", default=list)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-applied_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="exemptions_certificate_newest", fields=["-applied_on", "-id"]),
            GinIndex(name="exemptions_certificate_whose", fields=["organisations"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="exemptions_tax_number_once", fields=["tax_number"], condition=~Q(tax_number="")
            ),
            models.CheckConstraint(
                name="exemptions_certificate_state", condition=Q(state__in=list(CERTIFICATE_STATES))
            ),
            models.CheckConstraint(
                name="exemptions_certificate_issued",
                condition=~Q(state=ISSUED) | Q(issued_on__isnull=False) & ~Q(tax_number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_over(self) -> bool:
        """Whether it was refused, cancelled or replaced."""
        return self.state in OVER


class CertificateLine(models.Model):
    """Goods that a certificate speaks of; live they stand in one certificate alone."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="lines")
    source = models.ForeignKey(
        "declarations.SourceLine", on_delete=models.PROTECT, related_name="+", verbose_name="报关单来源行"
    )
    g_no = models.PositiveSmallIntegerField("项号")
    order_number = models.CharField("交易单", max_length=32)
    hs_code = models.CharField("商品编码", max_length=10)
    name = models.CharField("品名", max_length=255)
    currency = models.CharField("币种", max_length=3)
    amount = models.DecimalField("总价", max_digits=16, decimal_places=2)
    amount_cny = models.DecimalField("折人民币", max_digits=16, decimal_places=2)
    live = models.BooleanField("有效", default=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["certificate", "g_no", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="exemptions_certified_once", fields=["source"], condition=Q(live=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}/{self.g_no}"
