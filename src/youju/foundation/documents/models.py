"""The documents that were asked for: what they were made of, and which kept file came of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.foundation.kernel.subjects import Subject

SHA256 = r"^[0-9a-f]{64}$"


class Document(models.Model):
    """One document: a template, plain data, a format. The same again, about the same record, is this one again."""

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", "等待生成"
        MADE = "made", "已生成"
        FAILED = "failed", "没有生成"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fingerprint = models.CharField("指纹", max_length=64, unique=True)
    template = models.CharField("模板", max_length=100)
    version = models.CharField("模板版本", max_length=20)
    template_hash = models.CharField("模板校验值", max_length=64)
    context = models.TextField("数据")
    context_hash = models.CharField("数据校验值", max_length=64)
    format = models.CharField("格式", max_length=10)
    name = models.CharField("文件名", max_length=255)
    subject_kind = models.CharField("对象类别", max_length=100)
    subject_key = models.CharField("对象编号", max_length=200)
    subject_label = models.CharField("对象", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)
    sha256 = models.CharField("文件校验值", max_length=64, blank=True)
    run = models.UUIDField("后台任务", null=True, blank=True)
    requested_by = models.CharField("申请人", max_length=150, blank=True)
    requested_at = models.DateTimeField("申请时间", db_default=Now())
    made_at = models.DateTimeField("生成时间", null=True, blank=True)
    error = models.TextField("原因", blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-requested_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="documents_document_state", condition=Q(state__in=["asked", "made", "failed"])
            ),
            models.CheckConstraint(
                name="documents_document_made_has_file",
                condition=Q(state="made", sha256__regex=SHA256, made_at__isnull=False)
                | (~Q(state="made") & Q(sha256="", made_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="documents_document_failed_says_why", condition=~Q(state="failed", error="")
            ),
            models.CheckConstraint(
                name="documents_document_hashes",
                condition=Q(
                    template_hash__regex=SHA256, context_hash__regex=SHA256, fingerprint__regex=SHA256
                ),
            ),
            models.CheckConstraint(name="documents_document_named", condition=~Q(name="")),
        ]
        indexes: ClassVar = [
            models.Index(
                "subject_kind", "subject_key", F("requested_at").desc(), name="documents_by_subject"
            ),
            models.Index("sha256", name="documents_by_file", condition=~Q(sha256="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(self.subject_kind, self.subject_key, self.subject_label)
