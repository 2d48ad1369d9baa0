"""What was planned and declared of a packing; asking for a plan and naming a broker."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told, valid
from youju.trade.declarations import permissions, selectors, services
from youju.trade.declarations.web.forms import BrokerForm, PlanForm
from youju.trade.declarations.web.telling import plan_badge, state_badge
from youju.trade.parties.countries import country_name


@require_safe
@permission_required(permissions.VIEW)
def packing(request: HttpRequest, number: str) -> HttpResponse:
    """Plans and declarations of a packing, and what to do next."""
    page = selectors.declaring_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这张装箱单，或您的单位没有参与。")
    packed = page.packed
    context = {
        "page": page,
        "facts": [
            ("外贸代理", "　".join(packed.agent)),
            ("装箱日期", packed.packed_on.isoformat()),
            ("运抵国（地区）", country_name(packed.country, "zh")),
        ],
        "plans": [(each, plan_badge(each.state)) for each in page.plans],
        "declarations": [(each, str(each), state_badge(each.state)) for each in page.declarations],
        "form": PlanForm(initial={"broker": request.GET.get("broker", "")[:20]}),
        "broker": BrokerForm(),
    }
    return render(request, "declarations/packing.html", context)


@require_POST
@permission_required(permissions.PLAN)
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a plan and go to it."""
    made: list[int] = []

    def deed() -> str:
        given: dict[str, Any] = valid(PlanForm(request.POST))
        row = services.plan_packing(
            actor=permissions.actor_of(request),
            number=number,
            day=given["day"],
            broker=given["broker"].strip(),
        )
        made.append(row.pk)
        return "方案已经算好。" if row.state == "proposed" else "正在分票，算好后这里会显示。"

    answer = told(request, reverse("declarations:packing", args=[number]), deed)
    return HttpResponseRedirect(reverse("declarations:plan", args=made)) if made else answer


@require_POST
@permission_required(permissions.PLAN)
def broker(request: HttpRequest, number: str) -> HttpResponse:
    """Name the broker who may plan and declare it; it stands in the form for planning from then on."""
    named: list[str] = []

    def deed() -> str:
        given: dict[str, Any] = valid(BrokerForm(request.POST))
        found = services.name_broker(
            actor=permissions.actor_of(request), number=number, broker=given["broker"].strip()
        )
        named.append(found.number)
        return f"已委托 {found.name}：它现在能看到这张装箱单，可以分票和报关。"

    here = reverse("declarations:packing", args=[number])
    answer = told(request, here, deed)
    return HttpResponseRedirect(f"{here}?{urlencode({'broker': named[0]})}") if named else answer
