"""What a labour-dispatch contract agrees about people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Agreement(models.Model):
    """How many positions a labour-dispatch contract fills, and when; days both included (派遣约定).

    The contract itself stands in the room of contracts and is named here by its number: rooms of the office do not
    reach into one another.
    """

    contract = models.CharField("合同编号", max_length=40, unique=True)
    agency = models.CharField("派遣单位", max_length=100)
    positions = models.PositiveSmallIntegerField("约定岗位数")
    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("终止日期")
    project = models.CharField("项目编码", max_length=30, blank=True)
    note = models.CharField("备注", max_length=500, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)
    created_by = models.CharField("登记人", max_length=64)
    created_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-valid_from", "contract"]
        constraints: ClassVar = [
            models.CheckConstraint(name="staff_agreement_positions", condition=Q(positions__gte=1)),
            models.CheckConstraint(name="staff_agreement_days", condition=Q(valid_to__gte=F("valid_from"))),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.agency}"
