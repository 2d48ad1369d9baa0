"""The room of report checks for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import FileEx, FormEx, P, QueryEx, Router, Status
from ninja.files import UploadedFile

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.performance.report_checks import permissions, selectors, services
from youju.performance.report_checks.schemas import ReportCheckOut, ReportChecksOut

if TYPE_CHECKING:
    from youju.performance.report_checks.models import ReportCheck

router = Router(tags=["report_checks"])


@router.get("", response=ReportChecksOut, auth=Needs(permissions.VIEW), summary="报告核对，新的在前")
def report_checks(
    request: HttpRequest,
    *,
    q: Word = "",
    year: QueryEx[int | None, P(ge=2000, le=2100)] = None,
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """The runs, found by the file's name and the year."""
    rows = selectors.checks(permissions.actor_of(request), text=q, year=year)
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/{int:number}",
    response={200: ReportCheckOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一次报告核对",
)
def report_check(request: HttpRequest, number: Key) -> dict[str, Any]:
    """A run with the verdict of every figure."""
    return _whole(selectors.check_of(permissions.actor_of(request), number))


@router.post(
    "", response={201: ReportCheckOut, **REFUSED}, auth=Needs(permissions.RUN), summary="核对一份报告"
)
def submit_report_check(
    request: HttpRequest, file: FileEx[UploadedFile, P()], year: FormEx[int, P(ge=2000, le=2100)]
) -> Any:
    """Upload a report; a small one comes back checked, a large one as ``waiting``. The same file twice is two runs."""
    row = services.submit_report(
        actor=permissions.actor_of(request), content=file.read(), name=file.name or "报告", year=year
    )
    return Status(201, _whole(row))


def _line(row: ReportCheck) -> dict[str, Any]:
    names = (
        "number",
        "name",
        "year",
        "state",
        "fault",
        "figures",
        "agrees",
        "disagrees",
        "unjudged",
        "made_by",
        "made_at",
    )
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}


def _whole(row: ReportCheck) -> dict[str, Any]:
    return {
        **_line(row),
        "facts_hash": row.facts_hash,
        "follows": row.follows_id,
        "changes": row.changes,
        "verdicts": row.result.get("verdicts", []),
    }
