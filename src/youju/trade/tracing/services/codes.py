"""Making and revoking codes, and a merchant's word on its stall."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.trade.orders.selectors.tracing import labelled_lines
from youju.trade.parties.selectors.partners import names_of, organisations_of
from youju.trade.tracing import events, permissions
from youju.trade.tracing.models import StallConsent, TraceCode
from youju.trade.tracing.selectors import finding
from youju.trade.tracing.selectors.codes import LABELLED
from youju.trade.tracing.selectors.scopes import Scope, scope_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 26  # 5 bits each: 130 bits


def new_token() -> str:
    """A token that nobody guesses: 130 bits of chance in Crockford's alphabet, which a QR code holds compactly."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


@transaction.atomic
def make_codes(*, actor: User, kind: str, number: str) -> int:
    """Give each line of an order, packing or declaration a code where it has none; how many were made.

    Raises:
        PermissionDenied: the actor may not label.
        InputError: no such record that the actor sees (404), or its orders are not confirmed (409).
    """
    require(actor, permissions.LABEL)
    if kind not in LABELLED:
        raise InputError("标签只能从交易单、装箱单或报关单制作", status=404)
    return made_for(scope_of(finding.origin_of(kind, number)))


def made_for(scope: Scope) -> int:
    """Codes for the lines of a scope that have none; inside the caller's transaction, after its permission."""
    lines = labelled_lines(scope.ids)
    if not lines:
        raise InputError(
            "里面没有已确认的交易单行",
            where=scope.origin.label,
            how="交易单双方确认后才能制作标签",
            status=409,
        )
    rows = [
        TraceCode(
            token=new_token(), order_line_id=line.id, order=line.order, line_no=line.line_no,
            organisations=list(line.organisations), sections=list(line.sections), created_by=_by(), is_demo=line.is_demo,
        )
        for line in lines
    ]  # fmt: skip
    # Two at once: the second finds the first's codes, and a line has one good code.
    TraceCode.objects.bulk_create(rows, ignore_conflicts=True)
    made = set(
        TraceCode.objects.filter(token__in=[row.token for row in rows]).values_list("order", "line_no")
    )
    if made:
        by_order: dict[str, int] = {}
        for order, _ in made:
            by_order[order] = by_order.get(order, 0) + 1
        for order, count in sorted(by_order.items()):
            record(
                events.CODES_MADE,
                Subject(events.CODE_KIND, order, order),
                None,
                {"order": order, "lines": count},
            )
    return len(made)


@transaction.atomic
def revoke_code(*, actor: User, token: str, reason: str) -> TraceCode:
    """Make a code useless: its page is gone at once, and the line may get another one.

    Raises:
        PermissionDenied: the actor may not label.
        InputError: no such code that is good (404), or no reason.
    """
    require(actor, permissions.LABEL)
    if not reason.strip():
        raise InputError("作废须写明原因", where="原因", how="请写一句话，例如：标签贴错了货")
    row = TraceCode.objects.select_for_update().filter(token=token[:_LENGTH], revoked_at=None).first()
    if row is None:
        raise InputError("没有这个有效的溯源码", how="它可能已经作废，请刷新页面", status=404)
    row.revoked_at, row.revoked_by, row.reason = timezone.now(), _by(), reason.strip()
    row.save(update_fields=["revoked_at", "revoked_by", "reason"])
    record(
        events.CODE_REVOKED,
        Subject(events.CODE_KIND, str(row), str(row)),
        None,
        {"order": row.order, "line_no": row.line_no},
        reason=row.reason,
    )
    return row


@transaction.atomic
def show_stall(*, actor: User, party: int, shown: bool) -> None:
    """A merchant's word on whether its stall is named on the public page; it holds from now on for all its codes.

    Raises:
        PermissionDenied: the party is not the actor's own.
        InputError: there is no such party (404).
    """
    require(actor, permissions.CONSENT)
    known = names_of([party]).get(party)
    if known is None:
        raise InputError("没有这个经营户", how="请从页面上选择", status=404)
    if actor.organisation_id is None or organisations_of([party]).get(party) != actor.organisation_id:
        raise PermissionDenied("只有经营户自己能决定是否公开摊位。")
    before = StallConsent.objects.filter(party=party).values_list("shown", flat=True).first()
    StallConsent.objects.update_or_create(
        party_id=party,
        defaults={
            "organisation_id": actor.organisation_id,
            "shown": shown,
            "changed_by": _by(),
            "changed_at": timezone.now(),
        },
    )
    number, name = known
    record(
        events.CONSENT_CHANGED,
        Subject(events.CONSENT_KIND, str(party), f"{name}（{number}）"),
        {"shown": _word(bool(before))},
        {"shown": _word(shown)},
    )


def _word(shown: bool) -> str:
    return "公开" if shown else "不公开"


def _by() -> str:
    return current().actor
