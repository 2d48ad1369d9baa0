"""Declarations for programs: list, read, header, lines, enter, withdraw, correct, the message."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.shell.paging import page_of
from youju.trade.declarations import permissions, selectors, services
from youju.trade.declarations.api.plans import REFUSED
from youju.trade.declarations.schemas import (
    DeclarationOut,
    DeclarationRefusedOut,
    DeclarationsOut,
    DeclarationStateOut,
    DeclaredLineIn,
    HeaderIn,
    RevisionIn,
    WithdrawIn,
)

if TYPE_CHECKING:
    from youju.trade.declarations.models import Declaration

router = Router(tags=["declarations"])
Word = Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")]
Limit = Annotated[int, Query(ge=1, le=500)]
_HEAD = (
    "number", "version", "state", "revision", "declared_on", "country", "port", "currency", "rate", "amount", "amount_cny",
    "packages", "net_weight", "gross_weight", "entry_number", "sequence_number", "rejection", "header",
)  # fmt: skip
_LINE = (
    "g_no", "hs_code", "name", "model", "quantity", "unit", "quantity1", "unit1", "quantity2", "unit2", "amount", "net_weight",
    "gross_weight", "packages", "merged",
)  # fmt: skip
_XML = {"application/xml": {"schema": {"type": "string", "format": "binary"}}}
_SOURCE = ("order", "line_no", "name", "quantity", "unit", "amount", "net_weight", "packages", "live")


@router.get("/", response=DeclarationsOut, auth=Needs(permissions.VIEW), summary="报关单清单")
def declarations(
    request: HttpRequest,
    *,
    q: Word = "",
    state: Word = "",
    packing: Word = "",
    since: date | None = None,
    until: date | None = None,
    replaced: bool = False,
    cursor: Word = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Newest first; ``next`` of an answer is the ``cursor`` of the next one."""
    rows = selectors.declarations(
        actor=permissions.actor_of(request),
        text=q,
        state=state,
        packing=packing,
        since=since,
        until=until,
        replaced=replaced,
    )
    page = page_of(rows, cursor=cursor, limit=limit)
    names = ("declared_on", "country", "currency", "rate", "amount", "amount_cny", "packages", "net_weight",
             "gross_weight", "lines_count", "entry_number", "created_at", "released_at")  # fmt: skip
    items = [state_of(row) | {name: getattr(row, name) for name in names} for row in page.rows]
    return {"items": items, "next": page.next}


@router.get(
    "/{key}",
    response={200: DeclarationOut, 404: DeclarationRefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一票报关单",
)
def declaration_detail(request: HttpRequest, key: str) -> dict[str, Any]:
    """A declaration with its lines, their sources and stages, by number (its newest version) or number and version."""
    page = selectors.declaration_page(actor=permissions.actor_of(request), key=key)
    if page is None:
        raise Http404("没有这票报关单。")
    lines = [
        {name: getattr(line.row, name) for name in _LINE}
        | {
            "hidden": line.hidden,
            "sources": [
                {name: getattr(source, name) for name in _SOURCE} | {"merchant": source.merchant[0]}
                for source in line.sources
            ],
        }
        for line in page.lines
    ]
    stages = [
        {"state": step.to_label, "at": step.at, "by": step.by_name, "reason": step.reason}
        for step in page.log
    ]
    return {name: getattr(page.row, name) for name in _HEAD} | {
        "key": page.key,
        "packing": page.packing,
        "plan": page.plan,
        "parties": {role: list(pair) for role, pair in page.parties.items()},
        "lines": lines,
        "containers": [dict(each) for each in page.contents.containers],
        "stages": stages,
        "due_on": page.case.due_on if page.case else None,
        "late": bool(page.case and page.case.late),
        "versions": [each for each, _, _ in page.versions],
    }


@router.get(
    "/{key}/message",
    auth=Needs(permissions.EXPORT),
    summary="报文 XML",
    openapi_extra={"responses": {200: {"description": "OK", "content": _XML}}},
)
def declaration_message(request: HttpRequest, key: str) -> HttpResponse:
    """The DecMessage; a draft says so in a comment, and its file name."""
    name, content = services.hand_out_message(actor=permissions.actor_of(request), key=key)
    response = HttpResponse(content, content_type="application/xml")
    response["X-Draft"] = "true" if "草稿" in name else "false"
    return response


@router.post(
    "/{key}/header",
    response={200: list[DeclarationStateOut], **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="填表头",
)
def declaration_header(
    request: HttpRequest, key: str, wish: HeaderIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Write fields of the header; what is not named stays, and an unfinished header is kept."""

    def work() -> tuple[int, Any]:
        rows = services.fill_header(
            actor=permissions.actor_of(request),
            key=key,
            values=wish.values,
            broker=wish.broker,
            expected=wish.revision,
            whole_plan=wish.whole_plan,
        )
        return 200, [state_of(row) for row in rows]

    return once(request, idempotency_key, work)


@router.post(
    "/{key}/lines/{int:g_no}",
    response={200: DeclarationStateOut, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="修改商品项",
)
def declaration_line(
    request: HttpRequest, key: str, g_no: int, wish: DeclaredLineIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Declaration elements and statutory quantities; codes and amounts follow from the goods."""

    def work() -> tuple[int, Any]:
        line = services.edit_line(
            actor=permissions.actor_of(request),
            key=key,
            g_no=g_no,
            wish=services.LineWish(**wish.model_dump(exclude={"revision"})),
            expected=wish.revision,
        )
        return 200, state_of(line.declaration)

    return once(request, idempotency_key, work)


@router.post(
    "/{key}/enter",
    response={200: DeclarationStateOut, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="预录入",
)
def declaration_enter(
    request: HttpRequest, key: str, wish: RevisionIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Enter it: the header is complete and the message valid."""

    def work() -> tuple[int, Any]:
        actor = permissions.actor_of(request)
        return 200, state_of(services.enter(actor=actor, key=key, expected=wish.revision))

    return once(request, idempotency_key, work)


@router.post(
    "/{key}/withdraw",
    response={200: DeclarationStateOut, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="撤销",
)
def declaration_withdraw(
    request: HttpRequest, key: str, wish: WithdrawIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Withdraw it before release; its goods are free again."""

    def work() -> tuple[int, Any]:
        row = services.withdraw(
            actor=permissions.actor_of(request), key=key, reason=wish.reason, expected=wish.revision
        )
        return 200, state_of(row)

    return once(request, idempotency_key, work)


@router.post(
    "/{key}/correct",
    response={201: DeclarationStateOut, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="更正被退的单",
)
def declaration_correct(
    request: HttpRequest, key: str, wish: RevisionIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Begin the next version of a rejected declaration."""

    def work() -> tuple[int, Any]:
        actor = permissions.actor_of(request)
        row = services.correct_declaration(actor=actor, key=key, expected=wish.revision)
        return 201, state_of(row)

    return once(request, idempotency_key, work)


def state_of(row: Declaration) -> dict[str, Any]:
    """How a declaration stands."""
    return {
        "key": str(row),
        "number": row.number,
        "version": row.version,
        "state": row.state,
        "revision": row.revision,
    }
