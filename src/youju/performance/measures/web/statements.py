"""Statements and adjustments: signed with files, countersigned, declined, taken back; and as lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.selectors import attachments
from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told
from youju.foundation.shell.fields import Refusable, day, words
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.performance.measures import addresses, permissions, services
from youju.performance.measures.selectors import lists, pages
from youju.performance.measures.services import MeasureRefusedError, SignedWish
from youju.performance.measures.services.signing import subject_of
from youju.performance.measures.web.tabs import tabs_for
from youju.rules.performance.measures.lifecycle import SIGNED_STATES
from youju.rules.performance.measures.tiers import LABELS

KINDS = {"attestation": "情况说明", "adjustment": "数值调整"}
TONES = {
    "signed": "hint",
    "countersigned": "approved",
    "withdrawn": "plain",
    "declined": "error",
    "superseded": "plain",
}


class _Files(forms.ClearableFileInput):
    """A control for several files at once; the form looks at the first, the view takes them all."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002 - the widget's signature
        """The first file alone."""
        return files.get(name)


class SignForm(Refusable):
    """What somebody signs."""

    until = day("截至", help_text="说的是到哪一天为止；数值调整算到这个月的月底。")
    value = forms.DecimalField(
        label="数值",
        required=False,
        max_digits=18,
        decimal_places=6,
        help_text="用目标值的单位；目标值不是数的不填",
    )
    tier = forms.ChoiceField(
        label="分档",
        required=False,
        choices=[("", "不分档"), *LABELS.items()],
        help_text="目标值不是数的才选",
    )
    tier_rate = forms.DecimalField(
        label="得分率（%）", required=False, max_digits=5, decimal_places=2, min_value=0, max_value=100
    )
    text = words("情况和理由", 2000, required=True, rows=5)
    evidence = forms.FileField(
        label="证据",
        required=False,
        widget=_Files(attrs={"multiple": True}),
        help_text="至少一份，可以选几个；签署以后不能再改。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.ATTEST)
def sign(request: HttpRequest, year: int, project: str, number: int, kind: str) -> HttpResponse:
    """Sign a statement or an adjustment for a row."""
    actor = permissions.actor_of(request)
    if kind not in KINDS:
        raise Http404("没有这一种说明。")
    try:
        page = pages.row_page(actor=actor, year=year, code=project, number=number)
    except InputError as error:
        raise Http404(str(error)) from error
    posted = request.method == "POST"
    form = SignForm(
        request.POST if posted else None, request.FILES if posted else None, initial={"until": page.until}
    )
    if posted and form.is_valid():
        given = form.cleaned_data
        wish = SignedWish(
            text=given["text"],
            until=given["until"],
            value=given["value"],
            tier=given["tier"],
            tier_rate=given["tier_rate"],
        )
        try:
            services.sign(
                actor=actor,
                kind=kind,
                target_set=page.target_set,
                code=project,
                number=number,
                wish=wish,
                files=[(file.name or "证据", file.file) for file in request.FILES.getlist("evidence")],  # type: ignore[misc]
            )
        except MeasureRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已签署{KINDS[kind]}，另一人复签以后生效。")
            return HttpResponseRedirect(f"{page.row.page}#statements")
    context = {"page": page, "row": page.row, "form": form, "kind": kind, "label": KINDS[kind]}
    return render(request, "measures/sign.html", context, status=422 if form.errors else 200)


_STEPS = {
    "countersign": (permissions.COUNTERSIGN, "已复签，从现在起生效。"),
    "decline": (permissions.COUNTERSIGN, "已退回。"),
    "withdraw": (permissions.VIEW, "已撤回，值回到记录计算的。"),
}


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, kind: str, number: int, step: str) -> HttpResponse:
    """Countersign, decline or take back; the service asks for the permission of each."""
    actor = permissions.actor_of(request)
    if step not in _STEPS:
        raise Http404("没有这一步。")
    try:
        row = lists.signed_one(actor=actor, kind=kind, number=number)
    except InputError as error:
        raise Http404(str(error)) from error

    def deed() -> str:
        reason = request.POST.get("reason", "")
        if step == "countersign":
            services.countersign(actor=actor, kind=kind, number=number)
        elif step == "decline":
            services.decline(actor=actor, kind=kind, number=number, reason=reason)
        else:
            services.withdraw(actor=actor, kind=kind, number=number, reason=reason)
        return _STEPS[step][1]

    return told(request, f"{addresses.row(row.fiscal_year, row.project, row.row)}#statements", deed)


@require_safe
@permission_required(permissions.VIEW)
def file(request: HttpRequest, kind: str, number: int, file: int) -> HttpResponseBase:
    """A file of evidence."""
    try:
        row = lists.signed_one(actor=permissions.actor_of(request), kind=kind, number=number)
    except InputError as error:
        raise Http404(str(error)) from error
    found = next((each for each in attachments(subject_of(row)) if each.id == file), None)
    if found is None:
        raise Http404("没有这个文件。")
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response


class StatementsFilter(forms.Form):
    """What narrows the list."""

    project = forms.CharField(label="项目编码", required=False, max_length=64)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *SIGNED_STATES.items()])
    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2100)


def _state(row: Any) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', TONES[row.state], SIGNED_STATES[row.state])


def _page(row: Any) -> str:
    return f"{addresses.row(row.fiscal_year, row.project, row.row)}#statements"


def _said(row: Any) -> str:
    return f"{row.value.normalize():f}" if row.value is not None else f"{LABELS[row.tier]} {row.tier_rate}%"


def _listing(kind: str) -> Listing:
    return Listing(
        name=kind,
        title=KINDS[kind],
        columns=(
            Column("until", "截至", sort=("until", "pk"), narrow="hide"),
            Column("project", "项目编码", narrow="hide"),
            Column("row", "行", numeric=True, narrow="hide"),
            Column("level3", "三级指标", href=_page, narrow="title"),
            Column("said", "值", value=_said),
            Column("text", "情况和理由"),
            Column("evidence", "证据", value=lambda row: "、".join(row.evidence), narrow="hide"),
            Column("state", "状态", value=lambda row: SIGNED_STATES[row.state], draw=_state),
            Column("signed_name", "签署人", narrow="hide"),
            Column("countersigned_name", "复签人", narrow="hide"),
            Column("signed_at", "签署时间", sort="signed_at", narrow="hide"),
        ),
        order="-until",
        filter_form=StatementsFilter,
        export_name=KINDS[kind],
        empty=f"还没有{KINDS[kind]}。",
    )


LISTINGS = {kind: _listing(kind) for kind in KINDS}


@require_safe
@permission_required(permissions.VIEW)
def statements(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Statements or adjustments as a list."""
    actor = permissions.actor_of(request)
    if kind not in KINDS:
        raise Http404("没有这一种说明。")
    return render_listing(
        request,
        LISTINGS[kind],
        lambda wish: lists.signed(
            actor=actor,
            kind=kind,
            year=wish.get("year") or None,
            project=str(wish.get("project") or ""),
            state=str(wish.get("state") or ""),
        ),
        template="measures/list.html",
        context={"tabs": tabs_for(request), "which": kind},
        may_export=allowed(actor, permissions.EXPORT),
    )
