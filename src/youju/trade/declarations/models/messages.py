"""What went to the Single Window and what came back, each once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.trade.declarations.models.declarations import Declaration


class Message(models.Model):
    """A message out (``DecMessage``, ``DecStateQuery``) or a reply in (``DecImportResponse``, ``DecStateResponse``).

    ``key`` makes it happen once: ours for what goes out, the reply's own for what comes in. ``state`` of what goes out:
    ``waiting``, ``sent``, ``answered``, ``unanswered`` (as often as the policy allows); of what comes in: ``read``, ``kept``
    (came out of turn), ``refused`` (unreadable, foreign, or against what is known), ``returned`` (put back to be read again).
    ``name`` and ``content`` are the file's; what is sent is fixed in the transaction that sends it. ``position`` counts the
    notices about a declaration where the reply says it. ``done_at``: of what goes out, when it was last sent or answered.
    """

    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    direction = models.CharField("方向", max_length=3)
    key = models.CharField("编号", max_length=100)
    state = models.CharField("状态", max_length=10)
    kind = models.CharField("种类", max_length=30, blank=True)
    name = models.CharField("文件名", max_length=160, blank=True, default="")
    content = models.BinaryField("内容", default=b"")
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    position = models.PositiveSmallIntegerField("序号", null=True, blank=True)
    text = models.TextField("说明", blank=True)
    attempts = models.PositiveIntegerField("次数", default=0)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="declarations_message_state", fields=["direction", "state"]),
            models.Index(name="declarations_message_time", fields=["-created_at", "-id"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="declarations_message_once", fields=["direction", "key"]),
            models.CheckConstraint(name="declarations_message_way", condition=Q(direction__in=["out", "in"])),
            models.CheckConstraint(
                name="declarations_message_state_known",
                condition=Q(direction="out", state__in=["waiting", "sent", "answered", "unanswered"])
                | Q(direction="in", state__in=["read", "kept", "refused", "returned"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.key}"
