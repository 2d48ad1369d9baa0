"""Who is away, who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity import selectors as identity
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.workflow import permissions, selectors, services

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.foundation.workflow.models import Absence

_DAY = {"required": "请选择日期。", "invalid": "这不是日期，请写成 2023-05-04 的样子。"}


class AbsenceForm(forms.Form):
    """From when to when, and who stands in. ``user`` is there only for who may do it for others."""

    user: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        None, label="离岗人", empty_label="请选择", error_messages={"required": "请选择离岗人。"}
    )
    substitute: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        None, label="代理人", empty_label="请选择", error_messages={"required": "请选择代理人。"}
    )
    first = forms.DateField(
        label="第一天", error_messages=_DAY, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label="最后一天", error_messages=_DAY, widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(
        label="事由", required=False, max_length=200, help_text="例如：公差、休假。同事能看到。"
    )

    def __init__(self, *args: Any, actor: User, others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = identity.colleagues(actor=actor, everybody=others)
        cast(Any, self.fields["substitute"]).queryset = people.exclude(pk=actor.pk) if not others else people
        if others:
            cast(Any, self.fields["user"]).queryset = people
            self.fields["user"].initial = actor.pk
        else:
            del self.fields["user"]


class AbsenceFilter(forms.Form):
    """What narrows the list."""

    past = forms.ChoiceField(
        label="时间", required=False, choices=[("", "现在和以后"), ("all", "全部，含已结束的")]
    )


def _state(row: Absence) -> str:
    today = timezone.localdate()
    if row.ended_at:
        return "已提前结束"
    return "已结束" if row.last < today else "离岗中" if row.first <= today else "未开始"


LISTING = Listing(
    name="absences",
    title="离岗登记",
    columns=(
        Column(
            "user",
            "离岗人",
            value="user.display_name",
            sort="user__display_name",
            href=lambda row: reverse("workflow:absence", args=[row.pk]),
            narrow="title",
        ),
        Column("substitute", "代理人", value="substitute.display_name", sort="substitute__display_name"),
        Column("first", "第一天", sort="first"),
        Column("last", "最后一天", sort="last"),
        Column("state", "状态", value=_state),
        Column("reason", "事由"),
        Column("organisation", "单位", value="user.organisation.name", sort="user__organisation__name"),
    ),
    order="first",
    filter_form=AbsenceFilter,
    export_name="离岗登记",
    empty="没有离岗登记。公差或休假前登记代理人，您的待办就不会停下。",
    next_step=("登记离岗", cast("str", reverse_lazy("workflow:absence-new"))),
)


@permission_required(permissions.OWN)
@require_safe
def absence_list(request: HttpRequest) -> HttpResponseBase:
    """My absences and those in which I stand in; everybody's for who manages them."""
    actor = permissions.actor_of(request)
    others = allowed(actor, permissions.MANAGE_ABSENCES)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.absences(user=None if others else actor, ended=bool(wish.get("past"))),
        template="workflow/absences.html",
    )


@permission_required(permissions.OWN)
@require_safe
def one_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    """One absence and its history, and the button that ends it."""
    row, may_end = selectors.absence_page(absence_id, permissions.actor_of(request))
    context = {"row": row, "state": _state(row), "may_end": may_end}
    return render(request, "workflow/absence.html", context)


@permission_required(permissions.OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def new_absence(request: HttpRequest) -> HttpResponse:
    """Register an absence."""
    actor = permissions.actor_of(request)
    others = allowed(actor, permissions.MANAGE_ABSENCES)
    form = AbsenceForm(request.POST or None, actor=actor, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.set_absence(actor=actor, **{"user": actor, **form.cleaned_data})
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, f"已登记：{row.first} 到 {row.last} 由{row.substitute.display_name}代理。"
            )
            return HttpResponseRedirect(reverse("workflow:absences"))
    return render(request, "workflow/absence_form.html", {"form": form}, status=422 if form.errors else 200)


@permission_required(permissions.OWN)
@require_POST
def end_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    """End an absence today."""
    row = services.end_absence(actor=permissions.actor_of(request), absence_id=absence_id)
    messages.success(request, f"{row.user.display_name}的离岗登记已结束。")
    return HttpResponseRedirect(reverse("workflow:absences"))
