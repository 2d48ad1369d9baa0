"""The quarterly table of actual consignors that an agent has submitted (季度委托方报送)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class QuarterReport(models.Model):
    """What an agent reported of a quarter, frozen: ``rows`` as submitted, ``sha256`` of them. ``quarter`` such as ``2025Q4``."""

    agent = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="外贸代理"
    )
    agent_name = models.CharField("代理名称", max_length=100)
    quarter = models.CharField("季度", max_length=6)
    version = models.PositiveSmallIntegerField("版本", default=1)
    rows = models.JSONField("委托方", default=list)
    consignors = models.PositiveIntegerField("委托方数")
    declarations = models.PositiveIntegerField("报关单数")
    amount_cny = models.DecimalField("出口额（元）", max_digits=18, decimal_places=2)
    sha256 = models.CharField("校验值", max_length=64)
    submitted_on = models.DateField("报送日期")
    submitted_by = models.CharField("报送人", max_length=64)
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="科室", default=list)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-quarter", "agent", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="exemptions_quarter_version_once", fields=["agent", "quarter", "version"]
            ),
            models.CheckConstraint(
                name="exemptions_quarter_form", condition=Q(quarter__regex=r"^20[0-9]{2}Q[1-4]$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_name} {self.quarter}"
