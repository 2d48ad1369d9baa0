"""The parties room for programs: filings within one's reach, and filing with the same checks as the page."""

# ruff: noqa: ARG001 - ninja hands every endpoint its request
from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import FileEx, FormEx, P, QueryEx, Router, Status
from ninja.files import UploadedFile

from youju.foundation.identity import refusals
from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.services.idempotency import answered_once
from youju.foundation.identity.web.api_guard import Needs, NeedsAny
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Word
from youju.foundation.kernel.errors import InputError
from youju.trade.parties import permissions, selectors, services
from youju.trade.parties.schemas import (
    FilingIn,
    PaperIn,
    PartyListOut,
    PartyOut,
    RoleSectionOut,
    SubmitIn,
)

router = Router(tags=["parties"])
SEES = NeedsAny(permissions.VIEW, permissions.OWN)
FILES = Needs(permissions.FILE)
MISSING: dict[int, Any] = {404: RefusedOut}
REFUSED = {403: RefusedOut, **refusals.REFUSED}


@router.get("/", response=PartyListOut, auth=SEES, summary="主体清单（自己能看到的）")
def parties(
    request: HttpRequest,
    *,
    q: Word = "",
    role: Word = "",
    state: Word = "",
    page: QueryEx[int, P(ge=1, le=10**6)] = 1,
    size: QueryEx[int, P(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """The filings that the caller may see, the latest first."""
    rows = selectors.parties(
        permissions.actor_of(request), text=q, role=role.replace("\0", ""), state=state.replace("\0", "")
    ).order_by("-pk")
    window = rows[(page - 1) * size : page * size]
    return {"total": rows.count(), "items": [selectors.line(row) for row in window]}


@router.get("/sections", response=list[RoleSectionOut], auth=SEES, summary="各类主体由哪个科室受理")
def party_sections(request: HttpRequest) -> list[dict[str, Any]]:
    """Which sections take in which role."""
    return selectors.role_sections()


@router.get("/{int:party_id}", response={200: PartyOut, **MISSING}, auth=SEES, summary="一个主体")
def party(request: HttpRequest, party_id: int) -> dict[str, Any]:
    """One party; identifiers are masked."""
    return selectors.party_record(permissions.actor_of(request), party_id)


@router.post("/", response={201: PartyOut, **REFUSED}, auth=FILES, summary="建立一份备案草稿")
def party_create(
    request: HttpRequest, filing: FilingIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Begin a filing; what the rules say of it so far stands in ``findings``."""
    actor = permissions.actor_of(request)

    def make() -> tuple[int, dict[str, Any]]:
        name, roles = filing.fields.get("name", ""), filing.roles or []
        made = services.open_filing(actor=actor, roles=roles, name=name, channel="api")
        services.keep_filing(actor=actor, party_id=made.pk, base=1, typed=_known(filing.fields))
        return 201, selectors.party_record(actor, made.pk)

    return once(request, idempotency_key, make)


@router.patch(
    "/{int:party_id}", response={200: PartyOut, **REFUSED}, auth=FILES, summary="修改一份还没有提交的备案"
)
def party_change(request: HttpRequest, party_id: int, filing: FilingIn) -> dict[str, Any]:
    """Change what is typed; sending the same twice changes nothing more."""
    actor = permissions.actor_of(request)
    base = selectors.editor(actor, party_id).typed.version
    services.keep_filing(
        actor=actor, party_id=party_id, base=base, typed=_known(filing.fields), roles=filing.roles
    )
    return selectors.party_record(actor, party_id)


@router.post(
    "/{int:party_id}/papers", response={201: PartyOut, **REFUSED}, auth=FILES, summary="上传一份材料"
)
def party_paper(
    request: HttpRequest,
    party_id: int,
    file: FileEx[UploadedFile, P(description="照片、pdf 或 docx")],
    paper: FormEx[PaperIn, P()],
    idempotency_key: IdempotencyKey = "",
) -> Status[dict[str, Any]]:
    """Put a paper to a filing that is still written."""
    actor = permissions.actor_of(request)
    content = file.read()

    def make() -> tuple[int, dict[str, Any]]:
        services.add_paper(
            actor=actor,
            party_id=party_id,
            wish=services.PaperWish(**paper.dict()),
            name=file.name or "材料",
            content=content,
        )
        return 201, selectors.party_record(actor, party_id)

    # The same file in another multipart envelope is the same request.
    said = json.dumps([file.name, paper.dict()], default=str).encode()
    status, answer, _ = answered_once(
        actor=actor, key=idempotency_key, address=f"POST {request.path}", body=said + content, work=make
    )
    return Status(status, answer)


@router.post("/{int:party_id}/submit", response={200: PartyOut, **REFUSED}, auth=FILES, summary="提交备案")
def party_submit(
    request: HttpRequest, party_id: int, submission: SubmitIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Hand a filing in. The same request under the same key is one, however often it is sent."""
    actor = permissions.actor_of(request)

    def make() -> tuple[int, dict[str, Any]]:
        services.submit_filing(actor=actor, party_id=party_id, explanation=submission.explanation)
        return 200, selectors.party_record(actor, party_id)

    return once(request, idempotency_key, make)


def _known(fields: dict[str, str]) -> dict[str, object]:
    unknown = sorted(set(fields) - set(selectors.FIELD_CODES))
    if unknown:
        raise InputError(
            f"没有“{'、'.join(unknown)[:80]}”这些字段", where="fields", how="字段名见 docs/how-to/parties.md"
        )
    return dict(fields)
