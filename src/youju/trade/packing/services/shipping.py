"""Thousands of loads at once: whole packings and the consolidations behind them, in a number of statements that does not grow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance_many, start_many
from youju.rules.trade.packing.amounts import Amounts
from youju.rules.trade.packing.lifecycle import CLOSED, OPEN, PACKING_FLOW
from youju.trade.packing import events, permissions
from youju.trade.packing.facts import ShipmentWish
from youju.trade.packing.models import Container, PackedLine, Packing
from youju.trade.packing.services import balancing, refusing
from youju.trade.packing.services.gathering import Gathered, gather_many
from youju.trade.packing.services.laying import Laid, Part, lay_out
from youju.trade.packing.services.loading import take_of_lines
from youju.trade.packing.services.supplying import supply_for

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

BATCH = 5_000
"""Rows of one INSERT; the bound of a spreadsheet is a few of these."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """Numbers of what was made."""

    packings: tuple[str, ...]
    consolidations: tuple[str, ...]


def preview(*, actor: User, wishes: Sequence[ShipmentWish]) -> list[Laid]:
    """What would be packed and all that stands against it; nothing is held or written.

    Raises:
        PermissionDenied: the actor may not pack.
    """
    require(actor, permissions.EDIT)
    return lay_out(actor=actor, wishes=wishes, supply=supply_for(wishes))


@transaction.atomic
def ship_many(*, actor: User, wishes: Sequence[ShipmentWish]) -> Shipped:
    """Write whole packings: all of them, or none. What comes from no consolidation gets one, complete from the start.

    Raises:
        InputError: something stands against one of them (409); ``preview`` tells all of it.
        PermissionDenied: the actor may not pack, or belongs to no organisation.
    """
    require(actor, permissions.EDIT)
    if actor.organisation_id is None:
        raise PermissionDenied("您的账号不属于任何单位，不能开装箱单。")
    laid = lay_out(actor=actor, wishes=wishes, supply=supply_for(wishes, hold=True))
    against = next((said for each in laid for said in each.said), None)
    if against is not None:
        raise InputError(against.message, how="请重新检查这份表格", status=409)
    gathered = gather_many(actor, laid)
    drawn = [part for each in laid for part in each.parts if part.source.consolidated is not None]
    if drawn:
        take_of_lines(_sums((int(part.source.consolidated or 0), part.amounts) for part in drawn))
    rows = [
        _packing(actor, each, number, gathered)
        for each, number in zip(laid, _numbers(len(laid)), strict=True)
    ]
    Packing.objects.bulk_create(rows, batch_size=BATCH)
    boxes = _boxes(laid, rows)
    PackedLine.objects.bulk_create(
        (
            _line(at, part, boxes[at, part.container], gathered)
            for at, each in enumerate(laid)
            for part in each.parts
        ),
        batch_size=BATCH,
    )
    _follow(actor, laid, rows)
    return Shipped(tuple(row.number for row in rows), tuple(row.number for row in gathered.rows))


def _numbers(count: int) -> list[str]:
    return refusing.next_numbers("packing_packing_number", "X", f"{timezone.localdate():%y%m%d}", count)


def _packing(actor: User, laid: Laid, number: str, gathered: Gathered) -> Packing:
    head, agent, warehouse = laid.wish.head, laid.agent, laid.warehouse
    assert agent is not None  # noqa: S101 - a wish without an agent has something said against it
    taking = {actor.organisation_id, agent.organisation, warehouse.organisation if warehouse else None}
    sections = set(agent.sections)
    for part in laid.parts:
        taking.update(part.source.organisations)
        sections.update(part.source.sections)
    for row in gathered.of(laid):
        taking.update(row.organisations)
    return Packing(
        number=number,
        state=CLOSED if laid.wish.complete else OPEN,
        revision=1 + laid.wish.complete,
        organisations=sorted(each for each in taking if each is not None),
        sections=sorted(sections),
        agent_id=agent.id,
        warehouse_id=warehouse.id if warehouse else None,
        packed_on=head.packed_on,
        bill_of_lading=head.bill_of_lading,
        transport_mode=head.transport_mode,
        port=head.port,
        country=head.country,
        note=head.note,
        created_by=actor.username,
        closed_at=timezone.now() if laid.wish.complete else None,
    )


def _boxes(laid: Sequence[Laid], rows: Sequence[Packing]) -> dict[tuple[int, str], Container]:
    made = {
        (at, name): Container(packing=row, number=name, kind=kind, seal=seal)
        for at, (each, row) in enumerate(zip(laid, rows, strict=True))
        for name, (kind, seal) in each.boxes.items()
    }
    Container.objects.bulk_create(made.values(), batch_size=BATCH)
    return made


def _line(at: int, part: Part, box: Container, gathered: Gathered) -> PackedLine:
    key = part.source.consolidated
    return PackedLine(
        container=box,
        consolidated_id=gathered.lines[at, part.source.order_line] if key is None else key,
        order_line_id=part.source.order_line,
        **{name: getattr(part.amounts, name) for name in balancing.COLUMNS},
    )


def _follow(actor: User, laid: Sequence[Laid], rows: Sequence[Packing]) -> None:
    """The trail and the flow of packings that were just made."""
    subjects = [refusing.subject_of(row) for row in rows]
    pairs = list(zip(laid, rows, subjects, strict=True))
    record_many(events.PACKING_OPENED, [(subject, None, _head(each, row)) for each, row, subject in pairs])
    start_many(
        flow=PACKING_FLOW,
        subjects=subjects,
        actor=actor,
        organisations={row.number: actor.organisation.code for row in rows},
    )
    record_many(
        events.CONTAINER_ADDED,
        [
            (subject, None, {"container": name, "kind": kind, "seal": seal})
            for each, _, subject in pairs
            for name, (kind, seal) in each.boxes.items()
        ],
    )
    record_many(
        events.PACKED,
        [
            (subject, None, {"container": list(each.boxes)} | balancing.sums(p.amounts for p in each.parts))
            for each, _, subject in pairs
        ],
    )
    complete = [subject for each, _, subject in pairs if each.wish.complete]
    if complete:
        advance_many(flow=PACKING_FLOW, subjects=complete, transition="close", actor=actor)


def _head(laid: Laid, row: Packing) -> dict[str, Any]:
    return {
        "agent": laid.agent.name if laid.agent else "",
        "warehouse": laid.warehouse.name if laid.warehouse else "",
        "packed_on": row.packed_on,
        "bill_of_lading": row.bill_of_lading,
        "country": row.country,
    }


def _sums(parts: Iterable[tuple[int, Amounts]]) -> dict[int, Amounts]:
    found: dict[int, Amounts] = {}
    for key, amounts in parts:
        found[key] = found.get(key, Amounts()) + amounts
    return found
