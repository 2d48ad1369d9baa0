"""Editing one project table in the browser: the form, the check while typing, the draft that keeps itself, the clash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.web.cells import base_of, cells_of, margins_of, tally, typed_from_post
from youju.performance.targets.web.choosing import required_set
from youju.rules.law import whole
from youju.rules.performance.targets.merging import clashes, merged
from youju.rules.performance.targets.typed import Typed, reshaped

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The form of one table. ``act`` on a POST: ``save``, or a button that adds, moves or drops a row."""
    target_set = _draft(request)
    if request.method != "POST":
        return _page(request, _editor(request, target_set, code))
    typed, base, act = typed_from_post(request.POST), base_of(request.POST), request.POST.get("act", "save")
    actor = permissions.actor_of(request)
    if act != "save":
        typed = reshaped(typed, act)
        services.keep_typing(actor=actor, target_set_id=target_set.pk, code=code, typed=typed, base=base)
        return _page(request, _editor(request, target_set, code))
    try:
        services.save_project(actor=actor, target_set_id=target_set.pk, code=code, typed=typed, base=base)
    except services.StaleSaveError:
        # What was typed is kept first; then both stand side by side, cell by cell.
        services.keep_typing(actor=actor, target_set_id=target_set.pk, code=code, typed=typed, base=base)
        return HttpResponseRedirect(_address("targets:clash", target_set, code))
    except InputError as error:
        page = _editor(request, target_set, code)
        return _page(request, page, typed=typed, base=base, error=error)
    messages.success(request, "已保存，并按规则重新审核。")
    return HttpResponseRedirect(_address("targets:project", target_set, code))


@require_POST
@permission_required(permissions.EDIT)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What the rules say about the form as it stands; nothing is kept."""
    target_set = required_set(request)
    typed = typed_from_post(request.POST)
    margins = _margins(request, target_set, code, typed)
    return render(request, "targets/_edit_margins.html", {"margins": margins, "tally": tally(margins)})


@require_POST
@permission_required(permissions.EDIT)
def keep(request: HttpRequest, code: str) -> JsonResponse:
    """Keep what is typed, for the script of the page: when it was kept, who else is at it."""
    try:
        target_set = _draft(request)
        kept = services.keep_typing(
            actor=permissions.actor_of(request),
            target_set_id=target_set.pk,
            code=code,
            typed=typed_from_post(request.POST),
            base=base_of(request.POST),
        )
    except InputError as error:
        return _json({"detail": str(error)}, error.status)
    return _json(
        {
            "at": f"{timezone.localtime(kept.at):%H:%M:%S}",
            "others": list(kept.others),
            "stale": kept.stale,
            "clash": _address("targets:clash", target_set, code) if kept.stale else "",
        },
        200,
    )


@require_POST
@permission_required(permissions.EDIT)
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """Throw away what was typed and not saved."""
    target_set = required_set(request)
    services.forget_typing(actor=permissions.actor_of(request), target_set_id=target_set.pk, code=code)
    messages.info(request, "已放弃没有保存的内容。")
    return HttpResponseRedirect(_address("targets:edit", target_set, code))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def clash(request: HttpRequest, code: str) -> HttpResponse:
    """What is stored beside what I typed; the ticked cells are taken over into the form, which is then looked at and saved."""
    target_set = _draft(request)
    page = _editor(request, target_set, code)
    cells = clashes(page.stored, page.typed)
    if not page.stale or not cells:
        return HttpResponseRedirect(_address("targets:edit", target_set, code))
    if request.method == "POST" and request.POST.get("revision") == str(page.project.revision):
        services.keep_typing(
            actor=permissions.actor_of(request),
            target_set_id=target_set.pk,
            code=code,
            typed=merged(page.stored, page.typed, set(request.POST.getlist("take"))),
            base=page.project.revision,
        )
        messages.info(request, "已合到一起，请看过再保存。")
        return HttpResponseRedirect(_address("targets:edit", target_set, code))
    status = 409 if request.method == "POST" else 200
    context = {"page": page, "cells": cells, "target_set": target_set, "query": f"?set={target_set.pk}"}
    return render(request, "targets/clash.html", context, status=status)


def _draft(request: HttpRequest) -> TargetSet:
    target_set = required_set(request)
    if target_set.state != "draft":
        raise InputError(
            f"第 {target_set.version} 版{selectors.state_label(target_set)}，不能在网页上修改",
            how="只有草稿可以修改；已公开的请先开始调整",
            status=409,
        )
    return target_set


def _editor(request: HttpRequest, target_set: TargetSet, code: str) -> selectors.Editing:
    page = selectors.editor(user=permissions.actor_of(request), target_set=target_set, code=code)
    if page is None:
        raise Http404(f"{target_set.fiscal_year} 年没有编码为 {code} 的项目。")
    return page


def _page(
    request: HttpRequest,
    page: selectors.Editing,
    *,
    typed: Typed | None = None,
    base: int | None = None,
    error: InputError | None = None,
) -> HttpResponse:
    shown = page.typed if typed is None else typed
    target_set, code = page.target_set, page.project.code
    margins = _margins(request, target_set, code, shown)
    law = law_on(timezone.localdate())
    context: dict[str, Any] = {
        "page": page,
        "target_set": target_set,
        "query": f"?set={target_set.pk}",
        "form": cells_of(shown),
        "base": page.base if base is None else base,
        "margins": {each["slot"]: each["items"] for each in margins},
        "tally": tally(margins),
        "error": error,
        "seconds": whole(law, "performance.targets.autosave_seconds"),
        "kept": page.kept_at if typed is None else None,
    }
    return render(request, "targets/edit.html", context, status=error.status if error else 200)


def _margins(request: HttpRequest, target_set: TargetSet, code: str, typed: Typed) -> list[dict[str, Any]]:
    checked = services.check_typing(
        actor=permissions.actor_of(request), target_set_id=target_set.pk, code=code, typed=typed
    )
    return margins_of(checked, typed)


def _address(name: str, target_set: TargetSet, code: str) -> str:
    return f"{reverse(name, args=[code])}?{urlencode({'set': target_set.pk})}"


def _json(value: dict[str, Any], status: int) -> JsonResponse:
    return JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False})
