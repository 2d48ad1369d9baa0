"""The imports that one may use, the batches, and one batch from its check to its commit and back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.imports import jobs, permissions, selectors, services
from youju.foundation.imports.declaring import find
from youju.foundation.jobs import selectors as runs
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.foundation.imports.models import Batch


class BatchFilter(forms.Form):
    """What narrows the list of batches; the names are those of ``selectors.batches``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "文件名"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *selectors.STATES])


def _title(row: Batch) -> str:
    declared = find(row.importer)
    return declared.title if declared else row.importer


LISTING = Listing(
    name="batches",
    title="批量导入",
    columns=(
        Column(
            "name",
            "文件",
            sort="name",
            href=lambda row: reverse("imports:batch", args=[row.pk]),
            narrow="title",
        ),
        Column("importer", "导入", value=_title, sort="importer"),
        Column("state", "状态", value=lambda row: row.get_state_display(), sort="state"),
        Column("rows", "行数", sort="rows", numeric=True),
        Column("faults", "错误", sort="faults", numeric=True),
        Column("user", "经办人", value="user.display_name"),
        Column("created", "上传时间", value="created_at", sort="created_at"),
        Column("committed", "写入时间", value="committed_at", sort="committed_at"),
    ),
    order="-created",
    filter_form=BatchFilter,
    export_name="导入批次",
    empty="还没有导入过。在上面选一种导入，先下载模板，填好后上传。",
)


def findings_of(found: Batch) -> Listing:
    """The findings of a batch, named as its file names rows, columns and cells."""
    return Listing(
        name="cells",
        title="逐格意见",
        columns=(
            Column("row", "行", sort="row", numeric=True),
            Column("column", "列", value=lambda row: selectors.heading(found, row.column), sort="column"),
            Column("cell", "单元格", value=lambda row: selectors.place(found, row)),
            Column("severity", "程度", value=lambda row: "错误" if row.severity == "error" else "提示"),
            Column("message", "意见", narrow="title"),
        ),
        order="row",
        export_name="逐格意见",
        empty="没有意见。",
    )


@permission_required(permissions.OWN)
@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    """The imports that I may use, and the batches."""
    user = cast("User", request.user)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.batches(
            user, state=str(wish.get("state") or ""), text=str(wish.get("text") or "")
        ),
        template="imports/overview.html",
        context={"importers": selectors.usable(user)},
    )


@permission_required(permissions.OWN)
@require_safe
def batch(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponseBase:
    """One batch: how far, what was found, what it would change, what it did."""
    user = cast("User", request.user)
    found = selectors.batch(user, batch_id)
    declared = find(found.importer)
    run = runs.run(found.job) if found.job else None
    context: dict[str, Any] = {
        "batch": found,
        "importer": declared,
        "title": declared.title if declared else found.importer,
        "run": run,
        "waiting": found.state in ("checking", "committing"),
        "reasons": selectors.reasons(found) if found.faults else [],
        "may_use": declared is not None and allowed(user, Permission(declared.permission)),
        "may_undo": declared is not None and declared.undo is not None and allowed(user, permissions.UNDO),
        "next_url": declared.url if declared else "",
    }
    if request.headers.get("HX-Target") == "batch-state":
        response = render(request, "imports/_progress.html", context)
        if not context["waiting"]:
            response["HX-Refresh"] = "true"
        return response
    return render_listing(
        request, findings_of(found), selectors.findings(found), template="imports/batch.html", context=context
    )


@permission_required(permissions.OWN)
@require_POST
def confirm(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Confirm what the preview showed."""
    selectors.batch(cast("User", request.user), batch_id)
    return _act(
        request,
        batch_id,
        lambda: jobs.confirm(
            actor=cast("User", request.user),
            batch_id=batch_id,
            token=request.POST.get("token", ""),
            acknowledged=bool(request.POST.get("acknowledged")),
        ),
        "已确认，正在写入。",
    )


@permission_required(permissions.OWN)
@require_POST
def discard(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Give a batch up."""
    user = cast("User", request.user)
    selectors.batch(user, batch_id)
    return _act(
        request,
        batch_id,
        lambda: services.discard(actor=user, batch_id=batch_id),
        "已放弃，没有写入任何数据。",
    )


@permission_required(permissions.UNDO)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """First what taking it back would touch, then, with a reason, taking it back."""
    user = cast("User", request.user)
    found = selectors.batch(user, batch_id)
    if request.method == "POST":
        return _act(
            request,
            batch_id,
            lambda: services.undo(actor=user, batch_id=batch_id, reason=request.POST.get("reason", "")),
            "已撤销这一批。",
        )
    try:
        told = services.consequences(actor=user, batch_id=batch_id)
    except InputError as error:
        if error.status == 404:
            raise
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("imports:batch", args=[batch_id]))
    return render(request, "imports/undo.html", {"batch": found, "told": told})


def _act(request: HttpRequest, batch_id: uuid.UUID, service: Any, done: str) -> HttpResponse:
    try:
        service()
    except PermissionDenied:
        raise
    except InputError as error:
        if error.status == 404:
            raise
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("imports:batch", args=[batch_id]))
