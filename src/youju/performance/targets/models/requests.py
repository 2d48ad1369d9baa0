"""Steps that programs asked for, so that the same request sent twice is one step."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.performance.targets.models.sets import TargetSet


class StepRequest(models.Model):
    """A step taken under an idempotency key; ``state`` is what it led to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField("幂等键", max_length=100)
    target_set = models.ForeignKey(TargetSet, on_delete=models.CASCADE, related_name="+")
    transition = models.CharField("步骤", max_length=40)
    state = models.CharField("状态", max_length=12)
    at = models.DateTimeField("时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_step_request_once", fields=["user", "key"]),
            models.CheckConstraint(name="targets_step_request_key", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.transition}"
