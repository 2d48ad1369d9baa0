"""What happens to an order after its registration: confirmed by the other side, sent back, cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.orders.lifecycle import CANCELLED, CONFIRMED, DRAFT, ORDER_FLOW, REGISTERED
from youju.trade.orders import events, permissions
from youju.trade.orders.models import Order
from youju.trade.parties.selectors.partners import organisations_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Hold = Callable[[int], str]
_holds: list[Hold] = []
Recount = Callable[[int], None]
_recounts: list[Recount] = []


def register_hold(hold: Hold) -> None:
    """Let a room above object to a confirmed order being cancelled: ``hold(order id)`` says why, or an empty text."""
    if hold not in _holds:
        _holds.append(hold)


def register_recount(recount: Recount) -> None:
    """Let a room above follow the returns of a sale: ``recount(sale's id)`` runs after one is registered, sent back or cancelled.

    It raises ``InputError`` where what stands on the sale leaves too little to return; nothing is stored then.
    """
    if recount not in _recounts:
        _recounts.append(recount)


def returns_changed(about: int | None) -> None:
    """Tell the rooms above that the returns of a sale changed, inside the same transaction.

    Args:
        about: the order that the return is about: the sale, or a return of it.
    """
    # Held like every other take from it: who packs it at this moment comes before or after, never between.
    while about is not None:
        held = Order.objects.select_for_update().filter(pk=about).values_list("pk", "about_id").first()
        if held is None:
            return
        sale, about = held
        if about is None:
            for recount in _recounts:
                recount(sale)


@transaction.atomic
def confirm_order(*, actor: User, number: str, expected: int | None = None) -> Order:
    """Confirm an order for the side that the actor belongs to; with both sides it is confirmed.

    Raises:
        InputError: no such order (404), it does not wait for this side, or it changed since it was shown (409).
        PermissionDenied: the actor belongs to neither side.
    """
    require(actor, permissions.CONFIRM)
    order = locked(number, expected)
    side = side_of(actor, order)
    refuse_unless(order, (REGISTERED,), "确认")
    by, at = f"{side}_confirmed_by", f"{side}_confirmed_at"
    if getattr(order, by):
        raise InputError("您这一方已经确认过了", where=order.number, how="请等另一方确认", status=409)
    now = timezone.now()
    setattr(order, by, actor.username)
    setattr(order, at, now)
    if order.merchant_confirmed_by and (order.agent_id is None or order.agent_confirmed_by):
        order.state, order.confirmed_at = CONFIRMED, now
    _saved(order)
    told = {"side": "经营户" if side == "merchant" else "代理", "state": ORDER_FLOW.state(order.state).label}
    record(events.CONFIRMED, subject_of(order), None, told)
    return order


@transaction.atomic
def send_back(*, actor: User, number: str, reason: str, expected: int | None = None) -> Order:
    """Send a registered order back to be changed; both sides confirm anew afterwards.

    Raises:
        InputError: no reason, or it is not waiting for confirmation (409).
        PermissionDenied: the actor belongs to neither side.
    """
    require(actor, permissions.CONFIRM)
    order = locked(number, expected)
    side_of(actor, order)
    refuse_unless(order, (REGISTERED,), "退回")
    _reasoned(reason, "退回")
    order.state = DRAFT
    order.merchant_confirmed_by = order.agent_confirmed_by = ""
    order.merchant_confirmed_at = order.agent_confirmed_at = order.registered_at = None
    _saved(order)
    returns_changed(order.about_id)
    record(
        events.SENT_BACK,
        subject_of(order),
        None,
        {"state": ORDER_FLOW.state(DRAFT).label},
        reason=reason.strip(),
    )
    return order


@transaction.atomic
def cancel_order(*, actor: User, number: str, reason: str, expected: int | None = None) -> Order:
    """Cancel an order that nothing stands on yet.

    Raises:
        InputError: no reason; it is packed or declared, or has a return (409).
        PermissionDenied: the actor belongs to neither side.
    """
    require(actor, permissions.EDIT)
    order = locked(number, expected)
    side_of(actor, order)
    return _cancel(order, reason)


def consequences_of_cancelling(numbers: Sequence[str]) -> list[str]:
    """What cancelling a batch of orders would do, in sentences.

    Raises:
        InputError: something stands on one of them (409).
    """
    rows = list(Order.objects.filter(number__in=numbers).exclude(state=CANCELLED))
    for order in rows:
        if order.later.exclude(state=CANCELLED).exists():
            raise InputError("它有退货或更正记录", where=order.number, how="请先作废那些记录", status=409)
        for hold in _holds:
            if why := hold(order.pk):
                raise InputError(why, where=order.number, how="已经组货或申报的不能撤销", status=409)
    told = [f"作废这一批登记的 {len(rows)} 张交易单；作废的交易单仍可查看。"]
    gone = len(numbers) - len(rows)
    return told + ([f"其中 {gone} 张已经作废，不再处理。"] if gone else [])


@transaction.atomic
def cancel_many(*, actor: User, numbers: Sequence[str], reason: str) -> int:
    """Cancel what a spreadsheet brought in, where it is not cancelled yet and in the actor's reach; how many.

    ``actor`` is who brought them in; who may take a batch back is asked by the imports room.

    Raises:
        InputError, PermissionDenied: as ``cancel_order``, for the first that may not be; none is cancelled then.
    """
    require(actor, permissions.EDIT)
    rows = Order.objects.filter(number__in=list(numbers)).exclude(state=CANCELLED).order_by("pk")
    found = list(rows.select_for_update())
    for order in found:
        side_of(actor, order)
        _cancel(order, reason)
    return len(found)


def _cancel(order: Order, reason: str) -> Order:
    refuse_unless(order, (DRAFT, REGISTERED, CONFIRMED), "作废")
    _reasoned(reason, "作废")
    if order.later.exclude(state=CANCELLED).exists():
        raise InputError("它有退货或更正记录", where=order.number, how="请先作废那些记录", status=409)
    for hold in _holds:
        if why := hold(order.pk):
            raise InputError(why, where=order.number, how="已经组货或申报的交易用退货或更正来改", status=409)
    before, order.state = ORDER_FLOW.state(order.state).label, CANCELLED
    _saved(order)
    returns_changed(order.about_id)
    record(
        events.CANCELLED,
        subject_of(order),
        {"state": before},
        {"state": ORDER_FLOW.state(CANCELLED).label},
        reason=reason.strip(),
    )
    return order


def subject_of(order: Order) -> Subject:
    """How an order is named on the trail."""
    return Subject(events.ORDER_KIND, order.number, order.number)


def locked(number: str, expected: int | None) -> Order:
    """An order that nobody else changes until the transaction ends.

    Raises:
        InputError: none that the actor takes part in (404), or changed since it was shown (409).
    """
    # Row-level security hides the orders of others: to who takes no part in it an order is not there.
    order = Order.objects.select_for_update().filter(number=number.replace("\0", "")).first()
    if order is None:
        raise InputError(f"没有交易单“{number[:40]}”", how="请核对交易单号", status=404)
    if expected is not None and expected != order.revision:
        raise InputError("这张交易单刚才有改动", where=order.number, how="请刷新页面，看过再办", status=409)
    return order


def side_of(actor: User, order: Order) -> str:
    """``merchant`` or ``agent``: the side for which the actor speaks.

    Raises:
        PermissionDenied: neither.
    """
    parties = {"merchant": order.merchant_id, "agent": order.agent_id}
    of = organisations_of(key for key in parties.values() if key is not None)
    for side, key in parties.items():
        if key is not None and of.get(key) == actor.organisation_id:
            return side
    raise PermissionDenied("您的单位不是这张交易单的卖方，也不是它的代理。")


def refuse_unless(order: Order, states: tuple[str, ...], what: str) -> None:
    """Go on only where the order is in one of the states.

    Raises:
        InputError: it is in another (409).
    """
    if order.state not in states:
        label = ORDER_FLOW.state(order.state).label
        raise InputError(f"它现在是“{label}”，不能{what}", where=order.number, how="请刷新页面", status=409)


def _reasoned(reason: str, what: str) -> None:
    if not reason.strip():
        raise InputError(f"{what}须写明理由", where="理由", how="请写一句话，对方会看到")


def _saved(order: Order) -> None:
    order.revision += 1
    order.save()
