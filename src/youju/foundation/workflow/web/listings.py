"""Every case: where it stands, for how long, for whom it waits, and what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.workflow import flows, permissions, selectors

if TYPE_CHECKING:
    from youju.foundation.workflow.models import Case


class LateFilter(forms.Form):
    """What narrows the list of what is late; the names are those of ``selectors.late``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称"}),
    )
    flow = forms.ChoiceField(label="流程", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", "全部"), *((flow.code, flow.title) for flow in flows.registered())]
        self.fields["flow"].choices = choices  # type: ignore[attr-defined]


class CaseFilter(LateFilter):
    """What narrows the list of cases; the names are those of ``selectors.cases``."""

    only = forms.ChoiceField(
        label="进度",
        required=False,
        choices=[("", "全部"), ("open", "办理中"), ("late", "已逾期"), ("done", "已办结")],
    )


def _due(row: Case) -> SafeString:
    seen = selectors.view(row)
    if seen.due_on is None:
        return format_html("{}", "—")
    tone = "error" if seen.late else "plain"
    word = "逾期" if seen.late else "限办"
    note = "（暂定）" if seen.provisional else ""
    return format_html('<span class="badge badge-{}">{} {}{}</span>', tone, word, seen.due_on, note)


def _late_by(row: Case) -> SafeString:
    days = selectors.days_late(row)
    return format_html('<span class="badge badge-error">{}</span>', f"{days} 个工作日" if days else "已逾期")


LABEL = Column("label", "名称", sort="label", href=lambda row: selectors.view(row).url, narrow="title")
FLOW = Column("flow", "流程", value=lambda row: selectors.view(row).flow_title, sort="flow")
STATE = Column(
    "state",
    "状态",
    value=lambda row: selectors.view(row).state_label,
    href=lambda row: reverse("workflow:case", args=[row.pk]),
)
WAITS = Column("waits", "等待谁办理", value=lambda row: selectors.view(row).waits_for)
ENTERED = Column("entered", "进入时间", value="entered_at", sort="entered_at")

LISTING = Listing(
    name="cases",
    title="办理进度",
    columns=(
        LABEL,
        FLOW,
        STATE,
        ENTERED,
        Column("due", "限办日期", value="due_on", sort="due_on", draw=_due),
        WAITS,
        Column("started", "发起人", value=lambda row: row.started_name or row.started_by, sort="started_by"),
        Column("finished", "办结时间", value="finished_at", sort="finished_at"),
    ),
    order="-entered",
    filter_form=CaseFilter,
    export_name="办理进度",
    empty="还没有进入流程的事项。提交绩效目标后，这里显示它走到了哪一步。",
)
LATE = Listing(
    name="late",
    title="逾期事项",
    columns=(
        LABEL,
        FLOW,
        STATE,
        WAITS,
        Column("due", "限办日期", value="due_on", sort="due_on"),
        Column("days", "逾期（工作日）", value=selectors.days_late, draw=_late_by),
        ENTERED,
    ),
    order="due",
    filter_form=LateFilter,
    export_name="逾期事项",
    empty="没有逾期的事项。限办日期过去而没有办理的，会列在这里。",
)


@permission_required(permissions.VIEW)
@require_safe
def case_list(request: HttpRequest) -> HttpResponseBase:
    """All cases, found by name, flow and progress."""
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.cases(**{name: value or "" for name, value in wish.items()}),
        template="workflow/cases.html",
        context={"late": selectors.late().count()},
    )


@permission_required(permissions.VIEW)
@require_safe
def late_list(request: HttpRequest) -> HttpResponseBase:
    """What should have been moved on, the oldest first, and for whom it waits."""
    return render_listing(
        request,
        LATE,
        lambda wish: selectors.late(**{name: value or "" for name, value in wish.items()}),
        template="workflow/late.html",
    )
