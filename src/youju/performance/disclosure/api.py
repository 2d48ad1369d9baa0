"""The room of disclosure for programs. The public reads ``/open/index.json`` and the files that it names, without a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Key, Limit
from youju.performance.disclosure import permissions, selectors
from youju.performance.disclosure.schemas import DisclosureReleaseOut, DisclosureReleasesOut

if TYPE_CHECKING:
    from youju.performance.disclosure.models import Release

router = Router(tags=["disclosure"])
_Kind = Literal["", "targets", "progress", "evaluation"]
_State = Literal["", "draft", "submitted", "published", "withdrawn", "replaced", "dropped"]


@router.get("", response=DisclosureReleasesOut, auth=Needs(permissions.VIEW), summary="绩效公开，新的在前")
def disclosure_releases(
    request: HttpRequest,
    *,
    kind: _Kind = "",
    year: QueryEx[int | None, P(ge=2000, le=2100)] = None,
    state: _State = "",
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """The releases, found by content, year and state."""
    rows = selectors.releases(permissions.actor_of(request), kind=kind, year=year, state=state).order_by(
        "-pk"
    )
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/{int:number}",
    response={200: DisclosureReleaseOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一份公开内容",
)
def disclosure_release(request: HttpRequest, number: Key) -> dict[str, Any]:
    """A release with its content."""
    row = selectors.release_of(permissions.actor_of(request), number)
    content = {name: part for name, part in row.content.items() if name != "notes"}
    return {**_line(row), "content": content, "findings": row.findings}


def _line(row: Release) -> dict[str, Any]:
    names = (
        "kind",
        "year",
        "version",
        "state",
        "unit_name",
        "until",
        "due_on",
        "reason",
        "closing",
        "content_hash",
        "prepared_at",
        "published_at",
    )
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}
