"""Orders, their lines, and what the checks said of them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.orders.kinds import OrderKind
from youju.rules.trade.orders.lifecycle import DRAFT, ORDER_FLOW

SHA256 = r"^[0-9a-f]{64}$"


class Order(models.Model):
    """One deal of one merchant with one foreign buyer (交易单), registered before the goods move.

    ``organisations`` are those whose people take part in it (merchant, agent, buyer, later the consolidator and the broker):
    row-level security reads it. Amounts are in ``currency``; ``rate`` is the customs rate of ``rate_month``. Totals are the sums
    of the lines, kept by the services and checked by a test. A return or a correction names the sale in ``about``; its
    quantities count against that sale.
    """

    number = models.CharField("交易单号", max_length=24, unique=True)
    kind = models.CharField("种类", max_length=12, default=OrderKind.SALE)
    about = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="later", verbose_name="原交易单"
    )
    state = models.CharField("状态", max_length=12, default=DRAFT)
    revision = models.PositiveIntegerField("修订次数", default=0)
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    merchant = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="市场经营户"
    )
    agent = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="外贸代理",
    )
    buyer = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="境外采购商"
    )
    consolidator = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="组货人",
    )
    ordered_on = models.DateField("成交日期")
    country = models.CharField("运抵国（地区）", max_length=2)
    currency = models.CharField("币种", max_length=3, default="USD")
    rate = models.DecimalField("海关汇率", max_digits=14, decimal_places=8)
    rate_month = models.DateField("汇率月份")
    exemption_mode = models.CharField("免税申报方式", max_length=8, default="agent")
    collected_by_agent = models.BooleanField("由代理收汇", default=True)
    amount = models.DecimalField("总价", max_digits=16, decimal_places=2, default=0)
    amount_cny = models.DecimalField("折人民币", max_digits=16, decimal_places=2, default=0)
    packages = models.PositiveIntegerField("件数", default=0)
    net_weight = models.DecimalField("净重（千克）", max_digits=16, decimal_places=5, default=0)
    gross_weight = models.DecimalField("毛重（千克）", max_digits=16, decimal_places=5, default=0)
    volume = models.DecimalField("体积（立方米）", max_digits=14, decimal_places=6, default=0)
    lines_count = models.PositiveIntegerField("行数", default=0)
    channel = models.CharField("来源", max_length=8, default="web")
    reference = models.CharField("外部单号", max_length=64, blank=True)
    note = models.TextField("备注", blank=True)
    merchant_confirmed_by = models.CharField("经营户确认人", max_length=64, blank=True)
    merchant_confirmed_at = models.DateTimeField("经营户确认时间", null=True, blank=True)
    agent_confirmed_by = models.CharField("代理确认人", max_length=64, blank=True)
    agent_confirmed_at = models.DateTimeField("代理确认时间", null=True, blank=True)
    as_of = models.DateField("依据之日", null=True, blank=True)
    policy_hash = models.CharField("政策校验值", max_length=64, blank=True)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    registered_at = models.DateTimeField("登记时间", null=True, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="orders_state", fields=["state", "registered_at"]),
            models.Index(name="orders_merchant", fields=["merchant", "-ordered_on", "amount"]),
            models.Index(name="orders_agent", fields=["agent", "-ordered_on"]),
            models.Index(name="orders_day", fields=["-ordered_on"]),
            models.Index(name="orders_about", fields=["about"], condition=~Q(about=None)),
            models.Index(
                name="orders_reference", fields=["merchant", "reference"], condition=~Q(reference="")
            ),
            GinIndex(name="orders_organisations", fields=["organisations"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="orders_state_known", condition=Q(state__in=[s.code for s in ORDER_FLOW.states])
            ),
            models.CheckConstraint(
                name="orders_kind_known", condition=Q(kind__in=[k.value for k in OrderKind])
            ),
            models.CheckConstraint(
                name="orders_kind_about",
                condition=Q(kind="sale", about=None) | (~Q(kind="sale") & ~Q(about=None)),
            ),
            models.CheckConstraint(
                name="orders_exemption_mode", condition=Q(exemption_mode__in=["self", "agent"])
            ),
            models.CheckConstraint(name="orders_currency_form", condition=Q(currency__regex=r"^[A-Z]{3}$")),
            models.CheckConstraint(name="orders_country_form", condition=Q(country__regex=r"^[A-Z]{2}$")),
            models.CheckConstraint(name="orders_rate_positive_here", condition=Q(rate__gt=0)),
            models.CheckConstraint(
                name="orders_totals_positive",
                condition=Q(amount__gte=0, net_weight__gte=0, gross_weight__gte=0),
            ),
            models.CheckConstraint(
                name="orders_confirmed_by_both",
                condition=~Q(state="confirmed")
                | (~Q(merchant_confirmed_by="") & (Q(agent=None) | ~Q(agent_confirmed_by=""))),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One kind of goods in an order, as it stood at registration. Weights in kg, volume in m³, amount in the currency.

    ``quantity1`` and ``quantity2`` are in the statutory units of the code. ``original`` is the sale's line that a return or
    correction is about.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    line_no = models.PositiveIntegerField("序号")
    good = models.ForeignKey("goods.Good", on_delete=models.PROTECT, related_name="+", verbose_name="商品")
    original = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="later", verbose_name="原行"
    )
    hs_code = models.CharField("商品编码", max_length=10)
    name = models.CharField("品名", max_length=200)
    name_en = models.CharField("英文品名", max_length=200, blank=True)
    model = models.CharField("规格型号", max_length=200, blank=True)
    brand = models.CharField("品牌", max_length=100, blank=True)
    unit = models.CharField("成交单位", max_length=10)
    quantity = models.DecimalField("数量", max_digits=16, decimal_places=5)
    price = models.DecimalField("单价", max_digits=16, decimal_places=4)
    amount = models.DecimalField("总价", max_digits=16, decimal_places=2)
    unit1 = models.CharField("法定第一单位", max_length=10, blank=True)
    quantity1 = models.DecimalField("法定第一数量", max_digits=16, decimal_places=5, null=True, blank=True)
    unit2 = models.CharField("法定第二单位", max_length=10, blank=True)
    quantity2 = models.DecimalField("法定第二数量", max_digits=16, decimal_places=5, null=True, blank=True)
    packages = models.PositiveIntegerField("件数")
    net_weight = models.DecimalField("净重（千克）", max_digits=16, decimal_places=5)
    gross_weight = models.DecimalField("毛重（千克）", max_digits=16, decimal_places=5)
    volume = models.DecimalField("体积（立方米）", max_digits=14, decimal_places=6, default=0)
    inspection = models.BooleanField("检验检疫", default=False)
    export_duty = models.BooleanField("出口关税", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order", "line_no"]
        indexes: ClassVar = [
            models.Index(name="orders_line_good", fields=["good"]),
            models.Index(name="orders_line_original", fields=["original"], condition=~Q(original=None)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="orders_line_once", fields=["order", "line_no"]),
            models.CheckConstraint(name="orders_line_code", condition=Q(hs_code__regex=r"^\d{10}$")),
            models.CheckConstraint(
                name="orders_line_positive",
                condition=Q(
                    quantity__gt=0, amount__gte=0, net_weight__gte=0, gross_weight__gte=F("net_weight")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.line_no}"


class OrderFinding(models.Model):
    """What a rule said of an order or of one of its lines; a soft one wants an explanation before registration."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="findings")
    line_no = models.PositiveIntegerField("序号", null=True, blank=True)
    rule = models.CharField("规则", max_length=12)
    severity = models.CharField("程度", max_length=8)
    field = models.CharField("字段", max_length=30, blank=True)
    message = models.TextField("意见")
    suggestion = models.TextField("建议", blank=True)
    explanation = models.TextField("说明", blank=True)
    explained_by = models.CharField("说明人", max_length=64, blank=True)
    explained_at = models.DateTimeField("说明时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order", "line_no", "rule"]
        indexes: ClassVar = [models.Index(name="orders_finding_rule", fields=["rule"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="orders_finding_severity", condition=Q(severity__in=["error", "warning", "hint"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.order_id}/{self.line_no}"
