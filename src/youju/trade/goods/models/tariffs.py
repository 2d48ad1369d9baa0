"""The tariff: ten-digit lines by dated version, over the six-digit nomenclature, with declaration elements."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Heading(models.Model):
    """A chapter, heading or subheading (2, 4 or 6 digits) of the Harmonized System 2022."""

    code = models.CharField("编码", max_length=6, primary_key=True)
    name_en = models.TextField("英文名称")
    name = models.TextField("中文名称", blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(name="goods_heading_code", condition=Q(code__regex=r"^\d{2}(\d{2}){0,2}$"))
        ]

    def __str__(self) -> str:
        return self.code


class TariffVersion(models.Model):
    """The ten-digit tariff as loaded from one spreadsheet, in force from a day to a day (half-open)."""

    name = models.CharField("版本", max_length=60, unique=True)
    valid_from = models.DateField("自", unique=True)
    valid_to = models.DateField("至（不含）", null=True, blank=True)
    lines_count = models.PositiveIntegerField("编码数", default=0)
    source_name = models.CharField("来源文件", max_length=255, blank=True)
    source_sha256 = models.CharField("来源文件校验值", max_length=64, blank=True)
    loaded_by = models.CharField("装入人", max_length=64, blank=True)
    loaded_at = models.DateTimeField("装入时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="goods_version_range", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            )
        ]

    def __str__(self) -> str:
        return self.name


class TariffLine(models.Model):
    """One ten-digit line of a version. ``export_duty`` is a percentage; NULL where there is none.

    ``initials`` are the pinyin initials of the name, ``grams`` the pieces that the search looks in (``goods.spelling``).
    """

    version = models.ForeignKey(TariffVersion, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField("商品编码", max_length=10)
    name = models.TextField("商品名称")
    unit1 = models.CharField("法定第一单位", max_length=10)
    unit2 = models.CharField("法定第二单位", max_length=10, blank=True)
    export_duty = models.DecimalField("出口关税（%）", max_digits=7, decimal_places=3, null=True, blank=True)
    supervision = models.CharField("监管条件", max_length=30, blank=True)
    inspection = models.CharField("检验检疫类别", max_length=30, blank=True)
    initials = models.TextField("拼音首字母", blank=True)
    grams = ArrayField(models.TextField(), verbose_name="查找用的片段", default=list)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["code"]
        indexes: ClassVar = [GinIndex(name="goods_line_grams", fields=["grams"], fastupdate=False)]
        constraints: ClassVar = [
            models.UniqueConstraint(name="goods_line_once", fields=["version", "code"]),
            models.CheckConstraint(name="goods_line_code", condition=Q(code__regex=r"^\d{10}$")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Element(models.Model):
    """What a declaration of goods under a code must state (申报要素), in order; ``code`` is a prefix of 2 to 10 digits."""

    version = models.ForeignKey(TariffVersion, on_delete=models.CASCADE, related_name="elements")
    code = models.CharField("编码前缀", max_length=10)
    names = ArrayField(models.CharField(max_length=60), verbose_name="要素")

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["code"]
        indexes: ClassVar = [GinIndex(name="goods_element_names", fields=["names"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="goods_element_once", fields=["version", "code"])
        ]

    def __str__(self) -> str:
        return self.code
