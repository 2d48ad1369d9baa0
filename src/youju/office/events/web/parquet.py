"""A list as Parquet: what the filter leaves, the columns that the other exports have."""

from __future__ import annotations

import tempfile
from typing import Any, cast
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone

from youju.analytics.lists import batches_of
from youju.analytics.writing import Heading, write
from youju.foundation.shell.events import note_export
from youju.foundation.shell.listing import Shown
from youju.foundation.shell.listing.exporting import CHUNK, plain


def parquet_of(shown: Shown, query: str) -> FileResponse:
    """Answer with the file; the export is noted on the trail like the others. Numbers are decimals, all else is text."""
    listing = shown.listing
    note_export(listing, "parquet", query)
    columns = [column for column in listing.columns if column.export]
    rows = shown.rows.iterator(chunk_size=CHUNK) if isinstance(shown.rows, QuerySet) else iter(shown.rows)
    cells = ([plain(column, row) for column in columns] for row in rows)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
    write(
        "parquet",
        cast("Any", file),
        batches_of([(each.key, each.numeric) for each in columns], cells),
        [Heading(each.key, each.label) for each in columns],
        title=listing.title,
        note="；".join(f"{label}：{value}" for label, value in shown.filters),
    )
    file.seek(0)
    response = FileResponse(file, content_type="application/vnd.apache.parquet")
    name = quote(f"{listing.export_name}_{timezone.localdate()}.parquet")
    response["Content-Disposition"] = f"attachment; filename=\"export.parquet\"; filename*=UTF-8''{name}"
    response["Cache-Control"] = "no-store"
    return response
