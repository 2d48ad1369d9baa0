"""Typing that is not registered yet, and registering it: a new order, or one that was sent back, anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.rules.findings import Finding
from youju.rules.trade.orders.lifecycle import DRAFT
from youju.trade.orders import events, permissions
from youju.trade.orders.facts import Known, OrderWish, known
from youju.trade.orders.models import Order, OrderDraft
from youju.trade.orders.services import writing
from youju.trade.orders.services.checking import said_of
from youju.trade.orders.services.deciding import locked, refuse_unless, side_of, subject_of
from youju.trade.orders.services.registering import (
    Registered,
    entry_of,
    judged,
    open_findings,
    register_order,
    sides_of,
    speaks_for,
    state_after,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LONGEST = 400_000
_DRAFTS = 50


@dataclass(frozen=True, slots=True)
class Tried:
    """What the rules say of an order that is not written: all findings, and the soft ones that still want a word."""

    known: Known
    findings: tuple[Finding, ...]
    unexplained: tuple[Finding, ...]


@transaction.atomic
def try_order(*, actor: User, wish: OrderWish, number: str = "") -> Tried:
    """Ask the rules without writing anything.

    Args:
        actor: who types.
        wish: as typed.
        number: the order's own, where it has one.

    Raises:
        PermissionDenied: the actor may not register, or belongs to neither side: nobody looks partners up by trying.
    """
    require(actor, permissions.EDIT)
    found = known(wish, number=number)
    sides = [each for each in (found.merchant, found.agent) if each is not None]
    if sides and not speaks_for(actor, found):
        raise PermissionDenied("您的单位不是这张交易单的卖方，也不是它的代理，不能登记。")
    said = said_of([found])[0]
    return Tried(found, tuple(said.findings), open_findings(found, said))


@transaction.atomic
def save_draft(*, actor: User, place: str, form: Mapping[str, Any]) -> datetime:
    """Keep what is typed in a form, one draft for each person and form; nothing of it is judged.

    Raises:
        InputError: more than a form holds (413), no organisation to keep it for, too many drafts (409).
    """
    require(actor, permissions.EDIT)
    if actor.organisation_id is None:
        raise InputError("您的账号没有所属单位，不能保存草稿", how="请联系系统管理员")
    if len(json.dumps(form, ensure_ascii=False)) > _LONGEST:
        raise InputError("填的内容太长，没有自动保存", how="请用电子表格导入", status=413)
    mine = OrderDraft.objects.filter(user=actor)
    if not mine.filter(place=place).exists() and mine.count() >= _DRAFTS:
        raise InputError(f"您已有 {_DRAFTS} 份草稿", how="请先登记或放弃几份", status=409)
    now = timezone.now()
    OrderDraft.objects.update_or_create(
        user=actor,
        place=place[:40],
        defaults={"organisation_id": actor.organisation_id, "form": form, "saved_at": now},
    )
    return now


@transaction.atomic
def forget_draft(*, actor: User, place: str) -> None:
    """Throw the actor's typing in a form away; without any, nothing happens."""
    require(actor, permissions.EDIT)
    OrderDraft.objects.filter(user=actor, place=place).delete()


@transaction.atomic
def register_draft(*, actor: User, wish: OrderWish, place: str) -> Registered:
    """Register what was typed and drop the draft of it.

    Raises:
        PermissionDenied, RefusedOrder: as :func:`register_order`; the draft stays then.
    """
    done = register_order(actor=actor, wish=wish)
    OrderDraft.objects.filter(user=actor, place=place).delete()
    return done


@transaction.atomic
def register_anew(*, actor: User, number: str, wish: OrderWish, expected: int | None = None) -> Registered:
    """Register an order that was sent back, as it was changed; it keeps its number, its kind and the sale it is about.

    Raises:
        InputError: no such order (404), not sent back, or changed since it was shown (409).
        PermissionDenied: the actor belongs to neither side, before or after the change.
        RefusedOrder: as for a new one; the order stays as it was.
    """
    require(actor, permissions.EDIT)
    order = locked(number, expected)
    side_of(actor, order)
    refuse_unless(order, (DRAFT,), "重新登记")
    about = order.about.number if order.about else ""
    if (wish.kind.value, wish.about) != (order.kind, about):
        raise InputError("种类和原交易单不能改", where=order.number, how="请作废这一张，另外登记", status=409)
    found = known(wish, number=order.number)
    said = judged(found)
    sides = sides_of(actor, found)
    _rewrite(order, found, actor, sides)
    order.lines.all().delete()
    order.findings.all().delete()
    writing.write_lines(order.pk, found)
    writing.write_findings(order.pk, found, said.findings, actor.username)
    record(events.REGISTERED, subject_of(order), None, entry_of(found))
    OrderDraft.objects.filter(user=actor, place=f"edit:{order.number}").delete()
    return Registered(order.pk, order.number, order.state, str(found.facts.amount), tuple(said.findings))


# What stays as it was first registered, and the columns that are not called as ``head_values`` calls them.
_STAYS = frozenset({"kind", "about", "channel", "created_by"})
_NAMES = {"merchant_id": "merchant", "agent_id": "agent", "buyer_id": "buyer", "lines_count": "lines",
          "merchant_confirmed_by": "merchant_by", "merchant_confirmed_at": "merchant_at",
          "agent_confirmed_by": "agent_by", "agent_confirmed_at": "agent_at"}  # fmt: skip


def _rewrite(order: Order, found: Known, actor: User, sides: tuple[str, ...]) -> None:
    values = writing.head_values(found, state=state_after(found, sides), by=actor.username, sides=sides)
    named = {name: column for column, name in _NAMES.items()}
    for name, value in values.items():
        if name not in _STAYS:
            setattr(order, named.get(name, name), value)
    order.as_of = found.wish.ordered_on
    order.revision += 1
    order.save()
