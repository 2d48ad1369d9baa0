"""From an uploaded file to a preview beside what is stored."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.targets import events, permissions, selectors
from youju.performance.targets.imports import read_document
from youju.performance.targets.models import ImportPreview, TargetSet
from youju.performance.targets.services.accepting import accept, check_year, unit_key
from youju.performance.targets.services.clearing import drop_expired_previews
from youju.performance.targets.services.sources import hold
from youju.rules.law import whole
from youju.rules.performance.targets.cases import fiscal_year_of
from youju.rules.performance.targets.codec import to_json

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

PREVIEW_HOURS = "performance.targets.preview_hours"


def stage_upload(
    *, actor: User, filename: str, content: bytes, fiscal_year: int | None = None
) -> ImportPreview:
    """Read an uploaded document and keep it for a preview; the stored targets stay as they are.

    ``fiscal_year`` ``None`` takes the year that the document states, else the latest year of its codes.

    Raises:
        InputError: the file cannot be read or stored, or no year can be told; nothing is kept then.
        PermissionDenied: the actor may not import.
    """
    require(actor, permissions.IMPORT)
    document = read_document(content, filename)
    accept(document)
    year = fiscal_year if fiscal_year is not None else fiscal_year_of(document)
    if year is None:
        raise InputError("文件和项目编码里都看不出预算年度", how="请在“预算年度”栏填写四位年份")
    check_year(year)
    now = timezone.now()
    with transaction.atomic():
        drop_expired_previews(now)
        preview = ImportPreview(
            user=actor,
            filename=filename[-255:],
            sha256=hashlib.sha256(content).hexdigest(),
            document=to_json(document),
            fiscal_year=year,
            unit_key=unit_key(document),
            expires_at=now + timedelta(hours=whole(law_on(timezone.localdate()), PREVIEW_HOURS)),
        )
        _set_base(preview)
        preview.save()
        hold(preview, content)
        record(
            events.STAGED,
            events.preview_subject(preview),
            None,
            {"fiscal_year": year, "sha256": preview.sha256, "projects": len(document.projects)},
        )
    return preview


@transaction.atomic
def change_year(*, actor: User, preview_id: UUID, fiscal_year: int) -> ImportPreview:
    """Compare a waiting preview with another year's targets instead.

    Raises:
        InputError: the year is none, or the preview no longer waits.
    """
    require(actor, permissions.IMPORT)
    preview = waiting(actor, preview_id)
    before, preview.fiscal_year = preview.fiscal_year, check_year(fiscal_year)
    _set_base(preview)
    preview.save(update_fields=["fiscal_year", "base", "token"])
    record(
        events.YEAR_CHANGED,
        events.preview_subject(preview),
        {"fiscal_year": before},
        {"fiscal_year": preview.fiscal_year},
    )
    return preview


def waiting(actor: User, preview_id: UUID) -> ImportPreview:
    """The actor's own preview, locked until the transaction ends.

    Raises:
        InputError: unknown, someone else's, confirmed or expired.
    """
    preview = (
        ImportPreview.objects.select_for_update(of=("self",))
        .filter(pk=preview_id, user=actor, expires_at__gt=timezone.now())
        .first()
    )
    if preview is None:
        raise InputError("这次预览已失效或已放弃", how="请重新上传文件", status=410)
    if preview.confirmed_id is not None:
        raise InputError("这次导入已经确认过了", how="请到项目列表查看结果", status=409)
    return preview


def _set_base(preview: ImportPreview) -> None:
    preview.base = selectors.working_set(year=preview.fiscal_year, unit=preview.unit_key)
    preview.token = token_of(preview, preview.base)


def token_of(preview: ImportPreview, base: TargetSet | None) -> str:
    """The hash over everything that the preview shows: the upload, the year and the version beside it."""
    shown: list[Any] = [
        str(preview.pk),
        preview.sha256,
        preview.fiscal_year,
        base and [base.pk, base.content_hash],
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()
