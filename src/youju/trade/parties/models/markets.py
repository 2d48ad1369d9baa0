"""Markets, their stalls, and who holds a stall from when to when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from youju.trade.parties.models.filings import Party


class Market(models.Model):
    """A recognised market (市场) of the cluster."""

    code = models.CharField("市场代码", max_length=8, unique=True)
    name = models.CharField("市场名称", max_length=100)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Stall(models.Model):
    """A place in a market (摊位): floor, row and position draw the map; ``number`` is what stands on its sign."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="stalls")
    floor = models.SmallIntegerField("楼层")
    row = models.PositiveSmallIntegerField("排")
    position = models.PositiveSmallIntegerField("位")
    number = models.CharField("摊位号", max_length=20)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["market", "floor", "row", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="parties_stall_number", fields=["market", "number"]),
            models.UniqueConstraint(
                name="parties_stall_place", fields=["market", "floor", "row", "position"]
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Tenancy(models.Model):
    """A party holds a stall; half-open range, ``valid_to`` NULL while it lasts."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="tenancies")
    stall = models.ForeignKey(Stall, on_delete=models.PROTECT, related_name="tenancies")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至（不含）", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="parties_stall_held_once", fields=["stall"], condition=Q(valid_to=None)
            ),
            models.CheckConstraint(
                name="parties_tenancy_range", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stall_id} {self.valid_from}"
