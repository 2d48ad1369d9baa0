"""The room of exemptions for programs: filings found, prepared and filed, certificates, a quarter's table, invoices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs, NeedsAny
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.trade.exemptions import permissions, selectors, services
from youju.trade.exemptions.schemas import (
    MONTH,
    AgencyCertificateIn,
    AgencyCertificateOut,
    AgencyCertificatesOut,
    ConsignorQuarterOut,
    ExemptionFilingPageOut,
    ExemptionFilingsOut,
    ExemptionMonthIn,
    ExemptionPreparedOut,
    ExemptionRunOut,
    ExemptionStepIn,
    ExportInvoiceIn,
    ExportInvoiceOut,
)
from youju.trade.exemptions.selectors import FilingFilter
from youju.trade.exemptions.services import InvoiceWish

if TYPE_CHECKING:
    from youju.trade.exemptions.models import Certificate, Filing

router = Router(tags=["exemptions"])
Offset = QueryEx[int, P(ge=0, le=10**9)]
_FILING = (
    "number", "version", "tax_id", "mode", "state", "period_due", "due_on", "filed_on", "on_time", "lines_count",
)  # fmt: skip
_LINE = (
    "declaration", "entry_number", "g_no", "order_number", "line_no", "hs_code", "name", "released_on", "currency",
)  # fmt: skip
_CERTIFICATE = (
    "number", "tax_number", "tax_id", "declaration", "entry_number", "agreement", "state", "applied_on", "issued_on",
    "valid_until",
)  # fmt: skip


@router.get(
    "/filings", response=ExemptionFilingsOut, auth=Needs(permissions.VIEW), summary="免税申报，近的在前"
)
def exemption_filings(
    request: HttpRequest,
    *,
    q: Word = "",
    state: Word = "",
    month: QueryEx[str, P(pattern=MONTH)] | None = None,
    only: Word = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Filings in the caller's reach; ``only``: ``late`` or ``queue``."""
    wish = FilingFilter(q, state, date.fromisoformat(f"{month}-01") if month else None, only)
    rows = selectors.filings(permissions.actor_of(request), wish).order_by("-month", "-pk")
    return {"total": rows.count(), "items": [_filing(row) for row in rows[offset : offset + limit]]}


@router.post(
    "/filings/prepared",
    response={200: ExemptionPreparedOut, **REFUSED},
    auth=Needs(permissions.FILE),
    summary="生成一个月的申报草稿",
)
def prepare_exemptions(
    request: HttpRequest, given: ExemptionMonthIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Make the drafts of what the caller's organisation is to file for a month."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        return 200, {"made": services.prepare(actor=actor, month=date.fromisoformat(f"{given.month}-01"))}

    return once(request, idempotency_key, work)


@router.post(
    "/filings/filed",
    response={200: ExemptionRunOut, **REFUSED},
    auth=Needs(permissions.FILE),
    summary="整月批量申报",
)
def file_exemptions(
    request: HttpRequest, given: ExemptionMonthIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """File the whole month in a job; ``run`` is its id."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        run = services.ask_to_file_all(actor=actor, month=date.fromisoformat(f"{given.month}-01"))
        return 200, {"run": str(run)}

    return once(request, idempotency_key, work)


@router.get(
    "/filings/{int:number}",
    response={200: ExemptionFilingPageOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一份免税申报",
)
def exemption_filing(request: HttpRequest, number: Key) -> dict[str, Any]:
    """One filing with its lines (the first 200) and the steps that the caller may take."""
    return _page(request, number)


@router.post(
    "/filings/{int:number}/steps",
    response={200: ExemptionFilingPageOut, **REFUSED},
    auth=NeedsAny(permissions.FILE, permissions.CERTIFY),
    summary="申报、更正、受理、退回、准予补报",
)
def exemption_step(
    request: HttpRequest, number: Key, given: ExemptionStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Take one step; the answer is the filing after it, of a correction the next version."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        done = services.take_step(
            actor=actor, filing_id=number, step=given.step, reason=given.reason, expected=given.expected
        )
        return 200, _page(request, done.row.pk)

    return once(request, idempotency_key, work)


@router.get(
    "/certificates", response=AgencyCertificatesOut, auth=Needs(permissions.VIEW), summary="代理出口货物证明"
)
def agency_certificates(
    request: HttpRequest, *, q: Word = "", state: Word = "", offset: Offset = 0, limit: Limit = 100
) -> dict[str, Any]:
    """Certificates in the caller's reach."""
    rows = selectors.certificates(permissions.actor_of(request), text=q, state=state)
    rows = rows.order_by("-applied_on", "-pk")
    return {"total": rows.count(), "items": [_certificate(row) for row in rows[offset : offset + limit]]}


@router.post(
    "/certificates",
    response={200: AgencyCertificateOut, **REFUSED},
    auth=Needs(permissions.FILE),
    summary="申请代理出口货物证明",
)
def apply_for_certificate(
    request: HttpRequest, given: AgencyCertificateIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Ask for the certificate of a consignor's goods in a declaration."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        return 200, _certificate(services.apply(actor=actor, **given.dict()))

    return once(request, idempotency_key, work)


@router.get(
    "/quarters/{quarter}/{agent}",
    response={200: ConsignorQuarterOut, 404: RefusedOut, 422: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="代理一个季度的实际委托方",
)
def consignor_quarter(request: HttpRequest, quarter: str, agent: Key) -> dict[str, Any]:
    """An agent's table as it stands now; ``agent`` is the id of its filing."""
    table = selectors.quarter_table(permissions.actor_of(request), agent_id=agent, quarter=quarter)
    names = ("number", "name", "tax_id", "declarations")
    return {
        "agent": table.agent,
        "quarter": table.quarter,
        "applies": table.applies,
        "due_on": table.due_on,
        "amount": str(table.amount),
        "declarations": table.declarations,
        "consignors": [
            {"amount": str(row.amount)} | {name: getattr(row, name) for name in names} for row in table.rows
        ],
        "sha256": table.sha256,
        "reported": table.reports[0].sha256 if table.reports else "",
    }


@router.post(
    "/invoices", response={200: ExportInvoiceOut, **REFUSED}, auth=Needs(permissions.FILE), summary="登记发票"
)
def enter_export_invoice(
    request: HttpRequest, given: ExportInvoiceIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Enter an ordinary VAT invoice of an order."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        done = services.enter_invoice(actor=actor, wish=InvoiceWish(**given.dict()))
        row = done.row
        told = {
            "id": row.pk,
            "number": row.number,
            "amount": str(row.amount),
            "order_number": row.order_number,
        }
        return 200, told | {"findings": [each.told for each in done.findings]}

    return once(request, idempotency_key, work)


def _filing(row: Filing) -> dict[str, Any]:
    return {
        "id": row.pk,
        "month": f"{row.month:%Y-%m}",
        "consignor": row.consignor_name,
        "filer": row.filer_name,
        "amount_cny": str(row.amount_cny),
        **{name: getattr(row, name) for name in _FILING},
    }


def _page(request: HttpRequest, number: int) -> dict[str, Any]:
    page = selectors.filing_page(permissions.actor_of(request), number)
    lines = [
        {"amount": str(line.amount), "amount_cny": str(line.amount_cny)}
        | {name: getattr(line, name) for name in _LINE}
        for line in page.lines
    ]
    steps = [each.code for each in page.options if not each.blocked]
    return _filing(page.row) | {"lines": lines, "next": steps}


def _certificate(row: Certificate) -> dict[str, Any]:
    return {
        "id": row.pk,
        "agent": row.agent_name,
        "consignor": row.consignor_name,
        "amount_cny": str(row.amount_cny),
        **{name: getattr(row, name) for name in _CERTIFICATE},
    }
