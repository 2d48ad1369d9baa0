"""The simplified declaration (简化申报) in plain Python: the oracle that every faster kernel must equal.

Kinds are ranked by value, highest first, and by their first line where values tie; so the order is total. From ``trigger``
kinds on, the first ``itemised`` of them stand alone. Of the rest, kinds that may not be merged stand alone as well, and the
others are merged by chapter under the code and name of the chapter's first kind in that ranking. An ineligible kind takes a
place among the first like any other: the list of goods, of which the text counts the highest five, holds it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from youju.rules.trade.declarations.facts import DeclaredLine, GoodsLine, Kind
from youju.rules.trade.declarations.terms import Terms
from youju.rules.trade.declarations.units import quantity_of, shared


@dataclass(slots=True)
class _Goods:
    """The lines of one kind, or of one chapter, gathered."""

    kind: Kind
    cents: int = 0
    first: int = 0
    ineligible: bool = False
    lines: list[GoodsLine] = field(default_factory=list)


def simplify(lines: Iterable[GoodsLine], terms: Terms) -> tuple[DeclaredLine, ...]:
    """The declared lines of one declaration: itemised from high to low, then merged ones by chapter.

    Args:
        lines: all goods lines of the declaration, in any order, of one currency.
        terms: what is in force on its day.
    """
    ranked = ranked_kinds(lines, terms)
    if len(ranked) < terms.trigger:
        return _declared([(goods, False) for goods in ranked], terms)
    itemised = [goods for place, goods in enumerate(ranked) if place < terms.itemised or goods.ineligible]
    chapters: dict[str, _Goods] = {}
    for goods in ranked[terms.itemised :]:
        if not goods.ineligible:
            chapters.setdefault(goods.kind.chapter, _Goods(goods.kind)).lines.extend(goods.lines)
    merged = [chapters[chapter] for chapter in sorted(chapters)]
    return _declared([(goods, False) for goods in itemised] + [(goods, True) for goods in merged], terms)


def ranked_kinds(lines: Iterable[GoodsLine], terms: Terms) -> list[_Goods]:
    """The kinds among lines, highest value first, ties by first line. One ineligible line makes its kind ineligible."""
    kinds: dict[Kind, _Goods] = {}
    for line in lines:
        goods = kinds.get(line.kind)
        if goods is None:
            goods = kinds[line.kind] = _Goods(line.kind, first=line.number)
        goods.cents += line.cents
        goods.first = min(goods.first, line.number)
        goods.ineligible |= terms.is_ineligible(line)
        goods.lines.append(line)
    return sorted(kinds.values(), key=lambda goods: (-goods.cents, goods.first))


def _declared(gathered: Sequence[tuple[_Goods, bool]], terms: Terms) -> tuple[DeclaredLine, ...]:
    return tuple(
        _line(number, goods, terms, merged=merged) for number, (goods, merged) in enumerate(gathered, 1)
    )


def _line(number: int, goods: _Goods, terms: Terms, *, merged: bool) -> DeclaredLine:
    lines = sorted(goods.lines, key=lambda line: line.number)
    quantity, unit = quantity_of(lines, terms, merged=merged)
    first_quantity, first_unit = shared((line.first_quantity, line.first_unit) for line in lines)
    second_quantity, second_unit = shared((line.second_quantity, line.second_unit) for line in lines)
    return DeclaredLine(
        number=number,
        hs_code=goods.kind.hs_code,
        name=goods.kind.name,
        quantity=quantity,
        unit=unit,
        cents=sum(line.cents for line in lines),
        net_weight=sum((line.net_weight for line in lines), Decimal(0)),
        gross_weight=sum((line.gross_weight for line in lines), Decimal(0)),
        packages=sum(line.packages for line in lines),
        merged=merged,
        sources=tuple(line.number for line in lines),
        first_quantity=first_quantity,
        first_unit=first_unit,
        second_quantity=second_quantity,
        second_unit=second_unit,
    )
