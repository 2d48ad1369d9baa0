"""Files with lists of goods, sound and broken, for the tests of reading and of the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

HEADINGS = (
    "序号", "交易单号", "商户号", "商品编码", "品名", "数量", "单位", "件数", "金额", "净重", "毛重", "检验检疫", "出口关税",
)  # fmt: skip
ROW: tuple[Any, ...] = (1, "T1", "M1", "4202220000", "手提包", 100, "个", 10, 1200, 80, 90, "否", "否")
HEADER = {
    "AgentCode": "1306980001", "AgentCodeScc": "91130600MA00000001", "AgentName": "某某报关行", "TradeCode": "1306960002",
    "TradeCoScc": "91130600MA00000002", "TradeName": "某某外贸公司", "OwnerCodeScc": "91130600MA00000002",
    "OwnerName": "某某外贸公司", "CustomMaster": "0403", "IEPort": "0202", "TrafMode": "2", "TradeCountry": "KEN",
    "TradeAreaCode": "KEN", "DistinatePort": "KEN000", "DespPortCode": "120001", "GoodsPlace": "监管场站", "TransMode": "3",
    "WrapType": "22", "Type": "ML", "CountryOfDestination": "KEN", "DistrictCode": "13069",
}  # fmt: skip


def data(*lines: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A request as JSON has it; each line is the usual one with changes."""
    usual = {
        "order": "T1",
        "merchant": "M1",
        "hs_code": "4202220000",
        "name": "手提包",
        "quantity": "100",
        "unit": "个",
        "packages": 10,
        "amount": "1200.00",
        "net_weight": "80.0",
        "gross_weight": "90.0",
        "inspection": False,
        "export_duty": False,
    }
    rows = [{"line": number, **usual, **each} for number, each in enumerate(lines or ({},), 1)]
    return {"date": "2023-06-01", "currency": "USD", "lines": rows, **changes}


def as_bytes(value: Any) -> bytes:
    """JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False).encode()


def workbook(
    rows: Sequence[Sequence[Any]] = (ROW,),
    headings: Sequence[str] = HEADINGS,
    *,
    header: Mapping[str, Any] | None = None,
    first: str = "商品",
) -> bytes:
    """An xlsx file; a text that begins with ``=`` is a formula without a value."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2023, 6, 1)})  # the same rows, the same bytes
        sheet = book.add_worksheet(first)
        sheet.write_row(0, 0, headings)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(number, column, value, None, "")
                else:
                    sheet.write(number, column, value)
        if header is not None:
            page = book.add_worksheet("表头")
            page.write_row(0, 0, ("项目", "值"))
            for number, pair in enumerate(header.items(), 1):
                page.write_row(number, 0, pair)
    return out.getvalue()


def row(**changes: Any) -> tuple[Any, ...]:
    """The usual row of a workbook with cells changed by heading."""
    return tuple(changes.get(heading, cell) for heading, cell in zip(HEADINGS, ROW, strict=True))
