"""Contents, each kept once under its sha256, and what refers to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

SHA256 = r"^[0-9a-f]{64}$"


class Content(models.Model):
    """One content in the store. A row without its file can't be: the file is put there first."""

    sha256 = models.CharField("校验值", max_length=64, primary_key=True)
    size = models.BigIntegerField("字节数")
    kind = models.CharField("种类", max_length=12)
    kept_at = models.DateTimeField("保存时间", db_default=Now())

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="files_content_hash", condition=Q(sha256__regex=SHA256)),
            models.CheckConstraint(name="files_content_size", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Attachment(models.Model):
    """A record's file: the content under a name, in a role. Removed when it is released; the trail remembers it."""

    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="attachments")
    subject_kind = models.CharField("对象类别", max_length=100)
    subject_key = models.CharField("对象编号", max_length=200)
    role = models.CharField("用处", max_length=40)
    name = models.CharField("文件名", max_length=255)
    attached_by = models.CharField("经办人", max_length=64)
    attached_at = models.DateTimeField("时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["attached_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="files_attachment_once", fields=["subject_kind", "subject_key", "role", "content"]
            ),
            models.CheckConstraint(name="files_attachment_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
