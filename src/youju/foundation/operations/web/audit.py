"""The audit trail: found by subject, person, deed and time; each entry with what it changed and its place in the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.audit import roots, selectors
from youju.foundation.audit.subjects import kinds
from youju.foundation.audit.verbs import declared
from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.operations import services
from youju.foundation.operations.jobs import ask_for_verification
from youju.foundation.shell.keeping import kept
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.shell.widgets import PlainSelect

if TYPE_CHECKING:
    from youju.foundation.audit.models import Entry
    from youju.foundation.identity.models import User

_DAY = {"invalid": "这不是日期，请写成 2023-05-04 的样子。"}


class TrailFilter(forms.Form):
    """What narrows the trail; the names are those of ``selectors.entries``."""

    kind = forms.ChoiceField(label="对象类别", required=False, widget=PlainSelect)
    key = forms.CharField(label="对象编号", required=False, max_length=200)
    actor = forms.CharField(label="用户名", required=False, max_length=64)
    verb = forms.ChoiceField(label="动作", required=False, widget=PlainSelect)
    since = forms.DateField(
        label="从", required=False, error_messages=_DAY, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="到", required=False, error_messages=_DAY, widget=forms.DateInput(attrs={"type": "date"})
    )
    request_id = forms.CharField(label="请求号", required=False, max_length=64)
    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、理由、姓名"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind_choices = [("", "全部"), *((kind.code, kind.name) for kind in kinds())]
        verb_choices = [
            ("", "全部"),
            *sorted(((verb.code, verb.sentence) for verb in declared()), key=lambda pair: pair[1]),
        ]
        cast(Any, self.fields["kind"]).choices = kind_choices
        cast(Any, self.fields["verb"]).choices = verb_choices


def _line(row: Entry) -> selectors.Line:
    """The entry in words, found once for all of its cells."""
    try:
        return cast(selectors.Line, vars(row)["in_words"])
    except KeyError:
        vars(row)["in_words"] = line = selectors.line(row)
        return line


def _changes(row: Entry) -> str:
    line = _line(row)
    told = [f"{each.name}：{each.before or '（无）'} → {each.after or '（无）'}" for each in line.changes]
    return "；".join(told)[:300]


LISTING = Listing(
    name="audit",
    title="审计记录",
    columns=(
        Column(
            "at",
            "时间",
            sort="at",
            href=lambda row: reverse("operations:audit-entry", args=[row.segment, row.position]),
        ),
        Column("who", "谁", value=lambda row: _line(row).who),
        Column("deed", "做了什么", value=lambda row: _line(row).deed),
        Column(
            "subject",
            "对象",
            value=lambda row: _line(row).subject,
            href=lambda row: _line(row).url,
            narrow="title",
        ),
        Column("changes", "改动", value=_changes),
        Column("reason", "理由"),
        Column("address", "地址"),
        Column("request", "请求号", value="request_id"),
    ),
    order="-at",
    tie=("-segment", "-position"),
    filter_form=TrailFilter,
    export_name="审计记录",
    empty="没有符合条件的记录。",
)


@permission_required(Permission.AUDIT_VIEW)
@require_safe
@kept(also=roots.stamp)
def trail(request: HttpRequest) -> HttpResponseBase:
    """The trail, newest first."""
    may_export = allowed(request.user, Permission.AUDIT_EXPORT)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.entries(**{name: value for name, value in wish.items() if value}),
        template="operations/audit.html",
        context={
            "root": roots.latest(),
            "total": selectors.total_entries(),
            "may_verify": may_export,
            "verified": services.last_verification(),
        },
        may_export=may_export,
    )


@permission_required(Permission.AUDIT_VIEW)
@require_safe
def entry(request: HttpRequest, segment: int, position: int) -> HttpResponse:
    """One entry: what it says, what it changed, and its place in the chain."""
    line = selectors.entry(segment, position)
    if line is None:
        raise InputError(
            "没有这条审计记录", where=f"第 {segment} 段第 {position} 条", how="请回到列表", status=404
        )
    context = {
        "line": line,
        "before": selectors.entry(segment, position - 1),
        "after": selectors.entry(segment, position + 1),
    }
    return render(request, "operations/audit_entry.html", context)


@permission_required(Permission.AUDIT_EXPORT)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Start a verification of the whole trail; its page shows how far it is."""
    run_id = ask_for_verification(actor=cast("User", request.user))
    messages.success(request, "已开始核对，完成后这里显示结果。")
    return HttpResponseRedirect(reverse("operations:job", args=[run_id]))
