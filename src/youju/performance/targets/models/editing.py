"""What people have typed into a table and not saved yet."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from youju.performance.targets.models.projects import Project


class EditDraft(models.Model):
    """One person's unsaved typing in one project table, as the form's fields; ``base`` is the revision it started from."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="edit_drafts")
    base = models.PositiveIntegerField("所依修订")
    form = models.JSONField("表单内容")
    saved_at = models.DateTimeField("保存时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-saved_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_edit_draft_once", fields=["user", "project"])
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.project_id} {self.saved_at}"
