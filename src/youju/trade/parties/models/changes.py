"""Changes to what is on file, and merges of duplicates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.parties.lifecycle import CHANGE_FLOW, SUBMITTED
from youju.trade.parties.models.filings import Party


class ChangeRequest(models.Model):
    """A wish to change a filed party (备案变更): ``before`` and ``after`` hold the changed fields alone.

    Identifiers stand sealed in ``after`` and masked in ``before``.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField("种类", max_length=12, default="change")
    state = models.CharField("状态", max_length=12, default=SUBMITTED)
    party_revision = models.PositiveIntegerField("依据的修订")
    before = models.JSONField("变更前")
    after = models.JSONField("变更后")
    reason = models.TextField("理由")
    requested_by = models.CharField("申请人", max_length=64)
    requested_at = models.DateTimeField("申请时间", db_default=Now())
    decided_by = models.CharField("办理人", max_length=64, blank=True)
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)
    decision_reason = models.TextField("办理意见", blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-requested_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="parties_one_open_change", fields=["party", "kind"], condition=Q(state=SUBMITTED)
            ),
            models.CheckConstraint(name="parties_change_kind", condition=Q(kind__in=["change", "renewal"])),
            models.CheckConstraint(
                name="parties_change_state", condition=Q(state__in=[s.code for s in CHANGE_FLOW.states])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.state}"


class Merge(models.Model):
    """Two filings of one party made one: what moved, so that it can be moved back."""

    kept = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merges_lost")
    moved = models.JSONField("移动的内容")
    reason = models.TextField("理由")
    merged_by = models.CharField("办理人", max_length=64)
    merged_at = models.DateTimeField("合并时间", db_default=Now())
    undone_by = models.CharField("撤销人", max_length=64, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-merged_at"]
        constraints: ClassVar = [
            models.CheckConstraint(name="parties_merge_of_two", condition=~Q(kept=F("merged"))),
            models.UniqueConstraint(
                name="parties_merged_once", fields=["merged"], condition=Q(undone_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"
