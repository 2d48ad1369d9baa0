"""Cuts and the rows behind them as files: everything that the filters leave, not the page shown."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

import pyarrow as pa
from django.utils import timezone

from youju.analytics import writing
from youju.analytics.tables import RELEASED_LINES
from youju.analytics.writing import Heading
from youju.foundation.kernel.errors import InputError
from youju.trade.statistics.metrics.cutting import stream_of
from youju.trade.statistics.selectors.dashboards import DimensionPage
from youju.trade.statistics.selectors.labels import TITLES
from youju.trade.statistics.selectors.questions import Asked

KINDS = writing.KINDS
_MONEY, _WEIGHT, _RATE = pa.decimal128(38, 2), pa.decimal128(38, 5), pa.decimal128(38, 6)
_CUT: tuple[tuple[str, str, pa.DataType], ...] = (
    ("rank", "名次", pa.int64()),
    ("key", "代码", pa.string()),
    ("label", "名称", pa.string()),
    ("value_cny", "出口额（元）", _MONEY),
    ("share", "占比（%）", _RATE),
    ("on_year", "同比（%）", _RATE),
    ("on_before", "环比（%）", _RATE),
    ("year_value", "上年同期（元）", _MONEY),
    ("before_value", "上期（元）", _MONEY),
    ("net_weight", "净重（千克）", _WEIGHT),
    ("gross_weight", "毛重（千克）", _WEIGHT),
    ("price", "每千克均价（元）", _RATE),
    ("declarations", "报关单（票）", pa.int64()),
    ("lines", "货物行", pa.int64()),
)
_LINES = tuple(
    Heading(column.name, column.label + (f"（{column.unit}）" if column.unit in {"CNY", "kg"} else ""))
    for column in RELEASED_LINES.columns
    if column.name not in {"pilot", "buyer_id"}
)


@dataclass(frozen=True, slots=True)
class Exported:
    """A file at its beginning, its name, and how many rows it holds."""

    file: IO[bytes]
    name: str
    rows: int


def export_cut(page: DimensionPage, kind: str) -> Exported:
    """Every group of a dimension."""
    schema = pa.schema([(name, type_) for name, _, type_ in _CUT])
    rows = [
        {
            "rank": row.group.rank,
            "key": row.key,
            "label": row.label,
            "value_cny": row.sums.value,
            "share": row.group.share,
            "price": row.sums.price,
            "on_year": row.sums.on_year,
            "on_before": row.sums.on_before,
            **{
                name: getattr(row.sums, name)
                for name in (
                    "year_value",
                    "before_value",
                    "net_weight",
                    "gross_weight",
                    "declarations",
                    "lines",
                )
            },
        }
        for row in page.ranking.rows
    ]
    table: Any = pa.Table.from_pylist(rows, schema=schema)
    headings = [Heading(name, label) for name, label, _ in _CUT]
    title = f"出口统计_按{TITLES[page.ranking.dimension]}"
    true_at = f"；数据时间：{timezone.localtime(page.ground.as_of):%Y-%m-%d %H:%M}"
    return _written(kind, table.to_batches(), headings, title, page.asked, page.filters, true_at)


def export_rows(asked: Asked, kind: str, filters: Iterable[tuple[Any, str, str]]) -> Exported:
    """Every row behind a question, streamed from the records."""
    _, batches = stream_of(asked.question)
    return _written(kind, batches, _LINES, "出口统计_明细", asked, filters)


def _written(  # noqa: PLR0917 - what a file is made of
    kind: str,
    batches: Iterable[pa.RecordBatch],
    headings: Iterable[Heading],
    title: str,
    asked: Asked,
    filters: Iterable[tuple[Any, str, str]],
    further: str = "",
) -> Exported:
    if kind not in KINDS:
        raise InputError(f"不能导出 {kind[:10]} 格式", how=f"可选 {'、'.join(KINDS)}", status=400)
    words = "；".join(f"{TITLES[dimension]}：{text}" for dimension, _, text in filters) or "无"
    note = (
        f"期间：{asked.period.label}；筛选：{words}；导出时间：{timezone.localtime():%Y-%m-%d %H:%M}{further}"
    )
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        count = writing.write(kind, file, batches, tuple(headings), title=title, note=note)
    except writing.TooManyRowsError as error:
        file.close()
        raise InputError(str(error), status=422) from error
    file.seek(0)
    return Exported(file, f"{title}_{asked.period}.{kind}", count)
