"""Scans, and which parties hang together."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Scan(models.Model):
    """One run of the scan over a window (half open). ``counts``: rule → hits; ``skipped``: rules without their table."""

    since = models.DateField("自")
    until = models.DateField("至（不含）")
    as_of = models.DateField("判断之日")
    state = models.CharField("状态", max_length=8, default="waiting")
    asked_by = models.CharField("发起人", max_length=64, blank=True)
    run = models.BigIntegerField("任务", null=True, blank=True)
    peers = models.ForeignKey(
        "risk.PeerVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lines = models.PositiveBigIntegerField("货物行", default=0)
    found = models.PositiveIntegerField("命中", default=0)
    new = models.PositiveIntegerField("新命中", default=0)
    counts = models.JSONField("各规则命中", default=dict)
    skipped = models.JSONField("没有数据的规则", default=list)
    policy_hash = models.CharField("政策校验值", max_length=64, blank=True)
    seconds = models.FloatField("用时（秒）", default=0)
    created_at = models.DateTimeField("发起时间", db_default=Now())
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.since} 至 {self.until}"


class Component(models.Model):
    """A party's place among related ones: ``root`` is the least party id of those that hang together by what they share."""

    party = models.OneToOneField(
        "parties.Party", on_delete=models.CASCADE, primary_key=True, related_name="+", verbose_name="主体"
    )
    root = models.BigIntegerField("关联组")
    size = models.PositiveIntegerField("组内主体数")

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(name="risk_component_root", fields=["root"])]

    def __str__(self) -> str:
        return f"{self.root} {self.party_id}"
