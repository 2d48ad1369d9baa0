"""The room of measures for programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from ninja import FileEx, FormEx, P, QueryEx, Router
from ninja.files import UploadedFile

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.performance.measures import permissions, services
from youju.performance.measures.schemas import (
    PLAIN,
    MeasureApprovalIn,
    MeasureBindingIn,
    MeasureBindingOut,
    MeasureBindingsOut,
    MeasuredRowsOut,
    MeasureStatementOut,
)
from youju.performance.measures.selectors import lists, pages, row_as_json, until_named
from youju.performance.measures.services import BindingWish, SignedWish
from youju.performance.measures.services.signing import kind_name

if TYPE_CHECKING:
    from youju.performance.measures.models import Binding

router = Router(tags=["measures"])
_Kind = Literal["attestation", "adjustment"]
_Year = QueryEx[int, P(ge=2000, le=2100)]


@router.get(
    "/rows",
    response={200: MeasuredRowsOut, 404: RefusedOut, 422: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="指标行的完成值",
)
def measured_rows(
    request: HttpRequest, *, year: _Year, project: Word = "", until: Word = ""
) -> dict[str, Any]:
    """Every row of a year (or of one project) with its live value up to a day (``2023-07``)."""
    actor = permissions.actor_of(request)
    day = until_named(until, year)
    page = (
        pages.project(actor=actor, year=year, code=project, until=day)
        if project
        else pages.overview(actor=actor, year=year, until=day)
    )
    items = [{**row_as_json(row), "adjusted": row.adjusted is not None} for row in page.rows]
    return {"fiscal_year": year, "until": page.until, "items": items}


@router.get("/bindings", response=MeasureBindingsOut, auth=Needs(permissions.VIEW), summary="计量绑定")
def measure_bindings(
    request: HttpRequest,
    *,
    project: Word = "",
    state: Word = "",
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Every binding, replaced ones too, by document and row."""
    rows = lists.bindings(actor=permissions.actor_of(request), project=project, state=state)
    return {"total": rows.count(), "items": [_binding(row) for row in rows[offset : offset + limit]]}


@router.post(
    "/bindings",
    response={200: MeasureBindingOut, **REFUSED},
    auth=Needs(permissions.BIND),
    summary="确认一个指标行的绑定",
)
def confirm_measure_binding(request: HttpRequest, given: MeasureBindingIn) -> dict[str, Any]:
    """Confirm what a row is measured by; another person approves it."""
    made = services.confirm_binding(
        actor=permissions.actor_of(request),
        target_set=pages.set_of_year(given.year),
        code=given.project,
        number=given.row,
        wish=BindingWish(given.basis, given.metric, given.parameters, given.reading, given.note),
    )
    return _binding(made.binding)


@router.post(
    "/bindings/approve",
    response={200: MeasureBindingsOut, **REFUSED},
    auth=Needs(permissions.APPROVE),
    summary="批准绑定",
)
def approve_measure_bindings(request: HttpRequest, given: MeasureApprovalIn) -> dict[str, Any]:
    """Approve bindings that another person confirmed; all or none."""
    rows = services.approve_bindings(actor=permissions.actor_of(request), bindings=given.bindings)
    return {"total": len(rows), "items": [_binding(row) for row in rows]}


@router.post(
    "/statements/{kind}",
    response={200: MeasureStatementOut, **REFUSED},
    auth=Needs(permissions.ATTEST),
    summary="签署情况说明或数值调整（附证据）",
)
def sign_measure_statement(  # noqa: PLR0917 - the parts of a form
    request: HttpRequest,
    kind: _Kind,
    files: FileEx[list[UploadedFile], P(description="证据，至少一份")],
    year: FormEx[int, P(ge=2000, le=2100)],
    project: FormEx[str, P(max_length=64, pattern=PLAIN)],
    row: FormEx[int, P(ge=1, le=10_000)],
    until: FormEx[date, P()],
    text: FormEx[str, P(max_length=2_000, pattern=PLAIN)],
    value: FormEx[Decimal | None, P(max_digits=18, decimal_places=6)] = None,
    tier: FormEx[str, P(max_length=10, pattern=PLAIN)] = "",
    tier_rate: FormEx[Decimal | None, P(ge=0, le=100, max_digits=5, decimal_places=2)] = None,
) -> dict[str, Any]:
    """Sign a statement for an attested row, or an adjustment of a computed one; another person countersigns it."""
    made = services.sign(
        actor=permissions.actor_of(request),
        kind=kind,
        target_set=pages.set_of_year(year),
        code=project,
        number=row,
        wish=SignedWish(text=text, until=until, value=value, tier=tier, tier_rate=tier_rate),
        files=[(file.name or "证据", file.file) for file in files],  # type: ignore[misc]
    )
    return _signed(made)


@router.post(
    "/statements/{kind}/{int:number}/countersign",
    response={200: MeasureStatementOut, **REFUSED},
    auth=Needs(permissions.COUNTERSIGN),
    summary="复签情况说明或数值调整",
)
def countersign_measure_statement(request: HttpRequest, kind: _Kind, number: Key) -> dict[str, Any]:
    """Sign a second time, by another person: it counts from now on."""
    return _signed(services.countersign(actor=permissions.actor_of(request), kind=kind, number=number))


def _binding(row: Binding) -> dict[str, Any]:
    names = (
        "fiscal_year",
        "project",
        "row",
        "level3",
        "basis",
        "metric",
        "parameters",
        "reading",
        "note",
        "version",
    )
    more = ("state", "confirmed_by", "approved_by")
    return {"id": row.pk, **{name: getattr(row, name) for name in (*names, *more)}}


def _signed(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": kind_name(row),
        **{name: getattr(row, name) for name in ("project", "row", "until", "tier", "state", "evidence")},
        "value": None if row.value is None else f"{row.value:f}",
        "tier_rate": None if row.tier_rate is None else f"{row.tier_rate:f}",
    }
