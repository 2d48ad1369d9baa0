"""Every case: where it stands, for how long, and what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.workflow import flows, permissions, selectors

if TYPE_CHECKING:
    from youju.foundation.workflow.models import Case


class CaseFilter(forms.Form):
    """What narrows the list; the names are those of ``selectors.cases``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称"}),
    )
    flow = forms.ChoiceField(label="流程", required=False)
    only = forms.ChoiceField(
        label="进度",
        required=False,
        choices=[("", "全部"), ("open", "办理中"), ("late", "已逾期"), ("done", "已办结")],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", "全部"), *((flow.code, flow.title) for flow in flows.registered())]
        self.fields["flow"].choices = choices  # type: ignore[attr-defined]


def _state(row: Case) -> str:
    return selectors.view(row).state_label


def _due(row: Case) -> SafeString:
    seen = selectors.view(row)
    if seen.due_on is None:
        return format_html("{}", "—")
    tone = "error" if seen.late else "plain"
    word = "逾期" if seen.late else "限办"
    return format_html('<span class="badge badge-{}">{} {}</span>', tone, word, seen.due_on)


LISTING = Listing(
    name="cases",
    title="办理进度",
    columns=(
        Column("label", "名称", sort="label", href=lambda row: selectors.view(row).url, narrow="title"),
        Column("flow", "流程", value=lambda row: selectors.view(row).flow_title, sort="flow"),
        Column("state", "状态", value=_state),
        Column("entered", "进入时间", value="entered_at", sort="entered_at"),
        Column("due", "限办日期", value="due_on", sort="due_on", draw=_due),
        Column("assigned", "指定办理人", value="assigned_to"),
        Column("started", "发起人", value="started_by", sort="started_by"),
        Column("finished", "办结时间", value="finished_at", sort="finished_at"),
    ),
    order="-entered",
    filter_form=CaseFilter,
    export_name="办理进度",
    empty="还没有进入流程的事项。提交绩效目标后，这里显示它走到了哪一步。",
)


@permission_required(permissions.VIEW)
@require_safe
def case_list(request: HttpRequest) -> HttpResponseBase:
    """All cases, found by name, flow and progress."""
    late = selectors.late().count()
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.cases(**{name: value or "" for name, value in wish.items()}),
        template="workflow/cases.html",
        context={"late": late, "today": timezone.localdate()},
    )
