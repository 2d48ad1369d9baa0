"""What nobody came back for: unsaved typing, previews, the keys of programs' requests."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.policies import law_on
from youju.performance.targets import events, models
from youju.performance.targets.services.sources import let_go
from youju.rules.law import whole


@transaction.atomic
def clear_abandoned() -> dict[str, int]:
    """Throw away typing, previews and idempotency keys past their time; how many of each. Called by a periodic job.

    Whose typing in which table went is on the trail, its words are not: they were never part of a version.
    """
    return {
        "typing": _typing(_days_ago("typing_days")),
        "previews": drop_expired_previews(timezone.now()),
        "requests": models.StepRequest.objects.filter(at__lt=_days_ago("request_days")).delete()[0],
    }


def drop_expired_previews(now: datetime) -> int:
    """Previews that nobody confirmed in time, with their files; how many. Inner step."""
    # A preview that is being confirmed or thrown away at this moment is somebody's: it is left to them.
    expired = list(
        models.ImportPreview.objects.select_for_update(skip_locked=True).filter(expires_at__lt=now)
    )
    for preview in expired:
        let_go(preview)
        preview.delete()
    return len(expired)


def _typing(before: datetime) -> int:
    drafts = list(
        models.EditDraft.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(saved_at__lt=before)
        .select_related("user", "project__target_set")
    )
    deeds = [
        (
            events.project_subject(draft.project.target_set, draft.project),
            {"typed_by": draft.user.username, "saved_at": draft.saved_at.isoformat()},
            None,
        )
        for draft in drafts
    ]
    record_many(events.TYPING_CLEARED, deeds, reason="超过保留期限")
    models.EditDraft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    return len(drafts)


def _days_ago(name: str) -> datetime:
    law = law_on(timezone.localdate())
    return timezone.now() - timedelta(days=whole(law, f"performance.targets.{name}"))
