"""Audit findings about payments, told by the room that holds them; they decide the metric of compliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.kernel.errors import InputError
from youju.funds.payments import events
from youju.funds.payments.models import AuditFinding, Payment
from youju.funds.payments.services.holding import subject_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def note_finding(
    *, number: str, key: str, is_open: bool, note: str = "", by: User | None = None
) -> AuditFinding:
    """Note that an audit found something about a payment, or that it was put right; the same news twice is once.

    Who may find is asked by the room that holds the finding.

    Raises:
        InputError: no such payment (404), or no key (422).
    """
    # Not held: whoever finds may write findings and not the payment, and the finding's own row is what changes.
    row = Payment.objects.filter(number=number.replace("\0", "").strip()).first()
    if row is None:
        raise InputError(f"没有付款“{number[:40]}”", how="请核对付款编号", status=404)
    if not key.strip() or len(key) > 64:
        raise InputError("审计发现没有编号", where=row.number, how="请写 1 到 64 个字符")
    known, new = AuditFinding.objects.select_for_update().get_or_create(
        payment=row,
        key=key.strip(),
        defaults={"note": note[:400], "noted_by": by.username if by else ""},
    )
    if not new and known.is_open == is_open:
        return known
    if not is_open or not new:
        known.is_open, known.closed_at = is_open, None if is_open else timezone.now()
        known.note = note[:400] or known.note
        known.save()
    verb = events.FINDING_NOTED if is_open else events.FINDING_CLOSED
    record(verb, subject_of(row), None, {"finding": key, "note": note})
    return known
