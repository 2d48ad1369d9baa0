"""The head of a packing after it was opened: date, warehouse, bill of lading, way of transport, port, country."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.packing.amounts import Amounts
from youju.rules.trade.packing.facts import ContainerFacts, PackingFacts, PartFacts
from youju.rules.trade.packing.lifecycle import CANCELLED
from youju.trade.packing import events, permissions
from youju.trade.packing.facts import HeadWish, standing
from youju.trade.packing.models import PackedLine, Packing
from youju.trade.packing.services import refusing, stepping
from youju.trade.packing.services.consolidating import saved
from youju.trade.packing.services.loading import loads_of, packed_amounts
from youju.trade.parties.selectors.partners import names_of, organisations_of, partners

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.trade.parties.selectors.partners import Partner

PLAIN = ("packed_on", "country", "bill_of_lading", "transport_mode", "port", "note")


@transaction.atomic
def revise_packing(*, actor: User, number: str, wish: HeadWish, expected: int | None = None) -> Packing:
    """Change the head of a packing that is open or complete, while no live declaration holds it.

    A complete one may be changed too: the number of the bill of lading is often known only then. A plan that was made for the
    head as it was is dropped when the packing is planned again. Where nothing changes, nothing is written.

    Raises:
        InputError: no such packing (404), it is cancelled, declared, or changed since it was shown (409).
        RefusedPacking: the warehouse is not on file on the day, the goods go elsewhere, a container is no longer enough.
        PermissionDenied: the actor may not pack, or takes no part.
    """
    require(actor, permissions.EDIT)
    row = refusing.held_packing(actor, number, expected)
    if row.state == CANCELLED:
        raise InputError("它已经作废，不能修改", where=row.number, how="请另开一单", status=409)
    if why := stepping.held_by(row.pk):
        raise InputError(why, where=row.number, how="请先撤回报关单", status=409)
    old = names_of([row.warehouse_id])[row.warehouse_id] if row.warehouse_id is not None else ("", "")
    named = old[0] if wish.warehouse is None else wish.warehouse
    warehouse = partners([named]).get(named)
    before = _changes(row, wish)
    after: dict[str, Any] = {}
    for name in list(before):
        after[name] = getattr(wish, name)
        setattr(row, name, after[name])
    asked = set(before) | ({"warehouse"} if named != old[0] else set())
    parts = list(_parts(row)) if "country" in asked else []
    if "country" in asked and len(parts) < PackedLine.objects.filter(container__packing=row).count():
        raise InputError(
            "箱子里有货，不能改运抵国（地区）", where=row.number, how="请先卸下里面的货", status=409
        )
    refusing.check(
        PackingFacts(
            day=row.packed_on,
            country=row.country,
            agent=row.agent_id,
            parts=parts,
            containers=_boxes(row) if "packed_on" in asked else (),
            warehouse=standing(named, warehouse, row.packed_on)
            if asked & {"packed_on", "warehouse"}
            else None,
        )
    )
    if named != old[0]:
        _move(actor, row, warehouse)
        before["warehouse"], after["warehouse"] = old[1], warehouse.name if warehouse else ""
    if before:
        saved(row)
        record(events.PACKING_REVISED, refusing.subject_of(row), before, after)
    return row


def _changes(row: Packing, wish: HeadWish) -> dict[str, Any]:
    """Field → what stands there now, of those that are to change."""
    return {
        name: getattr(row, name)
        for name in PLAIN
        if getattr(wish, name) is not None and getattr(wish, name) != getattr(row, name)
    }


def _boxes(row: Packing) -> list[ContainerFacts]:
    """The containers with what stands in them: their capacity may be another one on another day."""
    loads = loads_of(row)
    return [
        ContainerFacts(box.number, box.kind, loads.get(box.pk, Amounts())) for box in row.containers.all()
    ]


def _parts(row: Packing) -> Iterator[PartFacts]:
    """What stands in the containers already: all of it is there, so only where it goes is in question."""
    lines = PackedLine.objects.filter(container__packing=row)
    for line in lines.select_related("consolidated__consolidation", "order_line__order").order_by("pk"):
        gathered, amounts = line.consolidated.consolidation, packed_amounts(line)
        yield PartFacts(
            order=line.order_line.order.number,
            line_no=line.order_line.line_no,
            name=line.order_line.name,
            country=gathered.country,
            currency=gathered.currency,
            agent=gathered.agent_id,
            confirmed=True,
            wanted=amounts,
            left=amounts,
            consolidation=gathered.number,
            closed=True,
        )


def _move(actor: User, row: Packing, warehouse: Partner | None) -> None:
    """Another warehouse: its people see the packing from now on, those of the one before only where they take part otherwise."""
    old = organisations_of([row.warehouse_id]).get(row.warehouse_id) if row.warehouse_id is not None else None
    row.warehouse_id = warehouse.id if warehouse else None
    staying = {actor.organisation_id, organisations_of([row.agent_id]).get(row.agent_id)}
    lines = PackedLine.objects.filter(container__packing=row)
    staying.update(*lines.values_list("consolidated__consolidation__organisations", flat=True).distinct())
    taking = set(row.organisations) - ({old} - staying)
    if warehouse is not None and warehouse.organisation is not None:
        taking.add(warehouse.organisation)
    row.organisations = sorted(taking)
