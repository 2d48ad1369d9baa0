"""A reminder: what it is about, and settling it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told
from youju.funds.payments import permissions, selectors, services
from youju.funds.payments.web.tabs import tabs_for
from youju.rules.funds.payments.lifecycle import REMINDER_KIND


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.VIEW)
def reminder(request: HttpRequest, key: str) -> HttpResponse:
    """One reminder; a POST settles it."""
    found = selectors.reminder(actor=permissions.actor_of(request), key=key)
    if found is None:
        raise Http404("没有这条提醒。")
    here = reverse("payments:reminder", args=[key])
    if request.method == "POST":

        def deed() -> str:
            services.handle_reminder(
                actor=permissions.actor_of(request),
                key=key,
                reason=request.POST.get("reason", ""),
                expected=request.POST.get("state", ""),
            )
            return "提醒已处理。"

        return told(request, here, deed)
    what, _, rest = key.partition("-")
    about = (
        reverse("payments:payment", args=[rest])
        if what == "due"
        else reverse(
            "projects:project-tab", args=[int(rest.partition("-")[0]), "steps" if what == "step" else "plan"]
        )
    )
    context = {
        "case": found,
        "kind": REMINDER_KIND,
        "key": key,
        "here": here,
        "about": about,
        "tabs": tabs_for(request),
    }
    return render(request, "payments/reminder.html", context)
