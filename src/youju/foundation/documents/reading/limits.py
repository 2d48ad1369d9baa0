"""Bounds on what is read, as house policy: a file may be small and still unpack to more than the machine has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from youju.foundation.kernel.errors import InputError

_ROOM = "foundation.documents"


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds; sizes in bytes, ``ratio`` is unpacked size to packed size, told only above ``ratio_floor``."""

    file_bytes: int
    unpacked_bytes: int
    ratio: int
    ratio_floor: int
    tables: int
    rows: int
    columns: int
    cells: int
    pages: int

    @classmethod
    def of(cls, law: Mapping[str, object]) -> Limits:
        """The bounds that a law states (``policies/foundation/documents/``)."""

        def whole(name: str) -> int:
            return int(str(law[f"{_ROOM}.{name}"]))

        return cls(
            file_bytes=whole("max_file_bytes"),
            unpacked_bytes=whole("max_unpacked_bytes"),
            ratio=whole("max_unpacked_ratio"),
            ratio_floor=whole("unpacked_ratio_floor"),
            tables=whole("max_tables"),
            rows=whole("max_rows"),
            columns=whole("max_columns"),
            cells=whole("max_cells"),
            pages=whole("max_pages"),
        )

    def check_file(self, size: int, where: str) -> None:
        """Refuse a file of ``size`` bytes that is larger than may be read (HTTP 413)."""
        if size > self.file_bytes:
            raise InputError(
                f"文件有 {_megabytes(size)}，超过上限 {_megabytes(self.file_bytes)}",
                where=where,
                how="请只保留绩效目标部分，或压缩文中的图片后再试",
                status=413,
            )

    def check_unpacked(self, size: int, packed: int, where: str) -> None:
        """Refuse content that unpacks to ``size`` bytes from ``packed``: too much, or too much for its size."""
        bomb = size > self.ratio_floor and size > packed * self.ratio
        if size > self.unpacked_bytes or bomb:
            raise InputError(
                f"文件解开后有 {_megabytes(size)} 以上，疑似压缩炸弹，没有读取",
                where=where,
                how=f"请用办公软件另存一份后再试（解开后的上限是 {_megabytes(self.unpacked_bytes)}）",
                status=413,
            )

    def check_grid(self, rows: int, columns: int, where: str) -> None:
        """Refuse a document of more rows or columns than may be read."""
        if rows > self.rows or columns > self.columns:
            what, limit = ("行", self.rows) if rows > self.rows else ("列", self.columns)
            raise InputError(
                f"表格超过 {limit} {what}", where=where, how="请删去多余的空行、空列后再试", status=413
            )

    def check_cells(self, cells: int, where: str) -> None:
        """Refuse a document of more grid positions than may be held in memory."""
        if cells > self.cells:
            raise InputError(
                f"表格超过 {self.cells} 格", where=where, how="请删去多余的空行、空列后再试", status=413
            )

    def check_tables(self, tables: int, where: str) -> None:
        """Refuse a document of more tables than may be read."""
        if tables > self.tables:
            raise InputError(
                f"表格超过 {self.tables} 张", where=where, how="请分成几个文件后再试", status=413
            )

    def check_pages(self, pages: int, where: str) -> None:
        """Refuse a document of more pages than may be read."""
        if pages > self.pages:
            raise InputError(f"文件超过 {self.pages} 页", where=where, how="请只保留绩效目标部分", status=413)


def limits_today() -> Limits:
    """The bounds in force today."""
    return limits_on(datetime.now(ZoneInfo("Asia/Shanghai")).date())


def limits_on(day: date) -> Limits:
    """The bounds in force on a day."""
    from youju.foundation.policies import law_on

    return Limits.of(law_on(day))


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MB" if size >= 2**20 else f"{size / 2**10:,.0f} KB"
