"""Uploads that wait for a confirmation."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.performance.targets.models.sets import SHA256, TargetSet


class ImportPreview(models.Model):
    """An uploaded document as read, kept until confirmed, discarded or expired.

    ``base`` is the version that it was compared with (NULL: none was stored) and ``token`` the hash of what
    was shown; a confirmation under another token or another base is refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("文件校验值", max_length=64)
    document = models.JSONField("读出的内容")
    fiscal_year = models.PositiveSmallIntegerField("预算年度")
    unit_key = models.CharField("单位", max_length=200)
    base = models.ForeignKey(TargetSet, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    token = models.CharField("预览校验值", max_length=64)
    created_at = models.DateTimeField("上传时间", db_default=Now())
    expires_at = models.DateTimeField("失效时间")
    confirmed = models.ForeignKey(
        TargetSet, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="导入结果"
    )

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="targets_preview_hashes", condition=Q(sha256__regex=SHA256, token__regex=SHA256)
            ),
            models.CheckConstraint(
                name="targets_preview_year", condition=Q(fiscal_year__gte=2000, fiscal_year__lte=2100)
            ),
            models.CheckConstraint(
                name="targets_preview_expires", condition=Q(expires_at__gt=F("created_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename} {self.fiscal_year}"
