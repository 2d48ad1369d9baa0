"""The room of dispatched staff for programs: months, persons' months with their versions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.office.staff import permissions, selectors
from youju.office.staff.schemas import StaffLinesOut, StaffVersionsOut, StaffYearOut
from youju.office.staff.selectors import LineFilter

if TYPE_CHECKING:
    from youju.office.staff.models import StaffLine

router = Router(tags=["staff"])
_NAMES = (
    "month", "person", "position", "section", "contract", "agency", "project", "due_on", "paid_on", "on_payroll", "version",
    "current",
)  # fmt: skip


@router.get("/months", response=StaffYearOut, auth=Needs(permissions.VIEW), summary="一年各月的派遣人员")
def staff_months(request: HttpRequest, year: QueryEx[int, P(ge=0, le=9999)] = 0) -> dict[str, Any]:
    """Head count and wages by month; without a year the latest that has months."""
    page = selectors.overview(permissions.actor_of(request), year or None)
    return {
        "year": page.year,
        "years": list(page.years),
        "least": page.least,
        "missing": list(page.missing),
        "months": [
            {
                "month": each.month,
                "state": each.state,
                "state_label": each.state_label,
                "on_payroll": each.count,
                "positions": each.positions,
                "due": str(each.due),
                "paid": str(each.paid),
                "unpaid_lines": each.late,
            }
            for each in page.months
        ],
    }


@router.get("/lines", response=StaffLinesOut, auth=Needs(permissions.VIEW), summary="人月明细，新的月份在前")
def staff_lines(
    request: HttpRequest,
    *,
    q: Word = "",
    month: date | None = None,
    section: Word = "",
    contract: Word = "",
    project: Word = "",
    only: Literal["", "unpaid", "late", "off", "corrected"] = "",
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Persons' months as they are current; ``month`` is any day of it."""
    wish = LineFilter(q, month, None, section, contract, project, only)
    rows = selectors.lines(permissions.actor_of(request), wish).order_by("-month", "pk")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/lines/{int:number}",
    response={200: StaffVersionsOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一名派遣人员的一个月和它的各个版本",
)
def staff_line(request: HttpRequest, number: Key) -> dict[str, Any]:
    """A person's month in the version asked for, with every version."""
    page = selectors.line_page(permissions.actor_of(request), number)
    versions = [_line(each) for each in page.versions]
    return _line(page.row) | {"reason": page.row.reason, "versions": versions}


def _line(row: StaffLine) -> dict[str, Any]:
    return {
        "id": row.pk,
        "due": str(row.due),
        "paid": str(row.paid),
        **{name: getattr(row, name) for name in _NAMES},
    }
