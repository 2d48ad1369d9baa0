"""Jobs: the list, one run with its progress, trying again, taking back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.audit.subjects import kind_of
from youju.foundation.identity.permissions import Permission, allowed, require
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.jobs import selectors, services
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.foundation.jobs.selectors import RunView


class RunFilter(forms.Form):
    """What narrows the list; the names are those of ``selectors.runs``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "任务、对象、请求号"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *selectors.STATES])


LISTING = Listing(
    name="jobs",
    title="后台任务",
    columns=(
        Column(
            "title",
            "任务",
            sort="title",
            href=lambda row: reverse("operations:job", args=[row.pk]),
            narrow="title",
        ),
        Column("subject", "对象", value="subject_label"),
        Column("state", "状态", value=lambda row: row.get_state_display(), sort="state"),
        Column("by", "发起人", value="requested_by", sort="requested_by"),
        Column("queued", "发起时间", value="queued_at", sort="queued_at"),
        Column("finished", "结束时间", value="finished_at", sort="finished_at"),
        Column("attempts", "次数", numeric=True),
        Column("error", "原因"),
    ),
    order="-queued",
    filter_form=RunFilter,
    export_name="后台任务",
    empty="还没有任务。生成文书、批量导入、核对审计记录时，进度显示在这里。",
)


@permission_required(Permission.OPERATIONS_VIEW)
@require_safe
def job_list(request: HttpRequest) -> HttpResponseBase:
    """Every run, found by words and state."""
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.runs(text=str(wish.get("text") or ""), state=str(wish.get("state") or "")),
        template="operations/jobs.html",
    )


@permission_required(Permission.ACCOUNT_OWN)
@require_safe
def job(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """One run, for who asked for it and for who watches the system; it refreshes itself until it has ended."""
    run = _seen_by(request, run_id)
    context: dict[str, Any] = {
        "run": run,
        "may_manage": allowed(request.user, Permission.JOBS_MANAGE),
        "subject_url": kind_of(run.subject.kind).page(run.subject.key) if run.subject else None,
        "result": run.result if isinstance(run.result, dict) else {},
    }
    fragment = request.headers.get("HX-Target") == "job-state"
    response = render(request, "operations/_job.html" if fragment else "operations/job.html", context)
    if fragment and run.ended:
        response["HX-Refresh"] = "true"
    return response


@permission_required(Permission.JOBS_MANAGE)
@require_POST
def retry(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Put a failed run into the queue again."""
    return _act(request, run_id, services.retry_run, "已重新排队。")


@permission_required(Permission.JOBS_MANAGE)
@require_POST
def cancel(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Take back a run that has not started."""
    return _act(request, run_id, services.cancel_run, "已取消。")


def _act(request: HttpRequest, run_id: uuid.UUID, service: Any, done: str) -> HttpResponse:
    try:
        service(actor=cast("User", request.user), run_id=run_id, reason=request.POST.get("reason", ""))
    except InputError as error:
        if error.status == 404:
            raise
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("operations:job", args=[run_id]))


def _seen_by(request: HttpRequest, run_id: uuid.UUID) -> RunView:
    run = selectors.run(run_id)
    user = cast("User", request.user)
    if run is None:
        raise InputError("没有这个任务", how="它可能已按保留期限清理，请回到任务列表", status=404)
    if run.requested_by != user.username and not allowed(user, Permission.JOBS_MANAGE):
        require(user, Permission.OPERATIONS_VIEW)
    return run
