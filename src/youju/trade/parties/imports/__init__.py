"""Filings by spreadsheet: 批量导入 › 主体备案."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.imports.declaring import Importer
from youju.foundation.policies import law_on
from youju.trade.parties.imports.columns import columns
from youju.trade.parties.imports.storing import check, compare, consequences, store, undo

CODE = "parties.filings"

FILINGS = Importer(
    code=CODE,
    title="导入主体备案",
    permission="parties.import",
    columns=columns(law_on(timezone.localdate())),
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/parties/queue/",
    description="存量主体一次导入：逐格检查，没有错误才写入；导入后由另一位同事受理和通过。",
    private=True,
)

__all__ = ["CODE", "FILINGS"]
