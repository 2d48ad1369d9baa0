"""Giving up what nobody went on with."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from youju.foundation.imports.limits import limit
from youju.foundation.imports.models import Batch, StagedRow, Upload
from youju.foundation.imports.services.receiving import let_go


@transaction.atomic
def clear_waiting() -> dict[str, int]:
    """Discard batches that wait longer than the policy, and forget uploads as old; how many of each."""
    before = timezone.now() - timedelta(hours=limit("waiting_hours"))
    waiting = Batch.objects.filter(
        state__in=[Batch.State.READY, Batch.State.FINDINGS, Batch.State.CHECKING], created_at__lt=before
    )
    given_up = list(waiting.select_for_update())
    keys = [batch.pk for batch in given_up]
    StagedRow.objects.filter(batch__in=keys).delete()
    Batch.objects.filter(pk__in=keys).update(state=Batch.State.DISCARDED)
    for batch in given_up:
        let_go(batch)
    uploads, _ = Upload.objects.filter(started_at__lt=before).delete()
    return {"batches": len(keys), "uploads": uploads}
