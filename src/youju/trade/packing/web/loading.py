"""Deeds on a packing: containers, goods in and out, steps, documents."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import chosen, revision, told, valid
from youju.trade.packing import permissions, selectors, services
from youju.trade.packing.facts import PackWish
from youju.trade.packing.web.forms import ContainerForm, PackForm
from youju.trade.packing.web.packings import label_of


@require_POST
@permission_required(permissions.EDIT)
def add_container(request: HttpRequest, number: str) -> HttpResponse:
    """Add a container."""

    def deed() -> str:
        given: dict[str, Any] = valid(ContainerForm(request.POST))
        made = services.add_container(actor=permissions.actor_of(request), number=number, **given)
        return f"已加箱 {made.number}。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EDIT)
def remove_container(request: HttpRequest, number: str, container: int) -> HttpResponse:
    """Take an empty container away."""

    def deed() -> str:
        services.remove_container(actor=permissions.actor_of(request), number=number, container=container)
        return "已去掉空箱。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EDIT)
def pack(request: HttpRequest, number: str) -> HttpResponse:
    """Put ticked lines, or a part of one, into a container."""

    def deed() -> str:
        lines = chosen(request, "lines")
        given: dict[str, Any] = valid(PackForm(request.POST))
        if len(lines) > 1 and given["quantity"] is not None:
            raise InputError("填了数量，却勾选了几行", how="只装一行的一部分时才填数量")
        wishes = [
            PackWish(line, given["quantity"], given["packages"] if len(lines) == 1 else None)
            for line in lines
        ]
        services.pack(
            actor=permissions.actor_of(request),
            number=number,
            container=given["container"],
            wishes=wishes,
            expected=revision(request),
        )
        return f"已装入 {len(lines)} 行。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EDIT)
def pack_all(request: HttpRequest, number: str) -> HttpResponse:
    """Put a whole consolidation into the containers, first fit."""

    def deed() -> str:
        over = services.pack_all(
            actor=permissions.actor_of(request),
            number=number,
            consolidation=request.POST.get("consolidation", ""),
        )
        if not over:
            return "已全部装入。"
        left = sum(each.packages for each in over.values())
        return f"装满了：还有 {len(over)} 行、{left} 件装不下，请再加箱子。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EDIT)
def unpack(request: HttpRequest, number: str) -> HttpResponse:
    """Take ticked lines out of their containers."""

    def deed() -> str:
        lines = chosen(request, "lines")
        services.unpack(
            actor=permissions.actor_of(request), number=number, lines=lines, expected=revision(request)
        )
        return f"已卸下 {len(lines)} 行。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EDIT)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Close, reopen or cancel it."""

    def deed() -> str:
        row = services.step_packing(
            actor=permissions.actor_of(request),
            number=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
        )
        return f"已办理，现在的状态是“{label_of(row)}”。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EXPORT)
def make(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Ask for the packing list and container plan as it stands now."""

    def deed() -> str:
        asked = services.request_list(actor=permissions.actor_of(request), number=number, format=kind)
        return "同样的内容已经生成过，可以直接下载。" if asked.run is None else "正在生成，稍等片刻就能下载。"

    return told(request, f"{_back(number)}#papers", deed)


@require_safe
@permission_required(permissions.VIEW)
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """The documents of a packing: a part of its page that asks again while one is being made, or a page by itself."""
    page = selectors.packing_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这张装箱单，或您的单位没有参与。")
    part = request.headers.get("HX-Request") == "true"
    context = {"page": page, "row": page.row, "may_export": allowed(request.user, permissions.EXPORT)}
    return render(request, "packing/_papers.html" if part else "packing/papers.html", context)


@require_safe
@permission_required(permissions.EXPORT)
def made(request: HttpRequest, document_id: uuid.UUID) -> HttpResponseBase:
    """A document that was made before."""
    found, kept = services.hand_out_list(actor=permissions.actor_of(request), document_id=document_id)
    return file_response(request, kept, name=found.name)


def _back(number: str) -> str:
    return reverse("packing:packing", args=[number])
