"""A merchant's catalogue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

STATES = ("draft", "recognised", "refused", "explained", "outdated", "withdrawn")


class Good(models.Model):
    """One thing that a party sells (商品). ``state`` is what the latest decision made of it.

    ``explained``: recognised after an explanation of soft findings; ``outdated``: the law changed under it and it waits for
    a new decision. ``party`` is whose it is; row-level security follows it.
    """

    party = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="经营户"
    )
    number = models.CharField("商品编号", max_length=24, unique=True)
    state = models.CharField("状态", max_length=12, default="draft")
    revision = models.PositiveIntegerField("修订次数", default=0)
    name = models.CharField("中文名称", max_length=200)
    name_en = models.CharField("英文名称", max_length=200, blank=True)
    model = models.CharField("规格型号", max_length=200, blank=True)
    brand_kind = models.CharField("品牌类型", max_length=12, default="none")
    brand = models.CharField("品牌", max_length=100, blank=True)
    authorisation = models.UUIDField("品牌授权文件", null=True, blank=True)
    authorised_until = models.DateField("授权有效期至", null=True, blank=True)
    producer = models.CharField("生产企业", max_length=100, blank=True)
    unit = models.CharField("成交单位", max_length=10)
    hs_code = models.CharField("商品编码", max_length=10)
    extra_code = models.CharField("附加编码", max_length=3, blank=True)
    picture = models.UUIDField("图片", null=True, blank=True)
    elements = models.JSONField("申报要素", default=dict, blank=True)
    explanation = models.TextField("说明", blank=True)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    changed_at = models.DateTimeField("修改时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-changed_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="goods_party", fields=["party", "state"]),
            models.Index(name="goods_code", fields=["hs_code"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="goods_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="goods_brand_kind",
                condition=Q(brand_kind__in=["none", "own", "domestic", "foreign", "other"]),
            ),
            models.CheckConstraint(name="goods_code_form", condition=Q(hs_code__regex=r"^\d{10}$")),
            models.CheckConstraint(name="goods_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
