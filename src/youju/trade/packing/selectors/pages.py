"""One consolidation, one packing, with all that stands on its page; queries do not grow with the lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.trade.packing.amounts import Amounts, total
from youju.rules.trade.packing.facts import Capacity, capacities
from youju.rules.trade.packing.lifecycle import CLOSED, OPEN, PACKING_KIND
from youju.trade.packing import permissions
from youju.trade.packing.models import ConsolidatedLine, Consolidation, Container, PackedLine, Packing
from youju.trade.parties.selectors.partners import names_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Parties = Mapping[str, tuple[str, str]]
"""Role → (filing number, name)."""


@dataclass(frozen=True, slots=True)
class GatheredLine:
    """A consolidated line with its order; ``left`` stands in no container yet."""

    id: int
    order: str
    line_no: int
    name: str
    unit: str
    hs_code: str
    amounts: Amounts
    left: Amounts


@dataclass(frozen=True, slots=True)
class ConsolidationPage:
    """A consolidation; ``may_edit``: the actor takes part and may pack."""

    row: Consolidation
    parties: Parties
    lines: tuple[GatheredLine, ...]
    total: Amounts
    left: Amounts
    may_edit: bool


@dataclass(frozen=True, slots=True)
class LoadedLine:
    """A packed line with its order and consolidation."""

    id: int
    container: int
    consolidated: int
    consolidation: str
    order: str
    line_no: int
    name: str
    unit: str
    hs_code: str
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class LoadedContainer:
    """A container with its fill; ``volume_share`` and ``weight_share`` are parts of its capacity."""

    row: Container
    capacity: Capacity | None
    lines: tuple[LoadedLine, ...]
    load: Amounts
    volume_share: Decimal
    weight_share: Decimal


@dataclass(frozen=True, slots=True)
class PackingPage:
    """A packing; ``waiting``: lines of complete consolidations to the same country that still want packing."""

    row: Packing
    parties: Parties
    containers: tuple[LoadedContainer, ...]
    total: Amounts
    waiting: tuple[tuple[str, tuple[GatheredLine, ...]], ...]
    kinds: tuple[Capacity, ...]
    papers: tuple[DocumentView, ...]
    may_edit: bool

    @property
    def being_made(self) -> bool:
        """Whether a document is under way."""
        return any(not each.ready and not each.error for each in self.papers)


def consolidation_page(*, actor: User, number: str) -> ConsolidationPage | None:
    """A consolidation with its lines.

    Raises:
        PermissionDenied: the actor may not see packing.
    """
    require(actor, permissions.VIEW)
    row = Consolidation.objects.filter(number=number.replace("\0", "")).first()
    if row is None:
        return None
    lines = tuple(_gathered(line) for line in row.lines.select_related("order_line__order").order_by("pk"))
    return ConsolidationPage(
        row,
        _parties({"agent": row.agent_id, "consolidator": row.consolidator_id}),
        lines,
        total([line.amounts for line in lines]),
        total([line.left for line in lines]),
        _may_edit(actor, row),
    )


def packing_page(*, actor: User, number: str) -> PackingPage | None:
    """A packing with containers, their fill, what waits to be packed, and its documents.

    Raises:
        PermissionDenied: the actor may not see packing.
    """
    require(actor, permissions.VIEW)
    row = Packing.objects.filter(number=number.replace("\0", "")).first()
    if row is None:
        return None
    may_edit, known = _may_edit(actor, row), capacities(law_on(row.packed_on))
    loaded = _loaded(row)
    boxes = tuple(_box(box, known.get(box.kind), loaded) for box in row.containers.order_by("pk"))
    return PackingPage(
        row,
        _parties({"agent": row.agent_id, "warehouse": row.warehouse_id}),
        boxes,
        total([box.load for box in boxes]),
        _waiting(row) if may_edit and row.state == OPEN else (),
        tuple(known.values()),
        tuple(documents(Subject(PACKING_KIND, row.number, row.number))),
        may_edit,
    )


def _gathered(line: ConsolidatedLine) -> GatheredLine:
    packed = Amounts(
        line.packed_quantity,
        line.packed_packages,
        line.packed_net,
        line.packed_gross,
        line.packed_volume,
        line.packed_amount,
    )
    of = line.order_line
    whole = _amounts(line)
    return GatheredLine(
        line.pk, of.order.number, of.line_no, of.name, of.unit, of.hs_code, whole, whole - packed
    )


def _loaded(row: Packing) -> tuple[LoadedLine, ...]:
    rows = PackedLine.objects.filter(container__packing=row).select_related(
        "order_line__order", "consolidated__consolidation"
    )
    return tuple(
        LoadedLine(
            line.pk, line.container_id, line.consolidated_id, line.consolidated.consolidation.number,
            line.order_line.order.number, line.order_line.line_no, line.order_line.name, line.order_line.unit,
            line.order_line.hs_code, _amounts(line),
        )
        for line in rows.order_by("container", "pk")
    )  # fmt: skip


def _box(box: Container, capacity: Capacity | None, loaded: tuple[LoadedLine, ...]) -> LoadedContainer:
    lines = tuple(line for line in loaded if line.container == box.pk)
    load = total([line.amounts for line in lines])
    zero = Decimal(0)
    return LoadedContainer(
        box,
        capacity,
        lines,
        load,
        load.volume / capacity.volume if capacity else zero,
        load.gross_weight / capacity.payload if capacity else zero,
    )


def _waiting(row: Packing) -> tuple[tuple[str, tuple[GatheredLine, ...]], ...]:
    rows = (
        ConsolidatedLine.objects.filter(
            consolidation__state=CLOSED,
            consolidation__country=row.country,
            consolidation__agent=row.agent_id,
            packed_quantity__lt=F("quantity"),
        )
        .select_related("order_line__order", "consolidation")
        .order_by("consolidation", "pk")[:500]
    )
    found: dict[str, list[GatheredLine]] = {}
    for line in rows:
        found.setdefault(line.consolidation.number, []).append(_gathered(line))
    return tuple((number, tuple(lines)) for number, lines in found.items())


def _amounts(line: ConsolidatedLine | PackedLine) -> Amounts:
    return Amounts(line.quantity, line.packages, line.net_weight, line.gross_weight, line.volume, line.amount)


def _parties(keys: Mapping[str, int | None]) -> Parties:
    names = names_of(key for key in keys.values() if key is not None)
    return {role: names[key] for role, key in keys.items() if key is not None and key in names}


def _may_edit(actor: User, row: Consolidation | Packing) -> bool:
    return actor.organisation_id in row.organisations and allowed(actor, permissions.EDIT)
