"""One check: uploaded, shown with its marks, run again, taken away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.performance.report_checks import permissions, selectors, services
from youju.rules.performance.report_checks.states import DONE

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class UploadForm(forms.Form):
    """A report and the year that it speaks of."""

    file = forms.FileField(
        label="报告", help_text="Word（docx）、带文字的 PDF、网页或纯文本。扫描件不能核对。"
    )
    year = forms.TypedChoiceField(label="年度", coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["year"]
        field.choices = [(each, f"{each} 年") for each in selectors.years()]
        last = timezone.localdate().year - 1
        field.initial = last if last in selectors.years() else next(iter(selectors.years()), None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.RUN)
def new(request: HttpRequest) -> HttpResponse:
    """Upload a report. A small one is checked at once."""
    form = (
        UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    )
    if request.method == "POST" and form.is_valid():
        file: Any = form.cleaned_data["file"]
        try:
            row = services.submit_report(
                actor=permissions.actor_of(request),
                content=file.read(),
                name=file.name,
                year=form.cleaned_data["year"],
            )
        except InputError as error:
            form.add_error("year" if error.where == "年度" else "file", str(error))
        else:
            return HttpResponseRedirect(reverse("report_checks:check", args=[row.pk]))
    return render(request, "report_checks/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def check(request: HttpRequest, number: int) -> HttpResponse:
    """The report's text with marks, and the findings beside it."""
    given = request.GET.get("part", "")
    part = int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
    page = selectors.check_page(permissions.actor_of(request), number, part=part)
    context = {
        "page": page,
        "row": page.row,
        "done": page.row.state == DONE,
        "parts": range(1, page.parts + 1),
    }
    return render(request, "report_checks/check.html", context)


@require_POST
@permission_required(permissions.RUN)
def again(request: HttpRequest, number: int) -> HttpResponse:
    """The same file against the data of now."""
    row = services.check_again(actor=permissions.actor_of(request), check_id=number)
    if row.state == DONE:
        messages.success(request, f"已按现在的数据重新核对，{len(row.changes)} 个数的判断有变化。")
    return HttpResponseRedirect(reverse("report_checks:check", args=[row.pk]))


@require_safe
@permission_required(permissions.EXPORT)
def take(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The marked report, the findings, or the data that it was held against."""
    name, content = services.take_check(actor=permissions.actor_of(request), check_id=number, format=kind)
    response = HttpResponse(content, content_type=_TYPES.get(kind, "application/json; charset=utf-8"))
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
