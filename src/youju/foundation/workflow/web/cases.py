"""One case: its way, its log, and handing it to a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import permissions, selectors, services

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


class HandForm(forms.Form):
    """To whom, and why."""

    to = forms.ChoiceField(
        label="转给",
        error_messages={"invalid_choice": "这位同事现在不能办理，请另选一位。", "required": "请选择转给谁。"},
    )
    reason = forms.CharField(
        label="理由",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写一句话，对方会看到。"},
    )

    def __init__(self, *args: Any, people: Iterable[User], assigned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "不指定，由有权限的人办理" if assigned else "请选择")]
        choices += [(user.username, f"{user.display_name}（{user.organisation.name}）") for user in people]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        self.fields["to"].required = not assigned


@permission_required(permissions.VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def one_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Where a case stands and how it came there; a POST hands it over."""
    actor = permissions.actor_of(request)
    page = selectors.case_page(case_id, actor)
    assigned = bool(page.case.assigned_to)
    form = HandForm(request.POST or None, people=page.candidates, assigned=assigned)
    if request.method == "POST" and form.is_valid():
        try:
            moved = services.reassign_case(case_id=case_id, actor=actor, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已转办，现在等待{moved.waits_for}办理。")
            return HttpResponseRedirect(reverse("workflow:case", args=[case_id]))
    # Nothing to choose from: the form would only refuse.
    shown = form if page.candidates or (assigned and not page.case.finished) else None
    return render(
        request,
        "workflow/case.html",
        {"page": page, "case": page.case, "log": page.log, "milestones": page.milestones, "form": shown},
        status=422 if form.errors else 200,
    )
