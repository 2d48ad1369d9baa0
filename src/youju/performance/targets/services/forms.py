"""The official form of a version, made in a job and kept."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.documents.services import request_document
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.performance.targets import facts, permissions
from youju.performance.targets.documents.official import CODE, form_context
from youju.performance.targets.models import TargetSet

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_form(*, actor: User, target_set_id: int, format: str) -> uuid.UUID | None:
    """Ask for the official form of a version; the id of the run that makes it, ``None`` where the same file is there already.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: there is no such version (404), or no such format (400).
    """
    require(actor, permissions.EXPORT)
    target_set = TargetSet.objects.filter(pk=target_set_id).first()
    if target_set is None:
        raise InputError("没有这一版绩效目标", how="请回到版本列表", status=404)
    context = form_context(facts.document(target_set), pictures=format == "docx")
    name = f"{target_set.fiscal_year}年绩效目标第{target_set.version}版"
    subject = Subject(
        "targets.set", str(target_set.pk), f"{target_set.fiscal_year}年度绩效目标（第{target_set.version}版）"
    )
    asked = request_document(
        actor=actor, template=CODE, format=format, context=context, subject=subject, name=name
    )
    return None if asked.reused else asked.run
