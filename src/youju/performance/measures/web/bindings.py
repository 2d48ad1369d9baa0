"""Bindings: all of them, those that wait, and the form of one row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.analytics.metrics import metrics
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.shell.deeds import chosen, told, valid
from youju.foundation.shell.fields import Refusable, words
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.performance.measures import addresses, permissions, services
from youju.performance.measures.selectors import lists, pages
from youju.performance.measures.services import BindingWish, MeasureRefusedError
from youju.performance.measures.web.tabs import tabs_for
from youju.performance.targets import selectors as targets
from youju.rules.performance.measures.lifecycle import BASES, CONFIRMED, DRAFT, STATES
from youju.rules.performance.measures.tiers import readings

TONES = {
    "approved": "approved",
    "confirmed": "hint",
    "draft": "plain",
    "replaced": "plain",
    "refused": "error",
}


class BindingsFilter(forms.Form):
    """What narrows the list."""

    text = forms.CharField(label="查找", required=False, max_length=50)
    project = forms.CharField(label="项目编码", required=False, max_length=64)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    basis = forms.ChoiceField(label="依据", required=False, choices=[("", "全部"), *BASES.items()])
    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2100)


def _state(row: Any) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', TONES[row.state], STATES[row.state])


def _page(row: Any) -> str:
    return addresses.row(row.fiscal_year, row.project, row.row)


def parameters_told(given: dict[str, str]) -> str:
    """Parameters in one line."""
    return "；".join(f"{name}={value}" for name, value in given.items())


BINDINGS = Listing(
    name="bindings",
    title="绑定",
    columns=(
        Column("year", "年度", value="fiscal_year", narrow="hide"),
        Column("project", "项目编码", sort=("fiscal_year", "unit_key", "project", "row"), narrow="hide"),
        Column("row", "行", numeric=True, narrow="hide"),
        Column("level3", "三级指标", href=_page, narrow="title"),
        Column("basis", "依据", value=lambda row: BASES[row.basis]),
        Column("metric", "指标编码"),
        Column("parameters", "参数", value=lambda row: parameters_told(row.parameters)),
        Column("version", "版本", numeric=True, narrow="hide"),
        Column("state", "状态", value=lambda row: STATES[row.state], draw=_state),
        Column("confirmed_name", "确认人", narrow="hide"),
        Column("approved_name", "批准人", narrow="hide"),
        Column("approved_at", "批准时间", sort="approved_at", narrow="hide"),
    ),
    order="project",
    filter_form=BindingsFilter,
    export_name="计量绑定",
    empty="还没有绑定。",
)


@require_safe
@permission_required(permissions.VIEW)
def bindings(request: HttpRequest) -> HttpResponseBase:
    """Every binding, replaced ones too."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        BINDINGS,
        lambda wish: lists.bindings(
            actor=actor,
            year=wish.get("year") or None,
            project=str(wish.get("project") or ""),
            state=str(wish.get("state") or ""),
            basis=str(wish.get("basis") or ""),
            text=str(wish.get("text") or ""),
        ),
        template="measures/list.html",
        context={"tabs": tabs_for(request), "which": "bindings"},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def waiting(request: HttpRequest) -> HttpResponse:
    """Drafts that wait for the officer, and confirmed ones that wait for the head."""
    actor = permissions.actor_of(request)
    rows = [
        (each, _page(each), parameters_told(each.parameters)) for each in lists.open_bindings(actor=actor)
    ]
    context = {
        "tabs": tabs_for(request),
        "drafts": [each for each in rows if each[0].state == DRAFT],
        "confirmed": [each for each in rows if each[0].state == CONFIRMED],
        "may_bind": allowed(actor, permissions.BIND),
        "may_approve": allowed(actor, permissions.APPROVE),
        "years": [each.fiscal_year for each in targets.active_sets()],
    }
    return render(request, "measures/waiting.html", context)


@require_POST
@permission_required(permissions.BIND)
def suggest(request: HttpRequest) -> HttpResponse:
    """Draft the best suggestion for every row of a year that has no binding."""
    actor = permissions.actor_of(request)

    def deed() -> str:
        text = request.POST.get("year", "")
        target_set = pages.set_of_year(int(text) if text.isdecimal() and len(text) == 4 else None)
        made = services.draft_suggested(actor=actor, target_set=target_set)
        return (
            f"已起草 {len(made)} 条建议的绑定。"
            if made
            else "没有可以建议的：各行已有绑定，或没有相符的用词。"
        )

    return told(request, reverse("measures:waiting"), deed)


@require_POST
@permission_required(permissions.BIND)
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the drafts that are ticked."""
    actor = permissions.actor_of(request)
    return told(
        request,
        reverse("measures:waiting"),
        lambda: (
            f"已确认 {len(services.confirm_drafts(actor=actor, bindings=chosen(request, 'binding')))} 条，等待批准。"
        ),
    )


@require_POST
@permission_required(permissions.APPROVE)
def approve(request: HttpRequest) -> HttpResponse:
    """Approve those that are ticked."""
    actor = permissions.actor_of(request)
    return told(
        request,
        reverse("measures:waiting"),
        lambda: (
            f"已批准 {len(services.approve_bindings(actor=actor, bindings=chosen(request, 'binding')))} 条绑定。"
        ),
    )


@require_POST
@permission_required(permissions.APPROVE)
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Send one back."""
    actor = permissions.actor_of(request)

    def deed() -> str:
        services.refuse_binding(actor=actor, binding=number, reason=request.POST.get("reason", ""))
        return "已退回。"

    return told(request, reverse("measures:waiting"), deed)


class BindForm(Refusable):
    """What a row is to be measured by."""

    basis = forms.ChoiceField(label="依据", choices=list(BASES.items()))
    metric = forms.CharField(
        label="指标编码",
        required=False,
        max_length=200,
        help_text="指标目录里的编码；几个相加的写“a + b”。用情况说明的不填。",
        widget=forms.TextInput(attrs={"list": "metrics"}),
    )
    parameters = forms.CharField(
        label="参数",
        required=False,
        max_length=400,
        help_text="例如 project=13060523P00454510001M；tag=social",
    )
    reading = forms.ChoiceField(label="分档办法", required=False, help_text="目标值不是一个数的才选")
    note = words("说明", 500, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = readings(law_on(timezone.localdate()))
        reading: Any = self.fields["reading"]
        reading.choices = [("", "不分档"), *known.items()]

    def clean_parameters(self) -> dict[str, str]:
        """``name=value`` apart by semicolons."""
        given = {}
        for part in self.cleaned_data["parameters"].replace("；", ";").split(";"):
            if not part.strip():
                continue
            name, sign, value = part.partition("=")
            if not sign or not name.strip() or not value.strip():
                raise forms.ValidationError("请写成 名称=值，几个之间用分号隔开。")
            given[name.strip()] = value.strip()
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.BIND)
def bind(request: HttpRequest, year: int, project: str, number: int) -> HttpResponse:
    """Confirm what a row is measured by."""
    actor = permissions.actor_of(request)
    try:
        page = pages.row_page(actor=actor, year=year, code=project, number=number)
    except InputError as error:
        raise Http404(str(error)) from error
    form = BindForm(request.POST if request.method == "POST" else None, initial=_initial(page, request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.confirm_binding(
                actor=actor,
                target_set=page.target_set,
                code=project,
                number=number,
                wish=BindingWish(**valid(form)),  # type: ignore[arg-type]
            )
        except MeasureRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            for each in made.findings:
                messages.warning(request, each.told)
            messages.success(request, "已确认，等待另一人批准；批准以前仍用原来的绑定。")
            return HttpResponseRedirect(page.row.page)
    context = {
        "page": page,
        "row": page.row,
        "form": form,
        "metrics": list(metrics().values()),
        "suggestions": [
            (each, parameters_told(dict(each.parameters)), place)
            for place, each in enumerate(page.suggestions)
        ],
    }
    return render(request, "measures/bind.html", context, status=422 if form.errors else 200)


def _initial(page: pages.RowPage, request: HttpRequest) -> dict[str, str]:
    """The suggestion that was chosen (``?use=0``), else what is in force, else the best suggestion."""
    use = request.GET.get("use", "")
    place = int(use) if use.isdecimal() and len(use) < 3 else -1
    if 0 <= place < len(page.suggestions) or (
        not page.row.metric and page.suggestions and page.row.basis == "unbound"
    ):
        each = page.suggestions[max(place, 0)]
        return {
            "basis": "computed",
            "metric": each.metric,
            "parameters": parameters_told(dict(each.parameters)),
            "reading": each.reading,
        }
    return {
        "basis": "attested" if page.row.basis == "attested" else "computed",
        "metric": page.row.metric,
        "parameters": parameters_told(dict(page.row.parameters)),
        "reading": page.row.reading,
    }
