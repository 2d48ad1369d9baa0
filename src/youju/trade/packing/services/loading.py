"""Opening a packing, its containers, goods into them and out of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import start
from youju.rules.trade.packing.amounts import Amounts, part_of, total
from youju.rules.trade.packing.facts import ContainerFacts, PackingFacts, PartFacts, capacities
from youju.rules.trade.packing.filling import first_fit
from youju.rules.trade.packing.lifecycle import CLOSED, PACKING_FLOW
from youju.trade.packing import events, permissions
from youju.trade.packing.facts import PackingWish, PackWish, standing
from youju.trade.packing.models import ConsolidatedLine, Consolidation, Container, PackedLine, Packing
from youju.trade.packing.services import balancing, refusing
from youju.trade.packing.services.consolidating import agent_of, figures, saved
from youju.trade.parties.selectors.partners import organisations_of, partners

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_STEMS = tuple(balancing.COLUMNS.values())
_WANT = (
    "unnest(%s::bigint[], %s::numeric[], %s::int[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[])"
    f" AS w(id, {', '.join(_STEMS)})"
)
_OF = dict(zip(_STEMS, balancing.COLUMNS, strict=True))
_TAKE = f"""
UPDATE packing_consolidatedline c SET {", ".join(f"packed_{s} = c.packed_{s} + w.{s}" for s in _STEMS)} FROM {_WANT}
WHERE c.id = w.id AND {" AND ".join(f"c.packed_{s} + w.{s} <= c.{_OF[s]}" for s in _STEMS)}
"""  # noqa: S608 - names of ours
_PUT = f"""
INSERT INTO packing_packedline AS p (container_id, consolidated_id, order_line_id, {", ".join(_OF.values())})
SELECT %s, c.id, c.order_line_id, {", ".join(f"w.{s}" for s in _STEMS)}
FROM {_WANT} JOIN packing_consolidatedline c ON c.id = w.id
ON CONFLICT (container_id, consolidated_id) DO UPDATE SET {", ".join(f"{c} = p.{c} + excluded.{c}" for c in _OF.values())}
"""  # noqa: S608


@transaction.atomic
def open_packing(*, actor: User, wish: PackingWish) -> Packing:
    """Open a packing for one country.

    Raises:
        PermissionDenied: the actor may not pack.
        InputError: no such agent (422).
        RefusedPacking: the warehouse is not on file on the day.
    """
    require(actor, permissions.EDIT)
    found = partners([wish.agent, wish.warehouse])
    agent, warehouse = agent_of(wish.agent, found.get(wish.agent)), found.get(wish.warehouse)
    refusing.check(
        PackingFacts(day=wish.packed_on, warehouse=standing(wish.warehouse, warehouse, wish.packed_on))
    )
    if actor.organisation_id is None:
        raise PermissionDenied("您的账号不属于任何单位，不能开装箱单。")
    taking = {actor.organisation_id, agent.organisation, warehouse.organisation if warehouse else None}
    row = Packing.objects.create(
        number=refusing.next_number("packing_packing_number", "X", f"{timezone.localdate():%y%m%d}"),
        organisations=sorted(each for each in taking if each is not None),
        sections=sorted(agent.sections),
        agent_id=agent.id,
        warehouse_id=warehouse.id if warehouse else None,
        packed_on=wish.packed_on,
        bill_of_lading=wish.bill_of_lading,
        transport_mode=wish.transport_mode,
        port=wish.port,
        country=wish.country,
        note=wish.note,
        created_by=actor.username,
    )
    told = {
        "agent": agent.name,
        "warehouse": warehouse.name if warehouse else "",
        "packed_on": row.packed_on,
        "bill_of_lading": row.bill_of_lading,
        "country": row.country,
    }
    subject = refusing.subject_of(row)
    record(events.PACKING_OPENED, subject, None, told)
    start(flow=PACKING_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    return row


@transaction.atomic
def add_container(
    *, actor: User, number: str, container: str, kind: str, seal: str = "", expected: int | None = None
) -> Container:
    """Add an empty container to an open packing.

    Raises:
        InputError: no such packing (404), it is not open, or the container stands in it already (409).
        RefusedPacking: the number's check digit or the type is wrong.
        PermissionDenied: the actor may not pack, or takes no part.
    """
    require(actor, permissions.EDIT)
    row = refusing.held_packing(actor, number, expected)
    refusing.refuse_unless_open(row, "加箱子")
    name = container_number(container)
    refusing.check(PackingFacts(day=row.packed_on, containers=[ContainerFacts(name, kind)]))
    if row.containers.filter(number=name).exists():
        raise InputError(f"箱 {name} 已经在这张装箱单里", where=row.number, how="请核对箱号", status=409)
    made = row.containers.create(number=name, kind=kind, seal=seal.strip())
    saved(row)
    told = {"container": name, "kind": kind, "seal": made.seal}
    record(events.CONTAINER_ADDED, refusing.subject_of(row), None, told)
    return made


@transaction.atomic
def remove_container(*, actor: User, number: str, container: int, expected: int | None = None) -> Packing:
    """Take an empty container out of an open packing.

    Raises:
        InputError: it is not there (404), not empty, or the packing is not open (409).
        PermissionDenied: the actor may not pack, or takes no part.
    """
    require(actor, permissions.EDIT)
    row = refusing.held_packing(actor, number, expected)
    refusing.refuse_unless_open(row, "去掉箱子")
    found = _container(row, container)
    if found.lines.exists():
        raise InputError(f"箱 {found.number} 里还有货", where=row.number, how="请先卸下里面的货", status=409)
    name, kind = found.number, found.kind
    found.delete()
    saved(row)
    record(events.CONTAINER_REMOVED, refusing.subject_of(row), {"container": name, "kind": kind}, None)
    return row


@transaction.atomic
def pack(
    *, actor: User, number: str, container: int, wishes: Sequence[PackWish], expected: int | None = None
) -> Packing:
    """Put consolidated lines, or parts of them, into a container: all that is asked for, or nothing.

    Raises:
        InputError: no such packing, container or line (404), not open, or nothing is left (409).
        RefusedPacking: too heavy, too large, another country, or less is left than is wanted (409 then).
        PermissionDenied: the actor may not pack, or takes no part.
    """
    require(actor, permissions.EDIT)
    row = refusing.held_packing(actor, number, expected)
    refusing.refuse_unless_open(row, "装箱")
    box = _container(row, container)
    lines = _held(wish.line for wish in wishes)
    parts: dict[int, Amounts] = {}
    for wish in wishes:
        left = unpacked(lines[wish.line])
        quantity = left.quantity if wish.quantity is None else wish.quantity
        if wish.quantity is None and left.quantity <= 0:
            raise InputError(
                "这一行已经全部装箱", where=_named(lines[wish.line]), how="请刷新页面", status=409
            )
        if wish.line in parts:
            raise InputError("同一行写了两次", where=_named(lines[wish.line]), how="每行写一次")
        parts[wish.line] = part_of(left, quantity, wish.packages)
    _put(row, {box: parts}, lines)
    return row


@transaction.atomic
def pack_all(
    *, actor: User, number: str, consolidation: str, expected: int | None = None
) -> dict[int, Amounts]:
    """Put all that a consolidation still holds into the packing's containers, first fit by volume and weight.

    Returns:
        What found no room, by the consolidated line's id; the rest is packed.

    Raises:
        InputError: nothing is left, or there is no container, or no room for anything (409); else as ``pack``.
    """
    require(actor, permissions.EDIT)
    row = refusing.held_packing(actor, number, expected)
    refusing.refuse_unless_open(row, "装箱")
    boxes = {each.pk: each for each in row.containers.order_by("pk")}
    if not boxes:
        raise InputError("还没有箱子", where=row.number, how="请先加箱子，再装货", status=409)
    found = Consolidation.objects.filter(number=consolidation.replace("\0", "")).first()
    if found is None:
        raise InputError(f"没有组货单“{consolidation[:40]}”", how="请核对组货单号", status=404)
    lines = _held(found.lines.order_by("pk").values_list("pk", flat=True))
    wanted = [(key, left) for key, line in lines.items() if (left := unpacked(line)).quantity > 0]
    if not wanted:
        raise InputError(
            "没有要装的货，可能已经全部装箱", where=f"组货单 {found.number}", how="请刷新页面", status=409
        )
    known, loads = capacities(law_on(row.packed_on)), loads_of(row)
    placed, over = first_fit(
        wanted, [(key, known[box.kind], loads.get(key, Amounts())) for key, box in boxes.items()]
    )
    if not placed:
        raise InputError("箱子都满了，一件也装不下", where=row.number, how="请再加一个箱子", status=409)
    by_box: dict[Container, dict[int, Amounts]] = {}
    for each in placed:
        by_box.setdefault(boxes[each.container], {})[each.line] = each.part
    _put(row, by_box, lines)
    return over


@transaction.atomic
def unpack(*, actor: User, number: str, lines: Iterable[int], expected: int | None = None) -> Packing:
    """Take packed lines out of their containers.

    Args:
        actor: who asks.
        number: of the packing.
        lines: ids of packed lines.
        expected: the revision that the actor saw.

    Raises:
        InputError: one is not there (404), or the packing is not open (409).
        PermissionDenied: the actor may not pack, or takes no part.
    """
    require(actor, permissions.EDIT)
    row = refusing.held_packing(actor, number, expected)
    refusing.refuse_unless_open(row, "卸货")
    wanted = sorted(set(lines))
    found = list(PackedLine.objects.filter(pk__in=wanted, container__packing=row).order_by("pk"))
    if not found or len(found) != len(wanted):
        raise InputError("要卸的货不在这张装箱单里", where=row.number, how="请刷新页面", status=404)
    told = release(found)
    PackedLine.objects.filter(pk__in=wanted).delete()
    _follow(actor, row)
    saved(row)
    record(events.UNPACKED, refusing.subject_of(row), told, None)
    return row


def container_number(text: str) -> str:
    """A container number as it is stored: capitals and digits without a gap."""
    return text.strip().upper().replace(" ", "").replace("-", "")


def release(packed: Sequence[PackedLine]) -> dict[str, Any]:
    """Give what stands in containers back to its consolidated lines, which are held first; what the trail keeps of it."""
    back: dict[int, Amounts] = {}
    for line in packed:
        back[line.consolidated_id] = back.get(line.consolidated_id, Amounts()) - packed_amounts(line)
    _held(back)
    take_of_lines(back)
    return balancing.sums(packed_amounts(line) for line in packed)


def take_of_lines(parts: Mapping[int, Amounts]) -> None:
    """Mark parts of consolidated lines, by id, as standing in containers; negative ones as taken out again. All or none.

    Raises:
        InputError: not enough is left of one (409).
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, balancing.arrays(parts))
        if cursor.rowcount != len(parts):
            raise InputError("剩余不够，可能刚被别人装走", how="请刷新页面，看看还剩多少", status=409)


def unpacked(line: ConsolidatedLine) -> Amounts:
    """What of a consolidated line stands in no container."""
    return figures(line) - Amounts(*(getattr(line, f"packed_{stem}") for stem in _STEMS))


def loads_of(row: Packing) -> dict[int, Amounts]:
    """Container id → what stands in it."""
    found: dict[int, Amounts] = {}
    for line in PackedLine.objects.filter(container__packing=row):
        found[line.container_id] = found.get(line.container_id, Amounts()) + packed_amounts(line)
    return found


def _put(
    row: Packing, by_box: Mapping[Container, Mapping[int, Amounts]], lines: Mapping[int, ConsolidatedLine]
) -> None:
    loads = loads_of(row)
    wanted: dict[int, Amounts] = {}
    for parts in by_box.values():
        for key, part in parts.items():
            wanted[key] = wanted.get(key, Amounts()) + part
    refusing.check(
        PackingFacts(
            day=row.packed_on,
            country=row.country,
            agent=row.agent_id,
            parts=[_facts(lines[key], part) for key, part in wanted.items()],
            containers=[
                ContainerFacts(
                    box.number, box.kind, loads.get(box.pk, Amounts()) + total(list(parts.values()))
                )
                for box, parts in by_box.items()
            ],
        )
    )
    take_of_lines(wanted)
    with connection.cursor() as cursor:
        for box, parts in by_box.items():
            cursor.execute(_PUT, [box.pk, *balancing.arrays(parts)])
    gathered = {line.consolidation for line in lines.values()}
    row.organisations = sorted({*row.organisations, *(o for each in gathered for o in each.organisations)})
    row.sections = sorted({*row.sections, *(code for each in gathered for code in each.sections)})
    saved(row)
    told = {"container": [box.number for box in by_box]} | balancing.sums(wanted.values())
    record(events.PACKED, refusing.subject_of(row), None, told)


def _held(keys: Iterable[int]) -> dict[int, ConsolidatedLine]:
    """Consolidated lines by id, held with their consolidations; in the order of the ids wherever this is asked."""
    wanted = sorted(set(keys))
    of = ConsolidatedLine.objects.filter(pk__in=wanted)
    list(Consolidation.objects.filter(pk__in=of.values("consolidation")).order_by("pk").select_for_update())
    rows = (
        of.select_related("consolidation", "order_line__order").order_by("pk").select_for_update(of=("self",))
    )
    found = {row.pk: row for row in rows}
    if not found or len(found) != len(wanted):
        raise InputError("要装的货不在您参与的组货单里", how="请刷新页面", status=404)
    return found


def _container(row: Packing, key: int) -> Container:
    found = row.containers.filter(pk=key).first()
    if found is None:
        raise InputError("这张装箱单没有这个箱子", where=row.number, how="请刷新页面", status=404)
    return found


def packed_amounts(line: PackedLine) -> Amounts:
    """What a packed line amounts to."""
    return Amounts(*(getattr(line, name) for name in balancing.COLUMNS))


def _named(line: ConsolidatedLine) -> str:
    return f"组货单 {line.consolidation.number}，交易单 {line.order_line.order.number} 第 {line.order_line.line_no} 行"


def _facts(line: ConsolidatedLine, wanted: Amounts) -> PartFacts:
    order, gathered = line.order_line.order, line.consolidation
    return PartFacts(
        order=order.number,
        line_no=line.order_line.line_no,
        name=line.order_line.name,
        country=gathered.country,
        currency=gathered.currency,
        agent=gathered.agent_id,
        confirmed=order.state == "confirmed",
        wanted=wanted,
        left=unpacked(line),
        consolidation=gathered.number,
        closed=gathered.state == CLOSED,
    )


def _follow(actor: User, row: Packing) -> None:
    """Who takes part after goods went: agent, warehouse, whoever unpacks, the parties of what is still in it."""
    base = [key for key in (row.agent_id, row.warehouse_id) if key is not None]
    taking = {each for each in organisations_of(base).values() if each is not None}
    rest = PackedLine.objects.filter(container__packing=row).values_list(
        "consolidated__consolidation__organisations", flat=True
    )
    if actor.organisation_id is not None:
        taking.add(actor.organisation_id)
    row.organisations = sorted(taking.union(*map(set, rest)))
