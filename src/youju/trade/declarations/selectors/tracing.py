"""For later rooms: what was released, a declaration by number, and from an order line to its declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from youju.rules.trade.declarations.lifecycle import EXPORTED, RELEASED
from youju.trade.declarations.models import Declaration, SourceLine
from youju.trade.declarations.selectors.finding import found

_PIECE = 2000


@dataclass(frozen=True, slots=True)
class DeclarationFacts:
    """A declaration as later rooms know it. Amounts in ``currency`` and, at the month's rate, in CNY."""

    id: int
    number: str
    version: int
    state: str
    entry_number: str
    agent_id: int
    broker_id: int | None
    declared_on: date
    country: str
    currency: str
    rate: Decimal
    amount: Decimal
    amount_cny: Decimal
    released_at: datetime | None
    exported_at: datetime | None


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Goods of an order line in a declared line. ``declaration``: its number and version; ``live``: it still counts."""

    source: int
    declaration: str
    number: str
    state: str
    entry_number: str
    g_no: int
    hs_code: str
    chapter: str
    name: str
    order_line: int
    merchant_id: int
    agent_id: int
    country: str
    currency: str
    rate: Decimal
    quantity: Decimal
    amount: Decimal
    net_weight: Decimal
    live: bool
    released_at: datetime | None


def declaration_by_number(number: str) -> DeclarationFacts | None:
    """The newest version of a number, one version by its key, or one by customs' number; ``None`` where the asker sees none."""
    row = found(number)
    if (
        row is None
        and number.isdecimal()
        and len(number) == Declaration._meta.get_field("entry_number").max_length
    ):
        row = Declaration.objects.filter(entry_number=number).first()
    return facts_of(row) if row else None


def facts_of(row: Declaration) -> DeclarationFacts:
    """A declaration as frozen facts."""
    names = [name for name in DeclarationFacts.__slots__ if name != "id"]
    return DeclarationFacts(id=row.pk, **{name: getattr(row, name) for name in names})


def declarations_of_order_lines(ids: Iterable[int]) -> dict[int, tuple[SourceFacts, ...]]:
    """Order line → where its goods were declared, newest first; versions that no longer count included. One query."""
    rows = _joined(order_line__in=sorted(set(ids))).order_by("-line__declaration", "pk")
    by_line: dict[int, list[SourceFacts]] = {}
    for row in rows:
        by_line.setdefault(row.order_line_id, []).append(_source(row))
    return {key: tuple(sources) for key, sources in by_line.items()}


def sources_of_declaration(declaration: int) -> tuple[SourceFacts, ...]:
    """The goods in a declaration, by line. One query."""
    rows = _joined(line__declaration=declaration).order_by("line__g_no", "pk")
    return tuple(_source(row) for row in rows)


def released_lines(*, since: date, until: date) -> Iterator[SourceFacts]:
    """Goods of declarations released on the days from ``since`` to ``until``, both included, in the asker's reach. Streams."""
    rows = _joined(
        live=True,
        line__declaration__state__in=(RELEASED, EXPORTED),
        line__declaration__released_at__date__range=(since, until),
    )
    for row in rows.order_by("pk").iterator(chunk_size=_PIECE):
        yield _source(row)


def _joined(**conditions: Any) -> QuerySet[SourceLine]:
    return SourceLine.objects.filter(**conditions).select_related("line__declaration")


def _source(row: SourceLine) -> SourceFacts:
    line, of = row.line, row.line.declaration
    return SourceFacts(
        source=row.pk,
        declaration=str(of),
        number=of.number,
        state=of.state,
        entry_number=of.entry_number,
        g_no=line.g_no,
        hs_code=line.hs_code,
        chapter=line.chapter,
        name=line.name,
        order_line=row.order_line_id,
        merchant_id=row.merchant_id,
        agent_id=of.agent_id,
        country=of.country,
        currency=of.currency,
        rate=of.rate,
        quantity=row.quantity,
        amount=row.amount,
        net_weight=row.net_weight,
        live=row.live,
        released_at=of.released_at,
    )
