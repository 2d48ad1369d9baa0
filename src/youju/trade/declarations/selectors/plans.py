"""A plan with all that its page shows, and what a move would cost; queries do not grow with the lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.jobs.selectors import runs
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import Law
from youju.rules.trade.declarations.declaring import declare
from youju.rules.trade.declarations.facts import Declaration as Made
from youju.rules.trade.declarations.facts import Order
from youju.rules.trade.declarations.moving import Cost, NoMoveError, cost_of
from youju.rules.trade.declarations.terms import cap_cents, terms_of
from youju.trade.declarations import permissions
from youju.trade.declarations.events import PLAN_KIND
from youju.trade.declarations.facts import Goods, goods_of, usd_rates
from youju.trade.declarations.models import Declaration, Plan
from youju.trade.orders.selectors import month_rates
from youju.trade.packing.selectors import lines_for_planning, packed_facts
from youju.trade.parties.selectors.partners import names_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class PlannedOrder:
    """An order in a planned declaration; ``share`` is its part of the cap."""

    number: str
    merchant: str
    cents: int
    currency: str
    lines: int
    packages: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class PlannedDeclaration:
    """A planned declaration. ``cap`` in cents (``None``: no rate says), ``share`` of it; ``hidden`` orders are out of reach."""

    number: int
    currency: str
    cents: int
    cap: int | None
    share: Decimal
    lines: int
    merged: int
    orders: tuple[PlannedOrder, ...]
    hidden: int
    key: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan; ``stale``: the packing was changed since. ``cost`` and ``no_move``: of the move that was asked about.

    ``failed``: why the job that was to work it out gave up.
    """

    row: Plan
    packing: str
    broker: tuple[str, str] | None
    declarations: tuple[PlannedDeclaration, ...]
    refused: tuple[Mapping[str, Any], ...]
    most_lines: int
    stale: bool
    may_edit: bool
    cost: Cost | None = None
    no_move: str = ""
    failed: str = ""

    @property
    def lines(self) -> int:
        """Declared lines in all declarations."""
        return sum(each.lines for each in self.declarations)

    @property
    def open(self) -> bool:
        """Whether it can still be changed and accepted."""
        return self.row.state == "proposed" and not self.stale


def plan_page(*, actor: User, plan_id: int, order: str = "", to: int | None = None) -> PlanPage | None:
    """A plan with its picture's figures; with ``order`` and ``to`` also what that move would cost.

    Raises:
        PermissionDenied: the actor may not see declarations.
    """
    require(actor, permissions.VIEW)
    row = Plan.objects.select_related("packing").filter(pk=plan_id).first()
    if row is None:
        return None
    packing = row.packing.number
    facts = packed_facts(actor=actor, number=packing)
    goods = goods_of(lines_for_planning(actor=actor, number=packing) or ())
    law, rates = law_on(row.as_of), usd_rates(month_rates(row.as_of))
    made = (
        list(Declaration.objects.filter(plan=row, version=1).order_by("pk"))
        if row.state == "accepted"
        else []
    )
    declarations = tuple(
        _planned(number, group, goods, law, rates, made[number - 1] if number <= len(made) else None)
        for number, group in enumerate(row.groups, 1)
    )
    cost, no_move = None, ""
    if order and to is not None:
        cost, no_move = _cost(row, order, to, orders=goods.orders, law=law, rates=rates)
    return PlanPage(
        row=row,
        packing=packing,
        broker=names_of([row.broker_id]).get(row.broker_id) if row.broker_id else None,
        declarations=declarations,
        refused=tuple(row.refused),
        most_lines=terms_of(law).max_lines,
        stale=facts is None or row.proof.get("basis") != facts.revision,
        may_edit=actor.organisation_id in row.organisations and allowed(actor, permissions.PLAN),
        cost=cost,
        no_move=no_move,
        failed=_failed(row) if row.state == "planning" else "",
    )


def _failed(row: Plan) -> str:
    """Why the job gave up, where it did."""
    run = runs(subject=Subject(PLAN_KIND, str(row.pk), "")).first()
    return run.error if run is not None and run.state in {"failed", "cancelled"} else ""


def _cost(
    row: Plan, order: str, to: int, *, orders: Mapping[str, Order], law: Law, rates: Mapping[str, Decimal]
) -> tuple[Cost | None, str]:
    if any(each not in orders for group in row.groups for each in group):
        return None, "方案里有的交易单您看不到，或装箱单已改动"
    try:
        return cost_of(
            tuple(tuple(group) for group in row.groups), order, to, orders=orders, law=law, usd_rates=rates
        )[2], ""
    except NoMoveError as error:
        return None, str(error)


def _planned(  # noqa: PLR0917 - a group and what is needed to look at it
    number: int,
    group: list[str],
    goods: Goods,
    law: Law,
    rates: Mapping[str, Decimal],
    stored: Declaration | None,
) -> PlannedDeclaration:
    seen = [goods.orders[each] for each in group if each in goods.orders]
    made: Made | None = declare(number, seen, terms_of(law)) if seen else None
    cap = cap_cents(law, made.currency, rates) if made else None
    orders = tuple(_order(each, goods, cap) for each in seen)
    cents = made.cents if made else 0
    return PlannedDeclaration(
        number=number,
        currency=made.currency if made else "",
        cents=cents,
        cap=cap,
        share=_share(cents, cap),
        lines=len(made.lines) if made else 0,
        merged=sum(line.merged for line in made.lines) if made else 0,
        orders=orders,
        hidden=len(group) - len(seen),
        key=str(stored) if stored else "",
        state=stored.state if stored else "",
    )


def _order(order: Order, goods: Goods, cap: int | None) -> PlannedOrder:
    first = goods.lines[order.lines[0].number]
    return PlannedOrder(
        order.number,
        first.merchant_name,
        order.cents,
        order.currency,
        len(order.lines),
        sum(line.packages for line in order.lines),
        _share(order.cents, cap),
    )


def _share(cents: int, cap: int | None) -> Decimal:
    return Decimal(cents) / cap if cap else Decimal(0)
