"""The list of findings, and the list of plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.internal_audits import permissions, selectors, services
from youju.funds.internal_audits.selectors import STATES, FindingFilter, is_late, populations, record_page
from youju.funds.internal_audits.web.telling import SERIOUS_TONES, TONES
from youju.rules.funds.internal_audits.kinds import CATEGORIES, SERIOUSNESS
from youju.rules.funds.internal_audits.lifecycle import PLAN_STATES

if TYPE_CHECKING:
    from youju.funds.internal_audits.models import Finding


class FindingFilterForm(forms.Form):
    """The names are those of ``selectors.FindingFilter``."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号、问题或记录"}),
    )  # fmt: skip
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    only = forms.ChoiceField(
        label="只看", required=False,
        choices=[
            ("", "全部"), ("open", "未销号的"), ("late", "逾期的"), ("mine", "我科室要整改的"), ("verify", "等待核实的"),
            ("reopened", "重新打开过的"),
        ],
    )  # fmt: skip
    category = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *CATEGORIES.items()])
    seriousness = forms.ChoiceField(
        label="严重程度", required=False, choices=[("", "全部"), *SERIOUSNESS.items()]
    )
    section = forms.ChoiceField(label="责任科室", required=False)
    record = forms.ChoiceField(label="关联记录", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.choices = [("", "全部"), *sections().items()]
        record: Any = self.fields["record"]
        record.choices = [("", "全部"), *((each.code, each.label) for each in populations())]


def wish_of(given: Mapping[str, Any]) -> FindingFilter:
    """The cleaned fields of the form as the selectors take them."""
    return FindingFilter(**{name: value or "" for name, value in given.items()})


def _state(row: Finding) -> SafeString:
    late = format_html(' <span class="badge badge-error">{}</span>', "逾期") if is_late(row) else ""
    again = (
        format_html(' <span class="badge badge-warning">重开 {} 次</span>', row.reopened)
        if row.reopened
        else ""
    )
    return format_html(
        '<span class="badge badge-{}">{}</span>{}{}', TONES[row.state], STATES[row.state], late, again
    )


def _serious(row: Finding) -> SafeString:
    return format_html(
        '<span class="badge badge-{}">{}</span>',
        SERIOUS_TONES.get(row.seriousness, "plain"),
        SERIOUSNESS[row.seriousness],
    )


def _basis(row: Finding) -> SafeString:
    # Beside wide columns a clause would be squeezed to a character a line.
    return format_html('<span class="nowrap">{}</span>', row.basis)


LISTING = Listing(
    name="findings",
    title="监督发现的问题",
    columns=(
        Column("number", "编号", sort="number"),
        Column(
            "title", "问题", sort="title", narrow="title",
            href=lambda row: reverse("internal_audits:finding", args=[row.number]),
        ),
        Column("found", "发现日期", value="found_on", sort="found_on"),
        Column("state", "状态", value=lambda row: STATES[row.state], sort="state", draw=_state),
        Column("seriousness", "程度", value=lambda row: SERIOUSNESS[row.seriousness], sort="seriousness", draw=_serious),
        Column("category", "类别", value=lambda row: CATEGORIES[row.category], sort="category"),
        Column("amount", "金额（元）", value="amount", sort="amount", numeric=True),
        Column("record", "关联记录", value="subject_label", href=lambda row: record_page(row.subject_kind, row.subject_key)),
        Column("section", "责任科室", value=lambda row: sections().get(row.section, row.section), sort="section"),
        Column("due", "整改期限", value="due_on", sort="due_on"),
        Column("basis", "依据", value="basis", draw=_basis, narrow="hide"),
        Column("closed", "销号日期", value="closed_on", sort="closed_on", narrow="hide"),
        Column("reopened", "重新打开次数", value="reopened", sort="reopened", numeric=True, narrow="hide"),
    ),
    order="-found",
    tie=("-pk",),
    filter_form=FindingFilterForm,
    export_name="监督问题清单",
    empty="还没有监督发现的问题。可以一个一个登记，也可以整份导入。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def finding_list(request: HttpRequest) -> HttpResponseBase:
    """All findings, found by words, state, category, section and record."""
    actor = permissions.actor_of(request)
    exports = allowed(actor, permissions.EXPORT)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.findings(actor, wish_of(wish)),
        template="internal_audits/list.html",
        context={
            "may_find": allowed(actor, permissions.FIND),
            "may_export": exports,
            "papers": selectors.lists_of(actor) if exports else (),
            "filter_query": request.GET.urlencode(),
        },
        may_export=exports,
    )


@require_POST
@permission_required(permissions.EXPORT)
def make_list(request: HttpRequest) -> HttpResponse:
    """Ask for the list on paper, narrowed as the page is."""
    form = FindingFilterForm(request.GET)
    wish = wish_of(form.cleaned_data) if form.is_valid() else FindingFilter()
    asked = services.request_list(actor=permissions.actor_of(request), wish=wish)
    said = (
        "同样的清单已经生成过，可以直接下载。"
        if asked.run is None
        else "正在生成，稍等片刻刷新本页就能下载。"
    )
    messages.success(request, said)
    back = reverse("internal_audits:list")
    return HttpResponseRedirect(f"{back}?{request.GET.urlencode()}" if request.GET else back)


@require_safe
@permission_required(permissions.VIEW)
def plan_list(request: HttpRequest) -> HttpResponse:
    """The yearly plans and the engagements under way."""
    actor = permissions.actor_of(request)
    context = {
        "plans": [(row, PLAN_STATES[row.state]) for row in selectors.plans(actor)],
        "engagements": selectors.engagements(actor)[:100],
        "may_plan": allowed(actor, permissions.PLAN),
    }
    return render(request, "internal_audits/plans.html", context)
