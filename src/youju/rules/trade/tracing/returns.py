"""Returns of returns: what a sale's line lost in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from youju.rules.trade.packing.amounts import Amounts


@dataclass(frozen=True, slots=True)
class Later:
    """A line of a return or correction: its id, the line that it is about, and what it says.

    ``counts``: a return that is registered or confirmed; a correction, a draft or a cancelled record moves no goods.
    """

    id: int
    original: int
    counts: bool
    amounts: Amounts


def returned(sale_line: int, later: Iterable[Later]) -> Amounts:
    """What came back of a sale's line, all returns counted and what was returned of a return counted against them.

    Of 100 sold, 30 returned and 10 of those taken again 20 have come back. A record about a record that does not count does
    not count either.
    """
    about: dict[int, list[Later]] = {}
    for each in later:
        if each.counts:
            about.setdefault(each.original, []).append(each)
    return _net(sale_line, about)


def _net(line: int, about: Mapping[int, list[Later]]) -> Amounts:
    whole, waiting = Amounts(), [(each, True) for each in about.get(line, ())]
    while waiting:
        each, back = waiting.pop()
        whole = whole + each.amounts if back else whole - each.amounts
        waiting += [(next_one, not back) for next_one in about.get(each.id, ())]
    return whole
