"""Files say how many rows they hold, cells start no formula, and all three kinds hold the same rows."""

from __future__ import annotations

import io
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from youju.analytics import writing
from youju.analytics.writing import Heading

HEADINGS = (Heading("name", "名称"), Heading("value", "出口额（元）"), Heading("lines", "行"))
SCHEMA = pa.schema(
    [("name", pa.string()), ("value", pa.decimal128(38, 2)), ("lines", pa.int64()), ("x", pa.int64())]
)


def batches(*rows: tuple[str | None, str | None, int]):
    for name, value, lines in rows:
        yield pa.RecordBatch.from_pylist(
            [{"name": name, "value": Decimal(value) if value else None, "lines": lines, "x": 1}],
            schema=SCHEMA,
        )


ROWS = (("=HYPERLINK(1)", "1234567890123456.78", 3), ("俄罗斯", "-5.00", 1), (None, None, 0))


def written(kind: str, *rows: tuple[str | None, str | None, int]) -> io.BytesIO:
    file = io.BytesIO()
    assert writing.write(kind, file, batches(*rows), HEADINGS, title="统计", note="期间：2023年") == len(rows)
    file.seek(0)
    return file


def test_csv_ends_with_its_count_and_starts_no_formula() -> None:
    text = written("csv", *ROWS).read().decode("utf-8-sig").split("\r\n")
    assert text == [
        "名称,出口额（元）,行",
        "'=HYPERLINK(1),1234567890123456.78,3",
        "俄罗斯,-5.00,1",
        ",,0",
        "共 3 行；期间：2023年",
        "",
    ]


def test_xlsx_keeps_every_digit_and_ends_with_its_count() -> None:
    sheet = CalamineWorkbook.from_filelike(written("xlsx", *ROWS)).get_sheet_by_name("统计").to_python()
    assert sheet == [
        ["名称", "出口额（元）", "行"],
        ["=HYPERLINK(1)", "1234567890123456.78", 3.0],
        ["俄罗斯", -5.0, 1.0],
        ["", "", 0.0],
        ["共 3 行；期间：2023年", "", ""],
    ]


def test_parquet_says_its_count_in_its_metadata() -> None:
    file = pq.ParquetFile(written("parquet", *ROWS))
    assert file.metadata.num_rows == 3
    assert file.metadata.metadata[b"youju.rows"] == b"3"
    assert file.schema_arrow.names == ["name", "value", "lines"]
    assert file.read()["value"].to_pylist() == [Decimal("1234567890123456.78"), Decimal("-5.00"), None]


@pytest.mark.parametrize("kind", writing.KINDS)
def test_a_file_without_rows_is_a_file(kind: str) -> None:
    assert written(kind).read()


def test_xlsx_refuses_what_it_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "XLSX_ROWS", 3)
    with pytest.raises(writing.TooManyRowsError, match="CSV"):
        written("xlsx", *ROWS)
