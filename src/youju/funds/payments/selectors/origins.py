"""What became of the payments of other rooms' records. Who may ask is the other room's business: it shows its own records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from youju.foundation.kernel.context import reaching_all
from youju.funds.payments.facts import PaymentState
from youju.funds.payments.models import Payment
from youju.rules.funds.payments.lifecycle import FLOW, GONE, PAID


@dataclass(frozen=True, slots=True)
class OriginView:
    """The record of another room that a payment is for: what it is, its number, its page (empty: none is known)."""

    label: str
    key: str
    url: str


_kinds: dict[str, tuple[str, Callable[[str], str | None]]] = {}


def register_origin(kind: str, label: str, url: Callable[[str], str | None]) -> None:
    """Let a payment name and open the record that it is for; the room above calls it when it is set up."""
    _kinds[kind] = label, url


def origin_of(row: Payment) -> OriginView | None:
    """What a payment is for, or ``None`` where it stands for itself."""
    if not row.origin_kind:
        return None
    label, url = _kinds.get(row.origin_kind, (row.origin_kind, lambda _: None))
    return OriginView(label, row.origin_key, url(row.origin_key) or "")


def state_of_origin(kind: str, key: str) -> PaymentState | None:
    """The payment of a record that was not rejected or cancelled, else the last one that was; ``None`` without any."""
    with reaching_all():
        rows = list(Payment.objects.filter(origin_kind=kind, origin_key=key).order_by("pk"))
    alive = [row for row in rows if row.state not in GONE]
    found = (alive or rows)[-1:] or None
    return _state(found[0]) if found else None


def states_of_origins(kind: str, keys: Iterable[str]) -> dict[str, PaymentState]:
    """As ``state_of_origin`` for many records of a kind: key → state. One query."""
    with reaching_all():
        rows = list(Payment.objects.filter(origin_kind=kind, origin_key__in=list(keys)).order_by("pk"))
    found: dict[str, PaymentState] = {}
    for row in sorted(rows, key=lambda each: (each.state not in GONE, each.pk)):
        found[row.origin_key] = _state(row)
    return found


def paid_by_origin(kind: str, keys: Iterable[str]) -> dict[str, Decimal]:
    """What was paid for records of a kind, CNY by key; a record without a paid payment is left out. One query."""
    with reaching_all():
        rows = Payment.objects.filter(origin_kind=kind, origin_key__in=list(keys), state=PAID)
        sums = rows.values("origin_key").order_by().annotate(sum=Sum("amount"))
        return {each["origin_key"]: each["sum"] for each in sums}


def paid_ids() -> dict[tuple[str, str], int]:
    """Ids of paid payments by project code and purpose: for the demo of another room. One query."""
    with reaching_all():
        rows = Payment.objects.filter(state=PAID).values_list("project__code", "purpose", "pk")
        return {(code, purpose): key for code, purpose, key in rows}


def _state(row: Payment) -> PaymentState:
    return PaymentState(
        payment_id=row.pk,
        number=row.number,
        state=row.state,
        label=FLOW.state(row.state).label,
        amount=row.amount,
        paid_on=row.paid_on,
        reason=row.return_reason,
    )
