"""The list of tasks, and what narrows list, board and calendar alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.office.tasks import permissions, selectors
from youju.office.tasks.selectors import STATES, TaskFilter, state_label
from youju.office.tasks.web.telling import is_late, tone_of
from youju.rules.office.tasks.kinds import KIND_NAMES

if TYPE_CHECKING:
    from youju.office.tasks.models import Task


class TaskFilterForm(forms.Form):
    """The names are those of ``selectors.TaskFilter``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号、事项或办理人"}),
    )
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *KIND_NAMES.items()])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    only = forms.ChoiceField(
        label="只看",
        required=False,
        choices=[("", "全部"), ("mine", "我办的"), ("open", "没有办完的"), ("late", "已逾期的")],
    )
    section = forms.ChoiceField(label="科室", required=False)
    tag = forms.CharField(label="标签", required=False, max_length=20)
    project = forms.CharField(label="项目编码", required=False, max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.choices = [("", "全部"), *sections().items()]

    @property
    def wish(self) -> TaskFilter:
        """What narrows; what was mistyped narrows nothing."""
        self.is_valid()
        return wish_of(self.cleaned_data)


def wish_of(given: Mapping[str, Any]) -> TaskFilter:
    """The cleaned fields of the form as the selectors take them."""
    return TaskFilter(**{name: value or "" for name, value in given.items()})


def _state(row: Task) -> SafeString:
    late = format_html(' <span class="badge badge-error">{}</span>', "逾期") if is_late(row) else ""
    return format_html('<span class="badge badge-{}">{}</span>{}', tone_of(row), state_label(row), late)


LISTING = Listing(
    name="tasks",
    title="任务",
    columns=(
        Column("number", "编号", sort="number"),
        Column(
            "title",
            "事项",
            sort="title",
            narrow="title",
            href=lambda row: reverse("tasks:task", args=[row.pk]),
        ),
        Column("kind", "类别", value=lambda row: KIND_NAMES[row.kind], sort="kind"),
        Column("state", "状态", value=state_label, sort="state", draw=_state),
        Column("due", "期限", value="due_on", sort="due_on"),
        Column("person", "办理人", value="person_name", sort="person_name"),
        Column("section", "科室", value=lambda row: sections().get(row.section, row.section), sort="section"),
        Column("tags", "标签", value="tags", narrow="hide"),
        Column("project", "项目编码", value="project", sort="project", narrow="hide"),
        Column("accepted", "验收日期", value="accepted_on", sort="accepted_on", narrow="hide"),
    ),
    order="due",
    filter_form=TaskFilterForm,
    export_name="任务",
    empty="还没有任务。可以一件一件安排，也可以把年度工作计划整份导入。",
)


@require_safe
@permission_required(permissions.VIEW)
def task_list(request: HttpRequest) -> HttpResponseBase:
    """All tasks, found by words, kind, state, tag, project, section."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.tasks(actor, wish_of(wish)),
        template="tasks/list.html",
        context={
            "may_plan": allowed(actor, permissions.PLAN),
            "may_import": allowed(actor, permissions.IMPORT),
        },
        may_export=allowed(actor, permissions.EXPORT),
    )
