"""What the shell itself leaves in the trail: a list that was handed out as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject

if TYPE_CHECKING:
    from youju.foundation.shell.listing.listing import Listing

LIST_KIND = "shell.list"
LIST_EXPORTED = verb("shell.list.exported", "导出了列表", reads=True)
LIST_FIELDS = {"columns": "列", "filters": "筛选条件", "kind": "文件格式"}
_LONGEST = 500


@transaction.atomic
def note_export(listing: Listing, kind: str, filters: str) -> None:
    """Record which list was handed out, with which columns and filters. Written before the first row leaves."""
    columns = [column.label for column in listing.columns if column.export]
    told = {"kind": kind, "filters": filters[:_LONGEST], "columns": "、".join(columns)[:_LONGEST]}
    record(LIST_EXPORTED, Subject(LIST_KIND, listing.name, listing.title), None, told)
