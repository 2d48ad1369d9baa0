"""What people have typed and not registered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class OrderDraft(models.Model):
    """One person's unregistered typing in one form. An order row needs parties, a rate and lines; typing has them last.

    ``place`` names the form: ``new``, ``about:<number>`` for a return or correction, ``edit:<number>`` for an order that was
    sent back. Row-level security: of the organisation alone.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.CASCADE, related_name="+")
    place = models.CharField("表单", max_length=40)
    form = models.JSONField("表单内容")
    saved_at = models.DateTimeField("保存时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-saved_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="orders_draft_once", fields=["user", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.place}"
