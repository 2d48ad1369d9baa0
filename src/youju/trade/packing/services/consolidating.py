"""Opening a consolidation, taking orders and parts of lines into it, taking them out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import start
from youju.rules.trade.packing.amounts import Amounts, part_of
from youju.rules.trade.packing.facts import PackingFacts, PartFacts
from youju.rules.trade.packing.lifecycle import CONSOLIDATION_FLOW
from youju.trade.orders.selectors import PackableLine, packable_lines
from youju.trade.orders.services import let_take_part
from youju.trade.packing import events, permissions
from youju.trade.packing.facts import ConsolidationWish, PartWish, standing
from youju.trade.packing.models import ConsolidatedLine, Consolidation
from youju.trade.packing.services import balancing, refusing
from youju.trade.parties.selectors.partners import Partner, organisations_of, partners

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_ADD = """
INSERT INTO packing_consolidatedline AS c (consolidation_id, order_line_id, quantity, packages, net_weight, gross_weight, volume,
  amount, packed_quantity, packed_packages, packed_net, packed_gross, packed_volume, packed_amount)
SELECT %s, w.*, 0, 0, 0, 0, 0, 0
FROM unnest(%s::bigint[], %s::numeric[], %s::int[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[]) AS w
ON CONFLICT (consolidation_id, order_line_id) DO UPDATE SET quantity = c.quantity + excluded.quantity,
  packages = c.packages + excluded.packages, net_weight = c.net_weight + excluded.net_weight,
  gross_weight = c.gross_weight + excluded.gross_weight, volume = c.volume + excluded.volume, amount = c.amount + excluded.amount
"""


@transaction.atomic
def open_consolidation(*, actor: User, wish: ConsolidationWish) -> Consolidation:
    """Open a consolidation for one country and one currency.

    Raises:
        PermissionDenied: the actor may not pack, or belongs neither to the agent nor to the consolidator.
        InputError: no such agent (422).
        RefusedPacking: the consolidator is not on file.
    """
    require(actor, permissions.EDIT)
    found, today = partners([wish.agent, wish.consolidator]), timezone.localdate()
    agent, consolidator = found.get(wish.agent), found.get(wish.consolidator)
    agent = agent_of(wish.agent, agent)
    refusing.check(PackingFacts(day=today, consolidator=standing(wish.consolidator, consolidator, today)))
    base = _organisations(agent, consolidator)
    if actor.organisation_id not in base:
        raise PermissionDenied("您的单位不是这张组货单的代理，也不是组货人，不能开单。")
    row = Consolidation.objects.create(
        number=refusing.next_number("packing_consolidation_number", "Z", f"{today:%y%m%d}"),
        organisations=base,
        sections=sorted(agent.sections),
        consolidator_id=consolidator.id if consolidator else None,
        agent_id=agent.id,
        country=wish.country,
        currency=wish.currency,
        truck=wish.truck,
        note=wish.note,
        created_by=actor.username,
    )
    told = {
        "agent": agent.name,
        "consolidator": consolidator.name if consolidator else "",
        "country": row.country,
        "currency": row.currency,
        "truck": row.truck,
    }
    subject = refusing.subject_of(row)
    record(events.CONSOLIDATION_OPENED, subject, None, told)
    start(flow=CONSOLIDATION_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    return row


@transaction.atomic
def add_lines(
    *, actor: User, number: str, wishes: Sequence[PartWish], expected: int | None = None
) -> Consolidation:
    """Take orders, lines or parts of lines into an open consolidation: all that is asked for, or nothing.

    Raises:
        InputError: no such consolidation or order line (404), it is not open, or nothing is left (409).
        RefusedPacking: an order is not confirmed, goes elsewhere, or less is left than is wanted (409 then).
        PermissionDenied: the actor may not pack, or takes no part.
    """
    require(actor, permissions.EDIT)
    row = refusing.held_consolidation(actor, number, expected)
    refusing.refuse_unless_open(row, "组入货物")
    if not wishes:
        raise InputError("没有要组的货", how="请选择交易单或其中的行")
    lines = packable_lines(numbers=[wish.order for wish in wishes], lock=True)
    parts = _parts(wishes, lines, balancing.left_of(lines))
    refusing.check(
        PackingFacts(
            day=timezone.localdate(),
            country=row.country,
            currency=row.currency,
            agent=row.agent_id,
            parts=[_facts(line, wanted, left) for line, wanted, left in parts],
        )
    )
    taken = {line.id: wanted for line, wanted, _ in parts}
    balancing.take(taken)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [row.pk, *balancing.arrays(taken)])
    by = {line.id: line for line, _, _ in parts}
    row.organisations = sorted({*row.organisations, *(o for line in by.values() for o in line.organisations)})
    row.sections = sorted({*row.sections, *(code for line in by.values() for code in line.sections)})
    saved(row)
    if row.consolidator_id is not None:
        gatherer = organisations_of([row.consolidator_id]).get(row.consolidator_id)
        if gatherer is not None:
            let_take_part(orders={line.order_id for line in by.values()}, organisation=gatherer)
    told = {"orders": sorted({line.order for line in by.values()})} | balancing.sums(taken.values())
    record(events.LINES_ADDED, refusing.subject_of(row), None, told)
    return row


@transaction.atomic
def remove_lines(
    *, actor: User, number: str, lines: Iterable[int], expected: int | None = None
) -> Consolidation:
    """Take lines out of an open consolidation; what they held can be consolidated anew.

    Args:
        actor: who asks.
        number: of the consolidation.
        lines: ids of consolidated lines.
        expected: the revision that the actor saw.

    Raises:
        InputError: not open, or one of the lines is packed (409), or none of the lines is there (404).
        PermissionDenied: the actor may not pack, or takes no part.
    """
    require(actor, permissions.EDIT)
    row = refusing.held_consolidation(actor, number, expected)
    refusing.refuse_unless_open(row, "移出货物")
    wanted = sorted(set(lines))
    found = list(row.lines.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if not found or len(found) != len(wanted):
        raise InputError("要移出的行不在这张组货单里", where=row.number, how="请刷新页面", status=404)
    if (
        any(line.packed_quantity for line in found)
        or row.lines.filter(pk__in=wanted, packed__isnull=False).exists()
    ):
        raise InputError("要移出的行已经装箱", where=row.number, how="请先从箱子里卸下", status=409)
    orders = sorted(set(row.lines.filter(pk__in=wanted).values_list("order_line__order__number", flat=True)))
    back = {line.order_line_id: figures(line) for line in found}
    balancing.give_back(back)
    row.lines.filter(pk__in=wanted).delete()
    _follow_parties(row)
    saved(row)
    told: dict[str, Any] = {"orders": orders}
    record(events.LINES_REMOVED, refusing.subject_of(row), told | balancing.sums(back.values()), None)
    return row


def figures(line: ConsolidatedLine) -> Amounts:
    """What a consolidated line amounts to."""
    return Amounts(*(getattr(line, name) for name in balancing.COLUMNS))


def saved(row: Any) -> None:
    """Save a held record under its next revision."""
    row.revision += 1
    row.save()


def agent_of(number: str, found: Partner | None) -> Partner:
    """The agent that a form names.

    Raises:
        InputError: there is none, or it is no agent.
    """
    if found is None or "agent" not in found.roles:
        raise InputError(f"没有备案号为“{number[:20]}”的外贸代理", where="外贸代理", how="请核对备案号")
    return found


def _organisations(*taking: Partner | None) -> list[int]:
    return sorted({each.organisation for each in taking if each and each.organisation is not None})


def _follow_parties(row: Consolidation) -> None:
    """Who takes part after lines went: the agent, the consolidator, the parties of the orders that are still in it."""
    base = {row.agent_id, row.consolidator_id} - {None}
    taking = {each for each in organisations_of(base).values() if each is not None}  # type: ignore[arg-type]
    rest = row.lines.values_list("order_line__order__organisations", flat=True).distinct()
    row.organisations = sorted(taking.union(*map(set, rest)))


def _parts(
    wishes: Sequence[PartWish], lines: Sequence[PackableLine], left: dict[int, Amounts]
) -> list[tuple[PackableLine, Amounts, Amounts]]:
    by_order: dict[str, dict[int, PackableLine]] = {}
    for line in lines:
        by_order.setdefault(line.order, {})[line.line_no] = line
    parts: dict[int, tuple[PackableLine, Amounts, Amounts]] = {}
    for wish in wishes:
        there = by_order.get(wish.order)
        if there is None:
            raise InputError(f"没有交易单“{wish.order[:40]}”", how="请核对交易单号", status=404)
        if wish.line_no is not None and wish.line_no not in there:
            raise InputError(f"交易单 {wish.order} 没有第 {wish.line_no} 行", how="请核对序号", status=404)
        chosen = there.values() if wish.line_no is None else [there[wish.line_no]]
        rest = [line for line in chosen if wish.quantity is not None or left[line.id].quantity > 0]
        if not rest:
            raise InputError(
                "已经全部组货，没有剩余", where=f"交易单 {wish.order}", how="请刷新页面", status=409
            )
        for line in rest:
            if line.id in parts:
                raise InputError(
                    "同一行写了两次", where=f"交易单 {line.order} 第 {line.line_no} 行", how="每行写一次"
                )
            quantity = left[line.id].quantity if wish.quantity is None else wish.quantity
            parts[line.id] = (line, part_of(left[line.id], quantity, wish.packages), left[line.id])
    return list(parts.values())


def _facts(line: PackableLine, wanted: Amounts, left: Amounts) -> PartFacts:
    return PartFacts(
        order=line.order,
        line_no=line.line_no,
        name=line.name,
        country=line.country,
        currency=line.currency,
        agent=line.agent,
        confirmed=line.state == "confirmed" and line.kind == "sale",
        wanted=wanted,
        left=left,
    )
