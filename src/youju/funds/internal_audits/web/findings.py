"""One finding: registered, put right in words, led through rectification; its notice."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import revision, told, valid
from youju.funds.internal_audits import permissions, selectors, services
from youju.funds.internal_audits.web.forms import FileForm, FindingForm, NotifyForm, ReplyForm
from youju.funds.internal_audits.web.telling import SERIOUS_TONES, TONES, attempted, tell
from youju.rules.funds.internal_audits.kinds import CATEGORIES, SERIOUSNESS
from youju.rules.funds.internal_audits.lifecycle import FINDING_KIND, FINDING_STATES

_FIELDS = {
    "问题": "title", "情况": "description", "类别": "category", "严重程度": "seriousness", "责任科室": "section",
    "发现日期": "found_on", "关联的记录": "key", "总体": "record",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.FIND)
def new(request: HttpRequest) -> HttpResponse:
    """Register a finding; ``?item=`` of a working paper, ``?engagement=`` of an engagement."""
    actor = permissions.actor_of(request)
    item_id, engagement_id = _number(request, "item"), _number(request, "engagement")
    item = selectors.item_of(actor, item_id) if item_id else None
    engagement = selectors.engagement_of(actor, engagement_id) if engagement_id else None
    form = FindingForm(
        request.POST if request.method == "POST" else None,
        tied=item is not None,
        initial={"found_on": timezone.localdate()},
    )

    def deed() -> tuple[str, str]:
        wish = form.wish(item=item_id or None, engagement=engagement_id or None)
        made = services.register_finding(actor=actor, wish=wish)
        tell(request, made.findings)
        said = f"已登记 {made.finding.number}。核对无误后下发整改通知。"
        return said, reverse("internal_audits:finding", args=[made.finding.number])

    if request.method == "POST" and (done := attempted(request, form, deed, _FIELDS)):
        return done
    context = {"form": form, "item": item, "engagement": engagement}
    return render(request, "internal_audits/finding_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.FIND)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Put a finding right before its section is told."""
    actor = permissions.actor_of(request)
    row = selectors.finding_of(actor, number)
    names = (
        "title",
        "description",
        "category",
        "seriousness",
        "basis",
        "amount",
        "section",
        "found_on",
        "suggestion",
    )
    source = selectors.population_of_kind(row.subject_kind)
    found = source.find(actor, row.subject_key) if source else None
    first = {name: getattr(row, name) for name in names} | {
        "record": source.code if source else "",
        "key": (found.number or found.key) if found else "",
    }
    tied = row.item_id is not None
    form = FindingForm(request.POST if request.method == "POST" else None, tied=tied, initial=first)

    def deed() -> tuple[str, str]:
        wish = form.wish(item=row.item_id)
        made = services.change_finding(actor=actor, number=number, wish=wish, revision=revision(request))
        tell(request, made.findings)
        return "已保存。", reverse("internal_audits:finding", args=[number])

    if request.method == "POST" and (done := attempted(request, form, deed, _FIELDS)):
        return done
    context = {"form": form, "row": row, "item": row.item}
    return render(request, "internal_audits/finding_form.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def finding(request: HttpRequest, number: str) -> HttpResponse:
    """One finding."""
    return _show(request, number, {})


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Take a step with a finding."""
    wanted, actor = request.POST.get("transition", ""), permissions.actor_of(request)
    form: forms.Form = forms.Form({})
    if wanted == "notify":
        form = NotifyForm(request.POST)
    elif wanted == "reply":
        form = ReplyForm(request.POST)

    def take() -> str:
        given: dict[str, Any] = dict(form.cleaned_data) if form.is_valid() else {}
        row = services.step_finding(
            actor=actor, number=number, step=wanted, reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""), **given,
        )  # fmt: skip
        return f"已办理，问题现在的状态是“{FINDING_STATES[row.state]}”。"

    here = reverse("internal_audits:finding", args=[number])
    if wanted in ("notify", "reply"):
        done = attempted(request, form, lambda: (take(), here), {"整改情况": "text", "限办日期": "due_on"})
        return done or _show(request, number, {wanted: form})
    messages.success(request, take())
    return HttpResponseRedirect(here)


@require_POST
@permission_required(permissions.RECTIFY)
def add_evidence(request: HttpRequest, number: str) -> HttpResponse:
    """Attach what proves the rectification."""

    def deed() -> str:
        file: Any = valid(FileForm(request.POST, request.FILES))["file"]
        actor = permissions.actor_of(request)
        services.add_evidence(actor=actor, number=number, content=file.file, name=file.name)
        return "已上传。接着填写整改情况，提交回复。"

    return told(request, reverse("internal_audits:finding", args=[number]) + "#reply", deed)


@require_safe
@permission_required(permissions.VIEW)
def evidence(request: HttpRequest, number: str, file: int) -> HttpResponseBase:
    """A file of a finding."""
    found = services.hand_out_evidence(actor=permissions.actor_of(request), number=number, file_id=file)
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@permission_required(permissions.EXPORT)
def make_notice(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the notice of rectification."""
    asked = services.request_notice(actor=permissions.actor_of(request), number=number)
    said = (
        "同样的通知书已经生成过，可以直接下载。"
        if asked.run is None
        else "正在生成，稍等片刻刷新本页就能下载。"
    )
    messages.success(request, said)
    return HttpResponseRedirect(reverse("internal_audits:finding", args=[number]) + "#notices")


@require_safe
@permission_required(permissions.EXPORT)
def document(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """A notice or a list that was made."""
    found, kept = services.hand_out_document(actor=permissions.actor_of(request), document_id=document)
    return file_response(request, kept, name=found.name)


def _show(request: HttpRequest, number: str, refused: dict[str, forms.Form]) -> HttpResponse:
    page = selectors.finding_page(permissions.actor_of(request), number)
    row = page.row
    due = services.due_by_policy(row.seriousness, timezone.localdate())
    context = {
        "page": page,
        "row": row,
        "kind": FINDING_KIND,
        "state": FINDING_STATES[row.state],
        "tone": TONES[row.state],
        "category": CATEGORIES[row.category],
        "seriousness": SERIOUSNESS[row.seriousness],
        "serious_tone": SERIOUS_TONES.get(row.seriousness, "plain"),
        "section": sections().get(row.section, row.section),
        "notify": refused.get("notify") or NotifyForm(initial={"due_on": due}),
        "reply": refused.get("reply") or ReplyForm(),
        "file": FileForm(),
        "refused": next(iter(refused.values()), None),
        "may_export": allowed(permissions.actor_of(request), permissions.EXPORT),
    }  # fmt: skip
    return render(request, "internal_audits/finding.html", context, status=422 if refused else 200)


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= 18 else 0
