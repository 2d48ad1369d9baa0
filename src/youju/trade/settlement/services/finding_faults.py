"""Keeping what the rules say: once for each rule and place; an explanation closes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.rules.findings import Finding as Said
from youju.rules.findings import Severity
from youju.trade.settlement import events, permissions
from youju.trade.settlement.models import Finding, Lot, Receipt
from youju.trade.settlement.services.locking import line_name, locked_receipt, of_receipt

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LONGEST = 400


def keep_findings(said: Iterable[Said], *, receipt: Receipt | None = None, lot: Lot | None = None) -> None:
    """Keep warnings and hints about a receipt or a line; one that is there already stays as it is, with its explanation."""
    taking = {each for row in (receipt, lot) if row for each in row.organisations}
    rows = [
        Finding(
            rule=each.rule,
            severity=each.severity.value,
            receipt=receipt,
            lot=lot,
            organisations=sorted(taking),
            message=each.message[:_LONGEST],
            suggestion=each.suggestion[:_LONGEST],
            found_on=timezone.localdate(),
        )
        for each in said
        if each.severity is not Severity.ERROR
    ]
    if rows:
        Finding.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def explain_receipt(*, actor: User, number: str, explanation: str) -> Receipt:
    """Say why the payer is not the buyer (third-party payment), or answer whatever else was found; it closes what is open.

    Raises:
        PermissionDenied: the actor may not match receipts.
        InputError: no such receipt (404), no explanation (422).
    """
    require(actor, permissions.MATCH)
    text = _text(explanation)
    row = locked_receipt(number)
    before = row.third_party
    row.third_party = text
    row.save(update_fields=["third_party"])
    _close(Finding.objects.filter(receipt=row, explanation=""), actor, text)
    record(events.EXPLAINED, of_receipt(row), {"explanation": before}, {"explanation": text})
    return row


@transaction.atomic
def explain_line(*, actor: User, line: int, explanation: str) -> Lot:
    """Say why the money for a line has not come (SET-004).

    Raises:
        PermissionDenied: the actor may not match receipts.
        InputError: no such line (404), no explanation (422).
    """
    require(actor, permissions.MATCH)
    text = _text(explanation)
    row = Lot.objects.filter(pk=line).first()
    if row is None:
        raise InputError("没有这个商品项", how="请刷新页面", status=404)
    Finding.objects.update_or_create(
        rule="SET-004",
        receipt=None,
        lot=row,
        defaults={
            "severity": Severity.WARNING.value,
            "organisations": row.organisations,
            "message": f"{line_name(row)} 逾期未收汇。",
            "explanation": text,
            "explained_by": actor.username,
            "explained_at": timezone.now(),
            "found_on": timezone.localdate(),
        },
    )
    key = f"{row.number}-{row.version}"
    from youju.foundation.kernel.subjects import Subject

    record(
        events.EXPLAINED,
        Subject(events.LEDGER_KIND, key, key),
        None,
        {"explanation": text, "line": line_name(row)},
    )
    return row


def _close(rows: object, actor: User, text: str) -> None:
    rows.update(explanation=text, explained_by=actor.username, explained_at=timezone.now())  # type: ignore[attr-defined]


def _text(explanation: str) -> str:
    text = explanation.replace("\0", "").strip()[:_LONGEST]
    if not text:
        raise InputError("没有写说明", where="说明", how="请写明原因", status=422)
    return text
