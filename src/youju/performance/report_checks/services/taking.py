"""What is taken away of a check: the marked report, the findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import read_kept
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.report_checks import events, permissions
from youju.performance.report_checks.documents.findings import findings_workbook
from youju.performance.report_checks.documents.marked import marked_report
from youju.performance.report_checks.selectors import check_of, original_of
from youju.rules.performance.report_checks.states import DONE

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

FORMATS = ("docx", "xlsx", "json", "facts")


@transaction.atomic
def take_check(*, actor: User, check_id: int, format: str) -> tuple[str, bytes]:
    """A file's name and bytes: ``docx`` the marked report, ``xlsx`` and ``json`` the findings, ``facts`` the data.

    Raises:
        PermissionDenied: the actor takes nothing away.
        InputError: no such check or format (404), or it is not done yet (409).
    """
    require(actor, permissions.EXPORT)
    row = check_of(actor, check_id)
    if format not in FORMATS:
        raise InputError("没有这种格式", how="可选 docx、xlsx、json、facts", status=404)
    if row.state != DONE:
        raise InputError("还没有核对完", where=row.number, how="请稍候再下载", status=409)
    stem = row.name.rpartition(".")[0] or row.name
    if format == "docx":
        content = marked_report(row.result, read_kept(row.sha256) if original_of(row) else b"", row.name)
        name = f"{stem}_核对.docx"
    elif format == "xlsx":
        content, name = findings_workbook(row.result, f"{row.number} {row.name}"), f"{stem}_核对.xlsx"
    elif format == "json":
        told = {"number": row.number, "name": row.name, "year": row.year, "figures": row.figures, "agrees": row.agrees,
                "disagrees": row.disagrees, "unjudged": row.unjudged, "facts_hash": row.facts_hash,
                "changes": row.changes, **row.result}  # fmt: skip
        content, name = json.dumps(told, ensure_ascii=False, indent=1).encode(), f"{stem}_核对.json"
    else:
        content, name = (
            json.dumps(row.facts, ensure_ascii=False, indent=1).encode(),
            f"{row.number}_数据.json",
        )
    record(events.TAKEN, events.subject_of(row), None, {"file": name})
    return name, content
