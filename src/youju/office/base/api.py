"""The room of the base for programs: registers found, records opened and registered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import P, PathEx, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.office.base import permissions, selectors, services
from youju.office.base.registers import REGISTERS
from youju.office.base.schemas import BaseRecordIn, BaseRecordOut, BaseRecordsOut
from youju.office.base.selectors import STATES, RecordFilter, standing

router = Router(tags=["base"])
Code: TypeAlias = PathEx[Literal["documents", "patents", "brands", "standards", "platforms"], P()]


@router.get(
    "/{table}", response=BaseRecordsOut, auth=Needs(permissions.VIEW), summary="一种记录的列表，新的在前"
)
def base_records(
    request: HttpRequest,
    table: Code,
    *,
    q: Word = "",
    kind: Word = "",
    state: Word = "",
    year: QueryEx[int, P(ge=0, le=2100)] = 0,
    project: Word = "",
    late: bool = False,
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """A register, found by words, kind, state and year."""
    year_asked = year if year >= 1900 else None
    wish = RecordFilter(q, kind, state, year_asked, project, late)
    rows = selectors.records(permissions.actor_of(request), table, wish)
    rows = rows.order_by(f"-{REGISTERS[table].order}", "pk")
    return {"total": rows.count(), "items": [_line(table, row) for row in rows[offset : offset + limit]]}


@router.post(
    "/{table}",
    response={200: BaseRecordOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="登记一条记录",
)
def register_base_record(
    request: HttpRequest, table: Code, given: BaseRecordIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Register a record. The same request under the same key registers it once."""
    actor = permissions.actor_of(request)
    known = {field.name for field in REGISTERS[table].all_fields}
    wish = {name: value for name, value in given.dict().items() if name in known}

    def work() -> tuple[int, dict[str, Any]]:
        made = services.register_record(actor=actor, register=table, wish=wish)
        return 200, _whole(request, table, made.row.pk)

    return once(request, idempotency_key, work)


@router.get(
    "/{table}/{int:number}",
    response={200: BaseRecordOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一条记录",
)
def base_record(request: HttpRequest, table: Code, number: Key) -> dict[str, Any]:
    """A record with what hangs on it."""
    return _whole(request, table, number)


def _line(register: str, row: Any) -> dict[str, Any]:
    state = standing(register, row, timezone.localdate())
    values = {field.name: _plain(getattr(row, field.name)) for field in REGISTERS[register].fields}
    return {
        "id": row.pk,
        "number": row.number,
        "title": row.title,
        "holder": row.holder,
        "kind": row.kind,
        "state": state,
        "state_label": STATES[register][state],
        "values": values,
    }


def _plain(value: Any) -> str | bool | list[str] | None:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    plain: str | bool | list[str] | None = value
    return plain


def _whole(request: HttpRequest, register: str, number: int) -> dict[str, Any]:
    page = selectors.record_page(permissions.actor_of(request), register, number)
    return _line(register, page.row) | {
        "note": page.row.note,
        "repealed_by": page.repealed_by.number if page.repealed_by else "",
        "milestones": [
            {"place": each.place, "title": each.title, "due_on": each.due_on, "done_on": each.done_on}
            for each in page.milestones
        ],
        "papers": len(page.papers),
        "evidence": len(page.evidence),
        "findings": [each.told for each in page.findings],
    }
