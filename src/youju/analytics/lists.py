"""Rows of a list on a page as record batches, for writing them as Parquet: numbers as decimals, all else as text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import pyarrow as pa

_BATCH = 5_000
_NUMBER = pa.decimal128(18, 2)
_CENT = Decimal("0.01")


def batches_of(
    columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]]
) -> Iterator[pa.RecordBatch]:
    """Rows of text as batches.

    Args:
        columns: name, and whether its cells are numbers (two decimals, a blank is null).
        rows: the cells, read once.
    """
    schema = pa.schema([(name, _NUMBER if numeric else pa.string()) for name, numeric in columns])
    source = iter(rows)
    while piece := list(itertools.islice(source, _BATCH)):
        arrays = [
            pa.array([_number(cell) if numeric else cell for cell in cells], kind)
            for (_, numeric), kind, cells in zip(columns, schema.types, zip(*piece, strict=True), strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _number(text: str) -> Decimal | None:
    return Decimal(text).quantize(_CENT) if text else None
