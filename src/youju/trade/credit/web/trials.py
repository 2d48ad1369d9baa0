"""A changed policy tried on all parties: the form, the distribution before and after, who moves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.credit import addresses, charts, permissions, selectors, services
from youju.trade.credit.services import CreditRefusedError
from youju.trade.credit.web.forms import MoveFilterForm, TrialForm
from youju.trade.credit.web.shared import both, grade_badge, tabs_for

MOVES = Listing(
    name="moves",
    title="得分变化",
    columns=(
        Column(
            "name", "名称", value="name", narrow="title", href=lambda row: addresses.score(str(row.party_id))
        ),
        Column("number", "备案号", value="number", sort=("number", "pk")),
        Column("before", "现行得分", value="total_before", sort=("total_before", "pk"), numeric=True),
        Column("after", "试算得分", value="total_after", sort=("total_after", "pk"), numeric=True),
        Column("change", "变化", value="change", sort=("change", "pk"), numeric=True),
        Column("grade_before", "现行等级", draw=lambda row: grade_badge(row.grade_before)),
        Column("grade_after", "试算等级", draw=lambda row: grade_badge(row.grade_after)),
    ),
    order="change",
    filter_form=MoveFilterForm,
    export_name="信用办法试算",
    empty="没有主体的得分变化。",
)
_SHOWN = 50


@require_safe
@permission_required(permissions.SIMULATE)
def trial_list(request: HttpRequest) -> HttpResponse:
    """The trials."""
    rows = selectors.trials(permissions.actor_of(request))[:_SHOWN]
    return render(request, "credit/trials.html", {"tabs": tabs_for(request), "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.SIMULATE)
def new(request: HttpRequest) -> HttpResponse:
    """Change weights, deductions, bands and edges, and try."""
    form = TrialForm(request.POST or None, policy=services.policy_on(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        try:
            row = services.ask_trial(
                actor=permissions.actor_of(request), title=form.cleaned_data["title"], plain=form.plain
            )
        except CreditRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "正在试算，稍等片刻刷新本页看结果。")
            return HttpResponseRedirect(reverse("credit:trial", args=[row.pk]))
    context = {"form": form, "tabs": tabs_for(request)}
    return render(request, "credit/trial_new.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.SIMULATE)
def trial(request: HttpRequest, number: int) -> HttpResponseBase:
    """One trial: how the grades shift, who moves."""
    actor = permissions.actor_of(request)
    row = selectors.trial_of(actor, number)
    codes = list(dict.fromkeys((*row.before, *row.after)))
    codes.sort()
    context: dict[str, Any] = {
        "tabs": tabs_for(request),
        "row": row,
        "picture": both(lambda width: charts.before_after(row.before, row.after, codes, width=width)) if row.done else "",
        "head": ("等级", "现行户数", "试算户数", "变化"),
        "rows": [(code, row.before.get(code, 0), row.after.get(code, 0), row.after.get(code, 0) - row.before.get(code, 0))
                 for code in codes],
    }  # fmt: skip
    return render_listing(
        request,
        MOVES,
        lambda wish: selectors.moves(
            actor, number, moved=bool(wish.get("moved")), text=wish.get("text") or ""
        ),
        template="credit/trial.html",
        context=context,
        may_export=allowed(actor, permissions.EXPORT),
    )
