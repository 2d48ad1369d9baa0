"""The columns of a sheet of container loads, and the packings that its rows mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from youju.foundation.imports.declaring import (
    Amount,
    CellFinding,
    Choice,
    Code,
    Column,
    Day,
    Flag,
    Row,
    Text,
    Whole,
)
from youju.foundation.policies import law_on
from youju.rules.trade.packing.facts import capacities
from youju.rules.trade.packing.transport import TRANSPORT_MODES
from youju.trade.packing.facts import LoadWish, PackingWish, PartWish, ShipmentWish

HEAD = (
    "agent",
    "consolidator",
    "warehouse",
    "packed_on",
    "country",
    "bill_of_lading",
    "transport_mode",
    "port",
    "complete",
)
"""What every row of one packing must say alike."""
WEIGHED = ("net_weight", "gross_weight", "volume")
"""Figures that follow from the order by share: a cell of them is compared, not stored."""


class BoxKind(Choice):
    """A container type of the policy in force today, so that the template's drop-down follows the policy."""

    def __init__(self) -> None:
        """Types are read when they are asked for."""

    @property
    def labels(self) -> Mapping[str, str]:
        """Code → code."""
        return {code: code for code in capacities(law_on(timezone.localdate()))}

    def read(self, cell: Any) -> str:
        """See ``Kind``."""
        return Choice(self.labels).read(cell.strip().upper() if isinstance(cell, str) else cell)


COLUMNS = (
    Column("packing", "装箱编号", Code(40), aliases=("装箱单", "序号"), required=True, example="1",
           help="您自己的编号；编号和代理相同的行是同一张新装箱单"),
    Column("agent", "代理备案号", Code(20), required=True, example="A230001"),
    Column("packed_on", "装箱日期", Day(), required=True, example="2023-06-10"),
    Column("country", "运抵国（地区）", Text(2, r"[A-Z]{2}", "应为两个大写字母的国别代码"), required=True, example="KE"),
    Column("container", "箱号", Text(20), required=True, example="CSQU3054383"),
    Column("kind", "箱型", BoxKind(), required=True, example="40HQ"),
    Column("seal", "封志号", Text(32), help="同一个箱子写一次就行"),
    Column("order", "交易单号", Code(24), required=True, example="T230601000001", help="系统的交易单号，须各方已确认"),
    Column("line_no", "行号", Whole(least=1), aliases=("行序号",), example="1",
           help="交易单的第几行；不填就是整张交易单剩下的全部"),
    Column("quantity", "数量", Amount(5, least="0"), example="100", help="不填就是这一行剩下的全部"),
    Column("packages", "件数", Whole(least=0, most=2_000_000_000), example="10", help="不填按数量分摊"),
    Column("net_weight", "净重（千克）", Amount(5, least="0"), aliases=("净重",), help="填了只用来核对，导入以交易单的为准"),
    Column("gross_weight", "毛重（千克）", Amount(5, least="0"), aliases=("毛重",), help="填了只用来核对"),
    Column("volume", "体积（立方米）", Amount(6, least="0"), aliases=("体积",), help="填了只用来核对"),
    Column("consolidation", "组货单号", Code(24), help="货已在组货单里的填它的号；不填就为这张装箱单新组一票"),
    Column("bill_of_lading", "提运单号", Code(32), aliases=("提单号",), example="OOLU2023060001"),
    Column("warehouse", "监管场站备案号", Code(20), aliases=("监管场站",)),
    Column("consolidator", "组货人备案号", Code(20), aliases=("组货人",), help="新组货时可填"),
    Column("transport_mode", "运输方式", Choice(TRANSPORT_MODES), help="不填为水路运输"),
    Column("port", "出境口岸", Code(4, r"[0-9]{4}", "应为四位关区代码"), example="3104"),
    Column("complete", "装箱完成", Flag(), help="填“是”，导入后就能报关；不填还可以在网页上改"),
)  # fmt: skip
_AT = {column.code: place for place, column in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one packing."""

    rows: tuple[Row, ...]
    wish: ShipmentWish


def of(row: Row, name: str) -> Any:
    """A row's value by its column."""
    return row.values[_AT[name]]


def groups(rows: Sequence[Row]) -> Iterator[Group | CellFinding]:
    """The packings of a file in the order of their first rows; a finding where rows of one packing disagree on its head."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((of(row, "agent"), of(row, "packing")), []).append(row)
    for together in found.values():
        first = together[0]
        odd = next(((row, n) for row in together[1:] for n in HEAD if of(row, n) != of(first, n)), None)
        if odd is None:
            yield Group(tuple(together), _wish(together))
            continue
        row, name = odd
        told = f"和第 {first.number} 行是同一张装箱单，{COLUMNS[_AT[name]].heading}却不一样；改成一样，或换一个装箱编号"
        yield CellFinding(row.number, name, told)


def column_of(field: str) -> str:
    """The column in which a finding about a wish's field stands."""
    return {"number": "container", "currency": "order", "amount": "quantity"}.get(
        field, field if field in _AT else ""
    )


def weighed(row: Row) -> dict[str, Decimal]:
    """The figures of a row that are only compared, as far as they were filled in."""
    return {name: value for name in WEIGHED if (value := of(row, name)) is not None}


def _wish(rows: Sequence[Row]) -> ShipmentWish:
    first = rows[0]
    head = PackingWish(
        agent=of(first, "agent"),
        country=of(first, "country"),
        packed_on=of(first, "packed_on"),
        warehouse=of(first, "warehouse") or "",
        bill_of_lading=of(first, "bill_of_lading") or "",
        transport_mode=of(first, "transport_mode") or "2",
        port=of(first, "port") or "",
    )
    loads = tuple(_load(row) for row in rows)
    return ShipmentWish(head, loads, of(first, "consolidator") or "", bool(of(first, "complete")))


def _load(row: Row) -> LoadWish:
    part = PartWish(of(row, "order"), of(row, "line_no"), of(row, "quantity"), of(row, "packages"))
    return LoadWish(
        part=part,
        container=of(row, "container"),
        kind=of(row, "kind"),
        seal=of(row, "seal") or "",
        consolidation=of(row, "consolidation") or "",
    )
