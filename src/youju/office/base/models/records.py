"""What every record of the base has."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Record(models.Model):
    """A record of a register: its number, its name, whose it is."""

    number = models.CharField("编号", max_length=60, unique=True)
    title = models.CharField("名称", max_length=200)
    holder = models.CharField("单位", max_length=100)
    kind = models.CharField("类别", max_length=20)
    note = models.CharField("备注", max_length=500, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)
    batch = models.CharField("导入批次", max_length=40, blank=True)
    created_by = models.CharField("登记人", max_length=64)
    created_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
