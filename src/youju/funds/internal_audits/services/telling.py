"""What payments hear of findings: an open one keeps a payment out of ``payments.compliance_rate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.funds.internal_audits.models import Finding
from youju.funds.payments.services import note_finding
from youju.rules.funds.payments.lifecycle import KIND as PAYMENT_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def tell_payments(
    row: Finding, actor: User, *, is_open: bool, tied: tuple[str, str] | None = None, note: str = ""
) -> None:
    """Tell payments that a finding is open or closed, where it is tied to one; nothing for other records.

    Args:
        row: the finding.
        actor: who opened or closed it.
        is_open: whether it counts.
        tied: kind and key of the record where it is not the finding's own any more.
        note: what is told; the finding's title unless said.
    """
    kind, key = tied or (row.subject_kind, row.subject_key)
    if kind == PAYMENT_KIND:
        note_finding(number=key, key=row.number, is_open=is_open, note=note or row.title, by=actor)
