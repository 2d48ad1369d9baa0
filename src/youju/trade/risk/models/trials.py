"""Trials of changed thresholds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Trial(models.Model):
    """What one rule would have found in a window (half open) under other parameters. Hits are untouched by it.

    ``parameters``: policy id → the value tried, as text. ``result``: see ``services.trials``.
    """

    rule = models.CharField("规则", max_length=7)
    parameters = models.JSONField("试用的门槛", default=dict)
    since = models.DateField("自")
    until = models.DateField("至（不含）")
    state = models.CharField("状态", max_length=8, default="waiting")
    result = models.JSONField("结果", default=dict)
    asked_by = models.CharField("发起人", max_length=64)
    created_at = models.DateTimeField("发起时间", db_default=Now())
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.rule} {self.since} 至 {self.until}"
