"""What peers ask for the same goods, in numbered versions, so that a hit can be explained later."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class PeerVersion(models.Model):
    """Peers' statistics over a window (half open), as counted at one time. ``digest``: SHA-256 over its rows."""

    since = models.DateField("自")
    until = models.DateField("至（不含）")
    lines = models.PositiveBigIntegerField("依据的行数", default=0)
    groups = models.PositiveIntegerField("组数", default=0)
    digest = models.CharField("校验值", max_length=64)
    policy_hash = models.CharField("政策校验值", max_length=64)
    counted_at = models.DateTimeField("统计时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"同类统计 {self.pk}"


class Peer(models.Model):
    """The peers of a price: ``basis`` price (dollars per unit) or kg (dollars per kilogram); logarithms, to six places."""

    version = models.ForeignKey(PeerVersion, on_delete=models.CASCADE, related_name="rows")
    basis = models.CharField("依据", max_length=5)
    hs6 = models.CharField("HS 六位编码", max_length=6)
    unit = models.CharField("单位", max_length=10)
    peers = models.PositiveIntegerField("行数")
    median = models.FloatField("对数中位数")
    spread = models.FloatField("对数稳健标准差")

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["hs6", "basis", "unit"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="risk_peer_once", fields=["version", "hs6", "basis", "unit"])
        ]

    def __str__(self) -> str:
        return f"{self.hs6} {self.unit}"
