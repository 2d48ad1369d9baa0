"""An officer moves an order to another declaration of a plan; what breaks a hard rule is refused with the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.declarations.moving import Cost, Groups, Move, NoMoveError, cost_of, undo
from youju.trade.declarations import events, permissions
from youju.trade.declarations.facts import goods_of, usd_rates
from youju.trade.declarations.models import Plan
from youju.trade.declarations.services.planning import undeclared
from youju.trade.declarations.services.refusing import (
    RefusedDeclaration,
    held_plan,
    law_of,
    plan_numbered,
    plan_subject,
)
from youju.trade.orders.selectors import month_rates
from youju.trade.packing.selectors import PackedFacts
from youju.trade.packing.services import held_for_declaring

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def move_order(
    *, actor: User, plan_id: int, order: str, to: int, expected: int | None = None
) -> tuple[Plan, Cost]:
    """Move an order to a declaration of the plan, by its number from 1, or to one of its own (0).

    Returns:
        The plan, and what the move costs.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part.
        InputError: no such plan (404); it is not open, changed or stale (409); the order or target is not in it (422).
        RefusedDeclaration: a hard rule forbids it; nothing is changed.
    """
    require(actor, permissions.PLAN)
    row, packed = opened(actor, plan_id, expected)
    goods = goods_of(undeclared(actor, packed))
    law, rates = law_of(row.as_of), usd_rates(month_rates(row.as_of))
    try:
        groups, done, cost = cost_of(
            as_groups(row.groups), order, to, orders=goods.orders, law=law, usd_rates=rates
        )
    except NoMoveError as error:
        raise InputError(str(error), where="分票方案", how="请核对交易单号和票号", status=422) from error
    if cost.broken:
        raise RefusedDeclaration(cost.broken)
    kept = asdict(done) | {"by": actor.username, "name": actor.display_name, "at": timezone.now().isoformat()}
    _write(row, groups, [*row.moved, kept])
    told = ({"source": cost.source}, {"order": order, "target": cost.target, "declarations": len(groups)})
    record(events.ORDER_MOVED, plan_subject(row, packed.number), *told)
    return row, cost


@transaction.atomic
def undo_move(*, actor: User, plan_id: int, expected: int | None = None) -> Plan:
    """Take the last move back; as often as there are moves.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part.
        InputError: no such plan (404); it is not open, changed or stale, or nothing was moved (409).
    """
    require(actor, permissions.PLAN)
    row, packed = opened(actor, plan_id, expected)
    if not row.moved:
        raise InputError("没有可以撤回的移动", where="分票方案", how="请刷新页面", status=409)
    last = row.moved[-1]
    done = Move(**{name: last[name] for name in Move.__slots__})
    try:
        groups = undo(as_groups(row.groups), done)
    except NoMoveError as error:
        raise InputError(str(error), where="分票方案", how="请放弃方案，重新分票", status=409) from error
    _write(row, groups, row.moved[:-1])
    told = ({"target": done.target + 1}, {"order": done.order, "source": done.source + 1})
    record(events.MOVE_UNDONE, plan_subject(row, packed.number), *told)
    return row


def opened(actor: User, plan_id: int, expected: int | None) -> tuple[Plan, PackedFacts]:
    """A proposed plan, held after its packing, which is as it was when it was planned.

    Raises:
        InputError: there is none (404); it is not open, was changed, or the packing was (409).
    """
    row = plan_numbered(plan_id)
    packed = held_for_declaring(actor=actor, number=row.packing.number)
    row = held_plan(actor, row, expected)
    if row.proof.get("basis") != packed.revision:
        raise InputError("装箱单在分票以后有改动", where=packed.number, how="请重新分票", status=409)
    return row, packed


def as_groups(groups: Sequence[Sequence[str]]) -> Groups:
    """Groups as they are kept, for the rules."""
    return tuple(tuple(group) for group in groups)


def _write(row: Plan, groups: Groups, moved: list[dict[str, Any]]) -> None:
    row.groups = [list(group) for group in groups]
    row.moved = moved
    row.revision += 1
    row.save(update_fields=["groups", "moved", "revision"])
