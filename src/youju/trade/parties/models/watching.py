"""What the nightly jobs found: pairs that may be one party, and what ends soon."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.trade.parties.models.filings import Paper, Party


class Pair(models.Model):
    """Two filings that may be of one party (疑似重复). ``left`` is the older one; a pair marked ``distinct`` stays away."""

    left = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    state = models.CharField("状态", max_length=8, default="open")
    score = models.PositiveSmallIntegerField("分数", default=0)
    reasons = ArrayField(models.CharField(max_length=100), verbose_name="理由", default=list)
    found_at = models.DateTimeField("发现时间", db_default=Now())
    decided_by = models.CharField("判断人", max_length=64, blank=True)
    decided_at = models.DateTimeField("判断时间", null=True, blank=True)
    decision_reason = models.CharField("判断说明", max_length=500, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-score", "pk"]
        indexes: ClassVar = [models.Index(name="parties_pair_open", fields=["state", "-score"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="parties_pair_once", fields=["left", "right"]),
            models.CheckConstraint(name="parties_pair_in_order", condition=Q(left__lt=F("right"))),
            models.CheckConstraint(name="parties_pair_state", condition=Q(state__in=["open", "distinct"])),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} ~ {self.right_id}"


class Reminder(models.Model):
    """Something of a party ends soon or has ended (到期提醒): its filing, or one of its papers. Closed once that is mended."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField("种类", max_length=8)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    due_on = models.DateField("到期日")
    made_at = models.DateTimeField("提醒时间", db_default=Now())
    closed_at = models.DateTimeField("解除时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [
            models.Index(name="parties_reminder_open", fields=["due_on"], condition=Q(closed_at__isnull=True))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="parties_reminder_once",
                fields=["party", "kind", "paper", "due_on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="parties_reminder_kind",
                condition=Q(kind="filing", paper=None) | Q(kind="paper", paper__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.kind} {self.due_on}"
