"""Projects for programs: those of a year, and one with its contracts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.funds.projects import permissions, selectors
from youju.funds.projects.facts import ProjectView
from youju.funds.projects.schemas import FundProjectDetailOut, FundProjectOut

router = Router(tags=["projects"])


@router.get(
    "/{int:year}", response=list[FundProjectOut], auth=Needs(permissions.VIEW), summary="一年的资金项目"
)
def project_list(request: HttpRequest, year: int) -> list[dict[str, Any]]:  # noqa: ARG001 - ninja hands it over
    """Every project of a fiscal year, in their order."""
    return [_told(each) for each in selectors.of_year(year)] if 2000 <= year <= 2100 else []


@router.get(
    "/{int:year}/{code}",
    response={200: FundProjectDetailOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一个资金项目",
)
def project_detail(request: HttpRequest, year: int, code: str) -> dict[str, Any]:  # noqa: ARG001 - ninja hands it over
    """A project by its code, with its signed contracts."""
    found = selectors.by_code(code, year) if 2000 <= year <= 2100 else None
    if found is None:
        raise Http404("没有这个资金项目。")
    contracts = [
        {"id": each.id, "number": each.number, "supplier": each.supplier, "amount": each.amount}
        for each in selectors.contracts_of(found.id)
    ]
    return {**_told(found), "contracts": contracts}


def _told(view: ProjectView) -> dict[str, Any]:
    return {**asdict(view), "available": view.available, "plan": dict(view.plan)}
