"""Letting documents go that are past the time the policies keep them."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.documents import events
from youju.foundation.documents.models import Document
from youju.foundation.files.services import release
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import whole

_AT_ONCE = 1000
"""What is left over goes the next night: one transaction stays short."""


@transaction.atomic
def clear_old() -> dict[str, int]:
    """Delete made documents and those that were never made, each past its time; how many of each.

    A made one's file is untied and goes with the next collection, unless another record has it. The trail keeps who asked for
    it, of what, and when it went. Called by a periodic job, not by people.
    """
    now, law = timezone.now(), law_on(timezone.localdate())
    made = now - timedelta(days=whole(law, "foundation.documents.keep_made_days"))
    failed = now - timedelta(days=whole(law, "foundation.documents.keep_failed_days"))
    past = Q(state=Document.State.MADE, made_at__lt=made) | (
        ~Q(state=Document.State.MADE) & Q(requested_at__lt=failed)
    )
    rows = Document.objects.filter(past).order_by("requested_at").defer("context")
    cleared = {"made": 0, "failed": 0}
    # Whoever asks for the same document now holds its row, and gets it; another night will do for it.
    for row in rows.select_for_update(skip_locked=True)[:_AT_ONCE]:
        subject = Subject(events.KIND, str(row.pk), row.name)
        release(subject=subject)
        before = {
            "format": row.format,
            "sha256": row.sha256,
            "about": f"{row.subject_kind}:{row.subject_key}",
        }
        record(events.CLEARED, subject, before, None, reason="超过保留期限")
        cleared["made" if row.state == Document.State.MADE else "failed"] += 1
        row.delete()
    return cleared
