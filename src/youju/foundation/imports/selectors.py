"""Reading imports."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from youju.foundation.identity.permissions import Permission, allowed, require
from youju.foundation.imports.declaring import Importer, find, importers
from youju.foundation.imports.models import Batch, Finding, Upload
from youju.foundation.imports.sheets import column_letters
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STATES: list[tuple[str, str]] = [(state.value, str(state.label)) for state in Batch.State]


def usable(user: User) -> tuple[Importer, ...]:
    """The imports that the user may use."""
    return tuple(each for each in importers() if allowed(user, Permission(each.permission)))


def importer_for(user: User, code: str) -> Importer:
    """One import.

    Raises:
        InputError: there is none (404).
        PermissionDenied: the user may not use it.
    """
    found = find(code)
    if found is None:
        raise InputError("没有这种导入", how="请回到批量导入的列表", status=404)
    require(user, Permission(found.permission))
    return found


def batches(user: User, *, state: str = "", importer: str = "", text: str = "") -> QuerySet[Batch]:
    """Batches for a list: all of them for who may see imports, one's own otherwise. Private ones besides ask for the right to
    use the import: who may look at imports need not see identity numbers.
    """
    rows = Batch.objects.select_related("user")
    closed = [
        each.code for each in importers() if each.private and not allowed(user, Permission(each.permission))
    ]
    rows = rows.exclude(importer__in=closed) if closed else rows
    if not allowed(user, Permission.IMPORTS_VIEW):
        rows = rows.filter(user=user)
    exact = {"state": state, "importer": importer}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    return rows.filter(name__icontains=text) if text else rows


def batch(user: User, batch_id: uuid.UUID) -> Batch:
    """One batch.

    Raises:
        InputError: there is none that the user may see (404).
    """
    found = batches(user).filter(pk=batch_id).first()
    if found is None:
        raise InputError("没有这一批导入", how="请回到批量导入的列表", status=404)
    return found


def findings(found: Batch, *, column: str = "", text: str = "") -> QuerySet[Finding]:
    """What was found in a batch, by row."""
    rows = Finding.objects.filter(batch=found)
    if column:
        rows = rows.filter(column=column)
    return rows.filter(message__icontains=text) if text else rows


def place(found: Batch, finding: Finding) -> str:
    """The cell as a spreadsheet calls it, e.g. ``B3``; of a whole row its number."""
    column = found.places.get(finding.column)
    return f"{column_letters(column)}{finding.row}" if column else str(finding.row)


def reasons(found: Batch, *, most: int = 12) -> list[tuple[str, int]]:
    """The most frequent findings: column and sentence, how often."""
    rows = Finding.objects.filter(batch=found).order_by().values("column", "message").annotate(n=Count("pk"))
    return [
        (f"{heading(found, row['column'])}：{row['message']}", row["n"]) for row in rows.order_by("-n")[:most]
    ]


def heading(found: Batch, column: str) -> str:
    """The heading of a column; 整行 for none."""
    declared = find(found.importer)
    names = {each.code: each.heading for each in declared.columns} if declared else {}
    return names.get(column, column) or "整行"


def upload(user: User, upload_id: uuid.UUID) -> Upload:
    """A running upload of the user.

    Raises:
        InputError: there is none (404).
    """
    found = Upload.objects.filter(pk=upload_id, user=user).first()
    if found is None:
        raise InputError("没有这次上传", how="请重新上传", status=404)
    return found
