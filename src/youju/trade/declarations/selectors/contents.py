"""What stands in a declaration: lines, sources, containers, as rows for its message, its lists and its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from youju.rules.trade.declarations.facts import Declaration as Made
from youju.rules.trade.declarations.facts import GoodsLine
from youju.trade.declarations.facts import declared_line, declared_of, source_line
from youju.trade.declarations.models import Declaration, DeclaredLine, SourceLine
from youju.trade.parties.selectors.partners import names_of


@dataclass(frozen=True, slots=True)
class Contents:
    """For the message: the declared lines, their declaration elements, the containers."""

    declaration: Made
    elements: Mapping[int, str]
    containers: tuple[Mapping[str, str], ...]


def contents_of(row: Declaration) -> Contents:
    """What a message of the declaration is made of. Three queries."""
    lines = list(row.lines.order_by("g_no"))
    return Contents(
        declared_of(lines, currency=row.currency),
        {line.g_no: line.model for line in lines if line.model},
        containers_of(row),
    )


def containers_of(row: Declaration) -> tuple[Mapping[str, str], ...]:
    """Fields of each container; ``LclFlag`` is 1 where another declaration has goods in it too. Two queries."""
    live = SourceLine.objects.filter(line__declaration=row, packed__isnull=False)
    inside: dict[tuple[int, str, str], set[int]] = {}
    names = ("packed__container", "packed__container__number", "packed__container__kind", "line__g_no")
    for key, number, kind, g_no in live.values_list(*names):
        inside.setdefault((key, number, kind), set()).add(g_no)
    others = SourceLine.objects.filter(
        live=True, packed__container__in=[key for key, _, _ in inside]
    ).exclude(line__declaration__number=row.number)
    shared = set(others.values_list("packed__container", flat=True).distinct())
    return tuple(
        {
            "ContainerId": number,
            "ContainerMd": kind,
            "GoodsNo": ",".join(str(each) for each in sorted(numbers)),
            "LclFlag": "1" if key in shared else "0",
        }
        for (key, number, kind), numbers in sorted(inside.items(), key=lambda each: each[0][1])
    )


def sources_of(rows: Iterable[Declaration]) -> QuerySet[SourceLine]:
    """The sources of declarations whose orders the asker sees, with order lines and orders, by line."""
    return (
        SourceLine.objects.filter(line__declaration__in=[row.pk for row in rows])
        .select_related("line", "order_line__order")
        .order_by("line__declaration", "line__g_no", "order_line__order__number", "order_line__line_no", "pk")
    )


def goods_for_lists(rows: Sequence[Declaration]) -> tuple[tuple[Made, ...], tuple[GoodsLine, ...]]:
    """Declarations, numbered from 1, and the goods lines in them, for the broker's lists. Four queries."""
    sources = list(sources_of(rows))
    names = names_of(source.merchant_id for source in sources)
    currency = {row.pk: row.currency for row in rows}
    goods: list[GoodsLine] = []
    numbers: dict[int, list[int]] = {}
    orders: dict[int, dict[str, None]] = {}
    for number, source in enumerate(sources, 1):
        of = source.line.declaration_id
        merchant = names.get(source.merchant_id, ("", ""))[0]
        goods.append(source_line(number, source, currency[of], merchant))
        numbers.setdefault(source.line_id, []).append(number)
        orders.setdefault(of, {})[source.order_line.order.number] = None
    lines: dict[int, list[DeclaredLine]] = {}
    for line in DeclaredLine.objects.filter(declaration__in=list(currency)).order_by("declaration", "g_no"):
        lines.setdefault(line.declaration_id, []).append(line)
    made = tuple(
        Made(
            place,
            tuple(orders.get(row.pk, ())),
            row.currency,
            tuple(declared_line(line, tuple(numbers.get(line.pk, ()))) for line in lines.get(row.pk, ())),
        )
        for place, row in enumerate(rows, 1)
    )
    return made, tuple(goods)
