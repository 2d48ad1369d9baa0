"""From a preview to stored targets, or to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.installation import demo_mode
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import events, permissions, selectors
from youju.performance.targets.models import ImportPreview, TargetSet
from youju.performance.targets.services.linting import counts_of
from youju.performance.targets.services.sources import hand_over, let_go
from youju.performance.targets.services.staging import waiting
from youju.performance.targets.services.storing import content_hash, lock_unit_year, store
from youju.rules.performance.targets.codec import from_json

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def confirm_import(*, actor: User, preview_id: UUID, token: str) -> TargetSet:
    """Store what a preview showed as the unit's new draft version of the year.

    A document that changes nothing makes no new version: the stored one is returned.

    Raises:
        InputError: the preview no longer waits, or what is stored has changed since it was shown,
            or a version is being reviewed (409).
        PermissionDenied: the actor may not import.
    """
    require(actor, permissions.IMPORT)
    preview = waiting(actor, preview_id)
    lock_unit_year(preview.unit_key, preview.fiscal_year)
    stored = selectors.working_set(year=preview.fiscal_year, unit=preview.unit_key)
    if preview.token != token or (stored and stored.pk) != preview.base_id:
        raise InputError(
            "预览之后，已存的绩效目标又有了改动，预览已经不准",
            how="请重新上传文件，再核对一次",
            status=409,
        )
    document = from_json(preview.document)
    if stored is not None and stored.content_hash == content_hash(document):
        target_set = stored
    else:
        target_set = store(
            document,
            fiscal_year=preview.fiscal_year,
            source_name=preview.filename,
            source_sha256=preview.sha256,
            imported_by=actor,
            is_demo=demo_mode(),
        )
        record(
            events.IMPORTED,
            events.set_subject(target_set),
            None,
            {
                "version": target_set.version,
                "based_on": stored.version if stored else None,
                "source": preview.filename,
                "sha256": preview.sha256,
                "projects": len(document.projects),
                "indicators": sum(len(each.indicators) for each in document.projects),
                **counts_of(target_set),
            },
        )
    hand_over(preview, target_set)
    preview.confirmed = target_set
    preview.save(update_fields=["confirmed"])
    return target_set


@transaction.atomic
def discard_import(*, actor: User, preview_id: UUID) -> None:
    """Forget a waiting preview; one that no longer exists is forgotten already."""
    require(actor, permissions.IMPORT)
    preview = ImportPreview.objects.filter(pk=preview_id, user=actor, confirmed__isnull=True).first()
    if preview is not None:
        record(events.DISCARDED, events.preview_subject(preview), {"sha256": preview.sha256}, None)
        let_go(preview)
        preview.delete()
