"""Certificates: asked for by the party or by staff, on the latest score; revoked by staff."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import request_document
from youju.foundation.files.selectors import Kept
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.credit import addresses, events, permissions
from youju.trade.credit.documents.certificate import CODE, certificate_context
from youju.trade.credit.models import Certificate, Score
from youju.trade.credit.selectors.certificates import certificate_of
from youju.trade.credit.selectors.scores import grades_of, require_any

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

UNIT = "市场采购贸易服务中心"
_BYTES = 16


@transaction.atomic
def issue_certificate(*, actor: User, party_id: int, here: str = "") -> Certificate:
    """A certificate of the party's latest score; one that is good for the same score is given again.

    Args:
        actor: somebody of the party, or staff who score.
        party_id: the party.
        here: our host, for the code, where ``YOUJU_PUBLIC_URL`` is not set.

    Raises:
        PermissionDenied: the actor neither has credit of its own nor scores.
        InputError: no score in the actor's reach (404).
    """
    require_any(actor, permissions.OWN, permissions.SCORE)
    rows = Score.objects.filter(party_id=party_id, current=True).select_related("snapshot")
    score = rows.order_by("-snapshot__month").first()
    if score is None:
        raise InputError("还没有这个主体的信用得分", how="得分在每月初生成，请到时再办", status=404)
    today = timezone.localdate()
    there = score.certificates.filter(revoked_on=None, valid_until__gte=today).first()
    if there is not None:
        return there
    row = Certificate.objects.create(
        code=secrets.token_urlsafe(_BYTES), score=score, party_id=party_id, organisation_id=score.organisation_id,
        sections=score.sections, issued_by=actor.username, issued_on=today,
        valid_until=today + timedelta(days=whole(law_on(today), "trade.credit.certificate_days")),
    )  # fmt: skip
    subject = events.certificate_subject(row, score.name)
    asked = request_document(
        actor=actor,
        template=CODE,
        format="pdf",
        context=certificate_context(
            row, score, grade_title=grades_of(score.snapshot)[score.grade].title, address=addresses.check(row.code, here),
            unit=UNIT,
        ),
        subject=subject,
        name=f"信用证明{score.name}",
    )  # fmt: skip
    row.document = asked.id
    row.save(update_fields=["document"])
    record(events.CERTIFIED, subject, None, {"grade": score.grade, "valid_until": row.valid_until})
    return row


@transaction.atomic
def revoke_certificate(*, actor: User, certificate_id: int, reason: str) -> Certificate:
    """A certificate is good no more.

    Raises:
        PermissionDenied: the actor does not score.
        InputError: none of the kind (404), no reason.
    """
    require(actor, permissions.SCORE)
    row = certificate_of(actor, certificate_id)
    if not reason.strip():
        raise InputError("没有写明作废的理由", where="理由", how="请写一句话")
    row.revoked_on = row.revoked_on or timezone.localdate()
    row.save(update_fields=["revoked_on"])
    subject = events.certificate_subject(row, row.score.name)
    record(events.REVOKED, subject, None, {"revoked_on": row.revoked_on}, reason=reason.strip())
    return row


def hand_out_certificate(*, actor: User, certificate_id: int) -> tuple[DocumentView, Kept]:
    """The certificate as pdf.

    Raises:
        PermissionDenied: the actor sees no credit at all.
        InputError: none in the actor's reach, or not made yet (404).
    """
    row = certificate_of(actor, certificate_id)
    found = document_of(row.document or uuid.UUID(int=0))
    if found is None or found.kept is None:
        raise InputError("这份证明还没有生成好", how="请稍等片刻再下载", status=404)
    return found, found.kept
