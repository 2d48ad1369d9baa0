"""Who is away, who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity import selectors as identity
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import permissions, selectors, services

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

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


@permission_required(permissions.OWN)
@require_safe
def absence_list(request: HttpRequest) -> HttpResponse:
    """My absences and those in which I stand in; everybody's for who manages them."""
    actor = cast("User", request.user)
    others = allowed(actor, permissions.MANAGE_ABSENCES)
    rows = selectors.absences(user=None if others else actor)
    return render(request, "workflow/absences.html", {"rows": rows, "others": others})


@permission_required(permissions.OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def new_absence(request: HttpRequest) -> HttpResponse:
    """Register an absence."""
    actor = cast("User", request.user)
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
    row = services.end_absence(actor=cast("User", request.user), absence_id=absence_id)
    messages.success(request, f"{row.user.display_name}的离岗登记已结束。")
    return HttpResponseRedirect(reverse("workflow:absences"))
