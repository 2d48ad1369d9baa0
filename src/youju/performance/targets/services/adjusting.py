"""Adjusting what is published (调整): a new draft based on it, with the reason and the document that ordered it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.installation import demo_mode
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import events, facts, models, permissions, selectors
from youju.performance.targets.services.sources import attach_file
from youju.performance.targets.services.storing import lock_unit_year, store
from youju.performance.targets.services.versions import locked_draft, locked_set
from youju.rules.performance.targets.lifecycle import PUBLISHED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Paper:
    """The document that ordered an adjustment, as a file."""

    name: str
    content: bytes


@transaction.atomic
def begin_adjustment(
    *, actor: User, target_set_id: int, reason: str, document_number: str, paper: Paper | None = None
) -> models.TargetSet:
    """Make a draft that is the published version to begin with.

    Raises:
        InputError: the version is not the published one, another is on its way (409), reason or number is missing (422).
        PermissionDenied: the actor may not adjust.
    """
    require(actor, permissions.PUBLISH)
    reason, document_number = _described(reason, document_number)
    before = locked_set(target_set_id)
    if before.state != PUBLISHED:
        raise InputError(
            f"第 {before.version} 版不是已公开的版本，不能调整", how="请在已公开的版本上开始调整", status=409
        )
    lock_unit_year(before.unit_key, before.fiscal_year)
    other = selectors.open_set(before)
    if other is not None:
        raise InputError(
            f"第 {other.version} 版正在办理，不能同时另开一次调整",
            how=f"请在第 {other.version} 版上修改",
            status=409,
        )
    target_set = store(
        facts.document(before),
        fiscal_year=before.fiscal_year,
        source_name=before.source_name,
        source_sha256=before.source_sha256,
        imported_by=actor,
        is_demo=demo_mode(),
        serves=facts.serves(before),
        adjust_reason=reason,
        adjust_document=document_number,
    )
    record(
        events.ADJUSTING,
        events.set_subject(target_set),
        None,
        {"based_on": before.version, "adjust_reason": reason, "adjust_document": document_number},
        reason=reason,
    )
    if paper is not None:
        attach_file(target_set, name=paper.name, content=paper.content, role="adjustment")
    return target_set


@transaction.atomic
def describe_adjustment(
    *, actor: User, target_set_id: int, reason: str, document_number: str, paper: Paper | None = None
) -> models.TargetSet:
    """Say why a draft adjusts what is published, and by which document; a file replaces the one before.

    Raises:
        InputError: the version is no draft (any more), or reason or number is missing.
        PermissionDenied: the actor may not adjust.
    """
    require(actor, permissions.PUBLISH)
    reason, document_number = _described(reason, document_number)
    target_set = locked_draft(target_set_id)
    before = {"adjust_reason": target_set.adjust_reason, "adjust_document": target_set.adjust_document}
    target_set.adjust_reason, target_set.adjust_document = reason, document_number
    target_set.save(update_fields=["adjust_reason", "adjust_document"])
    record(
        events.ADJUSTMENT_SET,
        events.set_subject(target_set),
        before,
        {"adjust_reason": reason, "adjust_document": document_number},
    )
    if paper is not None:
        attach_file(target_set, name=paper.name, content=paper.content, role="adjustment")
    return target_set


def _described(reason: str, document_number: str) -> tuple[str, str]:
    reason, number = reason.replace("\0", "").strip(), document_number.replace("\0", "").strip()
    if not reason:
        raise InputError("没有写调整理由", where="调整理由", how="请写明为什么调整、调整什么")
    if not number:
        raise InputError(
            "没有写调整依据的文号", where="调整文号", how="请填批复或会议纪要的文号，例如 保财预〔2023〕8号"
        )
    longest = models.TargetSet._meta.get_field("adjust_document").max_length or 0
    if len(number) > longest:
        raise InputError(f"调整文号太长，至多 {longest} 个字", where="调整文号", how="请只填文号")
    return reason, number
