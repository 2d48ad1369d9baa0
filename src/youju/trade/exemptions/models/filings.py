"""A month's exemption filing of a consignor, and the goods that stand in it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.exemptions.lifecycle import DRAFT, FILING_STATES, REPLACED


class Filing(models.Model):
    """What a merchant exported in a month (免税申报), filed by itself or by the agent of the declarations (``filer``).

    ``month`` is the first day of the month of release. ``amount_cny`` and ``lines_count`` are those of its lines, kept by a
    trigger. ``period_due`` is the tax period's day, ``due_on`` the day by which it is to be filed as it now stands (sent
    back, let in late, corrected). ``on_time`` stands once it was filed first or missed; a correction keeps that of the
    version that it ``replaces``.
    """

    number = models.CharField("申报编号", max_length=24)
    version = models.PositiveSmallIntegerField("版本", default=1)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="correction",
        verbose_name="更正的申报",
    )
    consignor = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="委托方（经营户）"
    )
    consignor_name = models.CharField("经营户名称", max_length=100)
    tax_id = models.CharField("纳税人识别号", max_length=20, blank=True)
    filer = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="申报方"
    )
    filer_name = models.CharField("申报方名称", max_length=100)
    mode = models.CharField("申报方式", max_length=8)
    month = models.DateField("出口月份")
    period_due = models.DateField("纳税申报期限")
    due_on = models.DateField("办理期限")
    state = models.CharField("状态", max_length=10, default=DRAFT)
    lines_count = models.PositiveIntegerField("行数", default=0)
    amount_cny = models.DecimalField("出口额（元）", max_digits=18, decimal_places=2, default=0)
    filed_on = models.DateField("申报日期", null=True, blank=True)
    filed_by = models.CharField("申报人", max_length=64, blank=True)
    on_time = models.BooleanField("按期", null=True, blank=True)
    decided_on = models.DateField("受理日期", null=True, blank=True)
    decided_by = models.CharField("受理人", max_length=64, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="科室", default=list)
    policy_hash = models.CharField("政策校验值", max_length=64, blank=True)
    batch = models.CharField("导入批次", max_length=40, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-month", "-pk"]
        indexes: ClassVar = [
            models.Index(name="exemptions_filing_newest", fields=["-month", "-id"]),
            models.Index(name="exemptions_filing_state", fields=["state", "due_on"]),
            models.Index(name="exemptions_filing_filer", fields=["filer", "month"]),
            models.Index(name="exemptions_filing_period", fields=["period_due"]),
            GinIndex(name="exemptions_filing_whose", fields=["organisations"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="exemptions_filing_number", fields=["number", "version"]),
            models.UniqueConstraint(
                name="exemptions_filing_once",
                fields=["consignor", "filer", "month"],
                condition=~Q(state=REPLACED),
            ),
            models.CheckConstraint(
                name="exemptions_filing_state_known", condition=Q(state__in=list(FILING_STATES))
            ),
            models.CheckConstraint(
                name="exemptions_filing_mode",
                condition=Q(mode="self", filer=F("consignor")) | Q(mode="agent"),
            ),
            models.CheckConstraint(name="exemptions_filing_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="exemptions_filing_decided",
                condition=Q(decided_by="") | ~Q(decided_by=F("filed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}-{self.version}"


class FilingLine(models.Model):
    """Goods of an order line in a declared line, as filed. ``source`` is the declaration's source line; live it stands once.

    The words are kept as filed: a declaration that is corrected later does not rewrite what was told to the tax office.
    """

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="lines")
    source = models.ForeignKey(
        "declarations.SourceLine", on_delete=models.PROTECT, related_name="+", verbose_name="报关单来源行"
    )
    declaration = models.CharField("申报单", max_length=32)
    entry_number = models.CharField("报关单号", max_length=18, blank=True)
    g_no = models.PositiveSmallIntegerField("项号")
    order_number = models.CharField("交易单", max_length=32)
    line_no = models.PositiveIntegerField("交易单行")
    hs_code = models.CharField("商品编码", max_length=10)
    name = models.CharField("品名", max_length=255)
    released_on = models.DateField("放行日期")
    currency = models.CharField("币种", max_length=3)
    amount = models.DecimalField("总价", max_digits=16, decimal_places=2)
    amount_cny = models.DecimalField("折人民币", max_digits=16, decimal_places=2)
    live = models.BooleanField("有效", default=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["filing", "pk"]
        indexes: ClassVar = [models.Index(name="exemptions_line_filing", fields=["filing", "id"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="exemptions_source_once", fields=["source"], condition=Q(live=True)),
        ]

    def __str__(self) -> str:
        return f"{self.declaration}/{self.g_no} {self.order_number}/{self.line_no}"


class Series(models.Model):
    """The last number given under a prefix; its row is locked while the next ones are taken."""

    code = models.CharField("前缀", max_length=12, primary_key=True)
    last = models.PositiveIntegerField("最后一个序号", default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} {self.last}"
