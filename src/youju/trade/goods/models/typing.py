"""What people have typed and not saved."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from youju.trade.goods.models.catalogue import Good


class GoodDraft(models.Model):
    """One person's unsaved typing: in one good, or in the one new good that the person is at (``good`` NULL).

    ``party`` is whose good it will be: row-level security follows it. ``base`` is the revision that the typing started from.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey("parties.Party", on_delete=models.CASCADE, related_name="+")
    good = models.ForeignKey(Good, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    base = models.PositiveIntegerField("所依修订", default=0)
    form = models.JSONField("表单内容")
    saved_at = models.DateTimeField("保存时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-saved_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="goods_draft_once", fields=["user", "good"], nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.good_id} {self.saved_at}"
