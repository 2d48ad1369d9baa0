"""Batches of imported rows: from the upload to the commit, and back."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Upload(models.Model):
    """A file that is arriving in pieces."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    importer = models.CharField("导入", max_length=60)
    parameters = models.JSONField("参数", default=dict)
    name = models.CharField("文件名", max_length=255)
    size = models.BigIntegerField("字节数")
    received = models.BigIntegerField("已收到", default=0)
    started_at = models.DateTimeField("开始时间", db_default=Now())

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="imports_upload_bounds",
                condition=Q(size__gt=0, received__gte=0, received__lte=models.F("size")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """One file on its way into the database."""

    class State(models.TextChoices):
        """Where it stands."""

        CHECKING = "checking", "检查中"
        FINDINGS = "findings", "有错误，须改正"
        READY = "ready", "待确认"
        COMMITTING = "committing", "写入中"
        COMMITTED = "committed", "已导入"
        UNDONE = "undone", "已撤销"
        DISCARDED = "discarded", "已放弃"
        FAILED = "failed", "失败"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    importer = models.CharField("导入", max_length=60)
    version = models.CharField("版本", max_length=20)
    parameters = models.JSONField("参数", default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="经办人"
    )
    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("校验值", max_length=64)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.CHECKING)
    places = models.JSONField("列的位置", default=dict)
    notes = models.JSONField("须知", default=list)
    rows = models.PositiveIntegerField("行数", default=0)
    faults = models.PositiveIntegerField("错误数", default=0)
    effects = models.JSONField("将有的改动", null=True)
    kept = models.JSONField("写入的结果", null=True)
    error = models.TextField("原因", blank=True)
    annotated = models.CharField("批注文件", max_length=64, blank=True)
    job = models.UUIDField("任务", null=True)
    created_at = models.DateTimeField("上传时间", db_default=Now())
    committed_at = models.DateTimeField("写入时间", null=True)
    undone_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="imports_batch_committed",
                condition=~Q(state__in=["committed", "undone"]) | Q(committed_at__isnull=False, faults=0),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="imports_batch_file", fields=["importer", "sha256"]),
            models.Index(name="imports_batch_recent", fields=["-created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class StagedRow(models.Model):
    """A row that was read and found good, waiting for the commit; ``values`` is a JSON list in the columns' order."""

    pk = models.CompositePrimaryKey("batch_id", "number")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="staged")
    number = models.PositiveIntegerField("行号")
    values = models.TextField("值")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class Finding(models.Model):
    """Something about one cell of a batch."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="findings")
    row = models.PositiveIntegerField("行")
    column = models.CharField("列", max_length=60, blank=True)
    severity = models.CharField("程度", max_length=8)
    message = models.TextField("意见")

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["row", "pk"]

    def __str__(self) -> str:
        return f"{self.row} {self.column} {self.message}"
