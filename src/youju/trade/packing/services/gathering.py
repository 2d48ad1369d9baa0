"""The consolidations behind whole packings: one for each packing and currency, complete from the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.workflow.services import advance_many, start_many
from youju.rules.trade.packing.amounts import Amounts
from youju.rules.trade.packing.lifecycle import CLOSED, CONSOLIDATION_FLOW
from youju.trade.orders.services import let_take_part
from youju.trade.packing import events
from youju.trade.packing.models import ConsolidatedLine, Consolidation
from youju.trade.packing.services import balancing, refusing
from youju.trade.packing.services.laying import Laid, Part

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes one consolidation: the parts of a packing, in one currency, that come straight from orders."""

    laid: Laid
    currency: str
    parts: tuple[Part, ...]

    def by_line(self) -> dict[int, Amounts]:
        """Order line → what of it is taken over all containers."""
        found: dict[int, Amounts] = {}
        for part in self.parts:
            key = part.source.order_line
            found[key] = found.get(key, Amounts()) + part.amounts
        return found


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was made. ``lines``: (place of the packing, order line) → id of the consolidated line."""

    groups: Sequence[Group]
    rows: Sequence[Consolidation]
    lines: Mapping[tuple[int, int], int]

    def of(self, laid: Laid) -> list[Consolidation]:
        """The consolidations of one packing."""
        return [row for group, row in zip(self.groups, self.rows, strict=True) if group.laid is laid]


def gather_many(actor: User, laid: Sequence[Laid]) -> Gathered:
    """Make the consolidations that packings need, their goods taken out of the orders' balances and marked as packed."""
    places = {id(each): at for at, each in enumerate(laid)}
    groups = [group for each in laid for group in _groups(each)]
    if not groups:
        return Gathered([], [], {})
    taken: dict[int, Amounts] = {}
    for group in groups:
        for key, amounts in group.by_line().items():
            taken[key] = taken.get(key, Amounts()) + amounts
    balancing.take(taken)
    numbers = refusing.next_numbers(
        "packing_consolidation_number", "Z", f"{timezone.localdate():%y%m%d}", len(groups)
    )
    rows = [_row(actor, group, number) for group, number in zip(groups, numbers, strict=True)]
    Consolidation.objects.bulk_create(rows, batch_size=_BATCH)
    lines = {
        (places[id(group.laid)], key): _line(row, key, amounts)
        for group, row in zip(groups, rows, strict=True)
        for key, amounts in group.by_line().items()
    }
    ConsolidatedLine.objects.bulk_create(lines.values(), batch_size=_BATCH)
    _let_see(groups)
    _follow(actor, groups, rows)
    return Gathered(groups, rows, {key: line.pk for key, line in lines.items()})


def _groups(laid: Laid) -> list[Group]:
    by_currency: dict[str, list[Part]] = {}
    for part in laid.parts:
        if part.source.consolidated is None:
            by_currency.setdefault(part.source.currency, []).append(part)
    return [Group(laid, currency, tuple(parts)) for currency, parts in by_currency.items()]


def _row(actor: User, group: Group, number: str) -> Consolidation:
    agent, gatherer = group.laid.agent, group.laid.consolidator
    assert agent is not None  # noqa: S101 - a wish without an agent has something said against it
    taking = {agent.organisation, gatherer.organisation if gatherer else None}
    sections = set(agent.sections)
    for part in group.parts:
        taking.update(part.source.organisations)
        sections.update(part.source.sections)
    return Consolidation(
        number=number,
        state=CLOSED,
        revision=2,
        organisations=sorted(each for each in taking if each is not None),
        sections=sorted(sections),
        consolidator_id=gatherer.id if gatherer else None,
        agent_id=agent.id,
        country=group.laid.wish.head.country,
        currency=group.currency,
        created_by=actor.username,
        closed_at=timezone.now(),
    )


def _line(row: Consolidation, order_line: int, amounts: Amounts) -> ConsolidatedLine:
    values = {name: getattr(amounts, name) for name in balancing.COLUMNS}
    packed = {f"packed_{stem}": values[name] for name, stem in balancing.COLUMNS.items()}
    return ConsolidatedLine(consolidation=row, order_line_id=order_line, **values, **packed)


def _let_see(groups: Sequence[Group]) -> None:
    orders: dict[int, set[int]] = {}
    for group in groups:
        gatherer = group.laid.consolidator
        if gatherer and gatherer.organisation is not None:
            orders.setdefault(gatherer.organisation, set()).update(p.source.order_id for p in group.parts)
    for organisation, keys in orders.items():
        let_take_part(orders=keys, organisation=organisation)


def _follow(actor: User, groups: Sequence[Group], rows: Sequence[Consolidation]) -> None:
    """The trail and the flow, as if each had been opened, filled and closed by hand."""
    subjects = [refusing.subject_of(row) for row in rows]
    pairs = list(zip(groups, rows, subjects, strict=True))
    record_many(
        events.CONSOLIDATION_OPENED,
        [(subject, None, _head(group.laid, row)) for group, row, subject in pairs],
    )
    start_many(
        flow=CONSOLIDATION_FLOW,
        subjects=subjects,
        actor=actor,
        organisations={row.number: actor.organisation.code for row in rows},
    )
    record_many(events.LINES_ADDED, [(subject, None, _added(group)) for group, _, subject in pairs])
    advance_many(flow=CONSOLIDATION_FLOW, subjects=subjects, transition="close", actor=actor)


def _head(laid: Laid, row: Consolidation) -> dict[str, str]:
    return {
        "agent": laid.agent.name if laid.agent else "",
        "consolidator": laid.consolidator.name if laid.consolidator else "",
        "country": row.country,
        "currency": row.currency,
        "truck": row.truck,
    }


def _added(group: Group) -> dict[str, object]:
    orders = sorted({part.source.order for part in group.parts})
    return {"orders": orders} | balancing.sums(group.by_line().values())
