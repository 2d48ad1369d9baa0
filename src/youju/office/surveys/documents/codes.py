"""Sheets of one-time codes: a PDF to cut up, an xlsx with the links. Made while one waits, kept nowhere: they hold the tokens."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import segno
import xlsxwriter

from youju.foundation.documents.paper import set_pdf
from youju.foundation.kernel.errors import InputError

_TEMPLATE = Path(__file__).with_name("codes.typ")
FORMATS = {"pdf": "PDF 二维码纸", "xlsx": "xlsx 链接表", "zip": "两样都要（zip）"}
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Codes:
    """What is printed: the survey's titles, its channel, its last day, and the address behind each token."""

    title: str
    title_en: str
    channel: str
    closes_on: date
    addresses: Sequence[str]


def made(codes: Codes, form: str) -> bytes:
    """The file, one of :data:`FORMATS`.

    Raises:
        InputError: there is no such format, or the setting fails.
    """
    if form == "pdf":
        return _pdf(codes)
    if form == "xlsx":
        return _xlsx(codes)
    if form == "zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("codes.pdf", _pdf(codes))
            file.writestr("links.xlsx", _xlsx(codes))
        return buffer.getvalue()
    raise InputError("没有这种格式", where="格式", how="请选择 PDF、xlsx 或两样都要")


def _pdf(codes: Codes) -> bytes:
    data = {
        "title": codes.title,
        "title_en": codes.title_en,
        "channel": codes.channel,
        "closes_on": codes.closes_on.isoformat(),
        "codes": [
            {
                "address": address,
                "qr": segno.make(address, error="m", micro=False).svg_inline(
                    scale=4, border=2, dark="#000000", svgclass=None, lineclass=None
                ),
            }
            for address in codes.addresses
        ],
    }
    moment = datetime.combine(codes.closes_on, time(), UTC)
    return set_pdf(_TEMPLATE, data, moment=moment, style="sans")


def _xlsx(codes: Codes) -> bytes:
    buffer = io.BytesIO()
    # As text: a spreadsheet makes at most 65,530 links of a sheet, and a click must not go astray.
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    sheet = book.add_worksheet("一次性链接")
    bold = book.add_format({"bold": True})
    for place, (head, width) in enumerate((("渠道", 20), ("链接", 64), ("截止日期", 14))):
        sheet.write_string(0, place, head, bold)
        sheet.set_column(place, place, width)
    for number, address in enumerate(codes.addresses, 1):
        for place, value in enumerate((codes.channel, address, codes.closes_on.isoformat())):
            sheet.write_string(number, place, value)
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()
