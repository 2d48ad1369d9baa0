"""One release: prepared, looked at, taken through its steps; the site as a zip."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told
from youju.foundation.shell.fields import Refusable, day
from youju.performance.disclosure import permissions, selectors, services
from youju.performance.disclosure.documents.site.serving import preview_file
from youju.performance.disclosure.web.lists import TONES
from youju.rules.performance.disclosure.lifecycle import KIND, KINDS, STATES

_PERSONAL = ("DIS-001", "DIS-002", "DIS-003", "DIS-004", "DIS-005", "DIS-012")
_FIELDS = {"内容": "kind", "年度": "year", "数据截至": "until"}


class PrepareForm(Refusable):
    """What is to be disclosed."""

    kind = forms.ChoiceField(label="内容", choices=list(KINDS.items()))
    year = forms.TypedChoiceField(label="年度", coerce=int)
    until = day("数据截至", required=False, help_text="执行进展和自评用；不填为年底。整月计算。")
    reason = forms.CharField(
        label="更正理由",
        required=False,
        max_length=400,
        help_text="已经公开过的，写明更正了什么、为什么；理由会公开。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["year"]
        field.choices = [(each, f"{each} 年") for each in selectors.years()]


class ReasonForm(forms.Form):
    """Why there is another version."""

    reason = forms.CharField(
        label="更正理由", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.PREPARE)
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a release."""
    form = PrepareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.prepare_release(actor=permissions.actor_of(request), **form.cleaned_data)
        except InputError as error:
            form.add_error(_FIELDS.get(error.where or ""), str(error))
        else:
            messages.success(request, "已编制。请看规则意见和预览，再提交批准。")
            return HttpResponseRedirect(reverse("disclosure:release", args=[row.pk]))
    return render(request, "disclosure/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def release(request: HttpRequest, number: int) -> HttpResponse:
    """One release."""
    page = selectors.release_page(permissions.actor_of(request), number)
    row = page.row
    size = {
        "projects": len(row.content.get("document", {}).get("projects", [])),
        "figures": len(row.content.get("figures", {})),
        "personal": sum(each["rule"] in _PERSONAL for each in page.findings),
    }
    context = {
        "page": page,
        "row": row,
        "kind": KIND,
        "kind_label": KINDS[row.kind],
        "title": str(row),
        "tone": TONES[row.state],
        "size": size,
        "form": ReasonForm(initial={"reason": row.reason}),
        "preview": f"{row.year}/{row.kind}/index.html",
        "public": f"{row.year}/{row.kind}/index.html",
    }
    return render(request, "disclosure/release.html", context)


@require_POST
@permission_required(permissions.PREPARE)
def refresh(request: HttpRequest, number: int) -> HttpResponse:
    """Build a draft anew."""

    def deed() -> str:
        services.refresh_release(
            actor=permissions.actor_of(request), release_id=number, reason=request.POST.get("reason")
        )
        return "已按现在的数据重新生成。"

    return told(request, reverse("disclosure:release", args=[number]), deed)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Submit, publish, send back, recall, drop or withdraw."""

    def deed() -> str:
        row = services.step_release(
            actor=permissions.actor_of(request), release_id=number, step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""), expected=request.POST.get("state", ""),
        )  # fmt: skip
        return f"已办理，现在的状态是“{STATES[row.state]}”。"

    return told(request, reverse("disclosure:release", args=[number]), deed)


@require_safe
@permission_required(permissions.VIEW)
def preview(request: HttpRequest, number: int, file: str) -> HttpResponse:
    """A file of the site as it would be with this release."""
    found = selectors.release_of(permissions.actor_of(request), number)
    content, kind = preview_file(selectors.published_of(found), file)
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_safe
@permission_required(permissions.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """The public site as a zip."""
    answer = HttpResponse(
        services.export_zip(actor=permissions.actor_of(request)), content_type="application/zip"
    )
    answer["Content-Disposition"] = content_disposition_header(True, "绩效公开网站.zip") or "attachment"
    return answer
