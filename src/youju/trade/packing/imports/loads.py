"""Packings by spreadsheet: a row is what goes into a container; the same services and rules as on the page and in the API."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from youju.foundation.imports.declaring import Batch, CellFinding, Effects, Importer
from youju.rules.trade.packing.amounts import Amounts, total
from youju.trade.packing import permissions, services
from youju.trade.packing.imports.columns import COLUMNS, Group, column_of, groups, weighed

if TYPE_CHECKING:
    from youju.trade.packing.services.laying import Laid

CODE = "packing.loads"
_SAID = {"net_weight": "净重", "gross_weight": "毛重", "volume": "体积"}
_NEAR = Decimal("0.001")
"""A gram, and a litre: what a scale or a rule of one's own may be off by without a word."""


def check(batch: Batch) -> Iterable[CellFinding]:
    """What every rule says, at its cell; and where weights of the sheet are not those of the order, a remark."""
    found = list(groups(batch.rows))
    yield from (each for each in found if isinstance(each, CellFinding))
    good = [each for each in found if isinstance(each, Group)]
    for group, laid in _laid(batch, good):
        for said in laid.said:
            yield CellFinding(group.rows[said.load].number, column_of(said.field), said.message)
        yield from _compared(group, laid)


def compare(batch: Batch) -> Effects:
    """What would be packed; the token is of everything that it is drawn from."""
    wanted = _groups(batch)
    token = hashlib.sha256()
    sample: list[tuple[int, str, str, str]] = []
    for group, laid in _laid(batch, wanted):
        token.update(repr([(part, part.source) for part in laid.parts]).encode())
        token.update(repr((laid.agent, laid.warehouse, laid.consolidator, laid.said)).encode())
        if len(sample) < 20:
            whole = total([part.amounts for part in laid.parts])
            told = f"{len(laid.boxes)} 箱，{len(laid.parts)} 行，{whole.packages} 件，毛重 {whole.gross_weight} 千克"
            sample.append((group.rows[0].number, f"装箱 {laid.wish.head.bill_of_lading}".strip(), "", told))
    return Effects(len(wanted), 0, 0, token.hexdigest(), tuple(sample))


def store(batch: Batch) -> Mapping[str, Any]:
    """All packings, in the commit's transaction."""
    done = services.ship_many(actor=batch.actor, wishes=[group.wish for group in _groups(batch)])
    return {
        "packings": list(done.packings),
        "consolidations": list(done.consolidations),
        "rows": len(batch.rows),
    }


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return services.consequences_of_taking_back(**_kept(batch))


def undo(batch: Batch) -> None:
    """Cancel every packing and consolidation of the batch: none is ever erased."""
    services.take_back(actor=batch.actor, reason="撤销导入批次", **_kept(batch))


def _kept(batch: Batch) -> dict[str, list[str]]:
    return {name: list(batch.kept[name]) for name in ("packings", "consolidations")}


def _groups(batch: Batch) -> list[Group]:
    return [each for each in groups(batch.rows) if isinstance(each, Group)]


def _laid(batch: Batch, wanted: Sequence[Group]) -> Iterator[tuple[Group, Laid]]:
    laid = services.preview(actor=batch.actor, wishes=[group.wish for group in wanted]) if wanted else []
    yield from zip(wanted, laid, strict=True)


def _compared(group: Group, laid: Laid) -> Iterator[CellFinding]:
    got: dict[int, Amounts] = {}
    for part in laid.parts:
        got[part.load] = got.get(part.load, Amounts()) + part.amounts
    for place, row in enumerate(group.rows):
        for name, value in weighed(row).items() if place in got else ():
            ours = getattr(got[place], name)
            if abs(ours - value) > _NEAR:
                told = f"按交易单分摊，{_SAID[name]}是 {ours.normalize():f}，这里写的是 {value}；导入以交易单的为准"
                yield CellFinding(row.number, name, told, "warning")


LOADS = Importer(
    code=CODE,
    title="导入装箱单",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/packing/packings/",
    description="一行是装进一个箱子的一笔货，装箱编号相同的行是一张装箱单；没有组货单的自动组货。检查和网页办理相同，一次全部写入。",
)
