"""A person's month with its versions; corrected. An agreement registered and put right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.limits import sections
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import revision
from youju.office.staff import permissions, selectors, services
from youju.office.staff.services import StaffRefusedError
from youju.office.staff.web.forms import AgreementForm, CorrectionForm
from youju.office.staff.web.lists import pay_badge
from youju.office.staff.wishes import CORRECTED
from youju.rules.office.staff.lifecycle import AGREEMENT_KIND, LINE_KIND
from youju.rules.office.staff.months import named

_FIELDS = {"合同编号": "contract", "终止日期": "valid_to", "约定岗位数": "positions", "更正理由": "reason"}


@require_safe
@permission_required(permissions.VIEW)
def line(request: HttpRequest, number: int) -> HttpResponse:
    """A person's month."""
    return _show(request, number, None)


@require_POST
@permission_required(permissions.IMPORT)
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Put it right: a new version."""
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _show(request, number, form)
    given = dict(form.cleaned_data)
    reason = given.pop("reason")
    try:
        made = services.correct_line(
            actor=permissions.actor_of(request),
            line_id=number,
            wish=given,
            version=revision(request, "version"),
            reason=reason,
        )
    except StaffRefusedError as error:
        form.refuse(error)
        return _show(request, number, form)
    except InputError as error:
        if error.status in (404, 409):
            raise
        form.add_error(_FIELDS.get(error.where), str(error))
        return _show(request, number, form)
    for each in made.findings:
        messages.warning(request, each.told)
    messages.success(request, f"已更正，现在是第 {made.line.version} 版。")
    return HttpResponseRedirect(reverse("staff:line", args=[made.line.pk]))


def _show(request: HttpRequest, number: int, refused: CorrectionForm | None) -> HttpResponse:
    page = selectors.line_page(permissions.actor_of(request), number)
    first: dict[str, Any] = {name: getattr(page.row, name) for name in CORRECTED}
    names = sections()
    context = {
        "page": page,
        "row": page.row,
        "month": named(page.row.month),
        "section": names.get(page.row.section, page.row.section),
        "badge": pay_badge(page.row),
        "versions": [(each, names.get(each.section, each.section)) for each in page.versions],
        "kind": LINE_KIND,
        "form": refused or CorrectionForm(initial=first),
        "refused": refused,
    }
    return render(request, "staff/line.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.IMPORT)
def new_agreement(request: HttpRequest) -> HttpResponse:
    """Register what a contract agrees."""
    return _agreement(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.IMPORT)
def agreement(request: HttpRequest, number: int) -> HttpResponse:
    """Put it right."""
    return _agreement(request, number)


def _agreement(request: HttpRequest, number: int | None) -> HttpResponse:
    actor = permissions.actor_of(request)
    row = selectors.agreement_of(actor, number) if number is not None else None
    first = {name: getattr(row, name) for name in AgreementForm.base_fields} if row else None
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services.register_agreement(
                actor=actor, wish=form.wish, agreement_id=number, revision=revision(request)
            )
        except InputError as error:
            if error.where not in _FIELDS:
                raise
            form.add_error(_FIELDS[error.where], str(error))
        else:
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("staff:agreements"))
    context = {"form": form, "row": row, "kind": AGREEMENT_KIND}
    return render(request, "staff/agreement.html", context, status=422 if form.errors else 200)
