"""Trials of thresholds: asked for, and what they came to."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import valid
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.risk.judging import CASES, titles
from youju.rules.trade.risk.lifecycle import CONCLUSIONS
from youju.trade.risk import addresses, permissions, selectors, services
from youju.trade.risk.web.forms import MonthsForm
from youju.trade.risk.web.tabs import tabs_for

TRIALS = Listing(
    name="trials",
    title="试算",
    columns=(
        Column("rule", "规则", lambda row: f"{row.rule} {titles().get(row.rule, '')}", sort="rule", narrow="title",
               href=lambda row: addresses.trial(str(row.pk))),
        Column("window", "业务日期", lambda row: f"{row.since} 至 {row.until}（不含）"),
        Column("parameters", "试用的门槛", lambda row: "、".join(f"{k.split('.')[-1]} {v}" for k, v in row.parameters.items())),
        Column("state", "状态", lambda row: "已完成" if row.state == "done" else "排队或进行中", sort="state"),
        Column("now", "现在命中", lambda row: row.result.get("now"), numeric=True),
        Column("then", "试算命中", lambda row: row.result.get("then"), numeric=True),
        Column("asked_by", "发起人", sort="asked_by"),
        Column("created_at", "时间", sort="id"),
    ),
    order="-created_at",
    export_name="门槛试算",
    empty="还没有试算过。在“规则”里选一条规则，换一个门槛，看它去年会查出什么。",
)  # fmt: skip


@require_safe
@permission_required(permissions.RUN)
def trials(request: HttpRequest) -> HttpResponseBase:
    """The trials."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        TRIALS,
        lambda _wish: selectors.trials(actor=actor),
        template="risk/trials.html",
        context={"tabs": tabs_for(request)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.RUN)
def trial(request: HttpRequest, number: int) -> HttpResponse:
    """What a trial came to, beside the conclusions."""
    row = selectors.trials(actor=permissions.actor_of(request)).filter(pk=number).first()
    if row is None:
        raise Http404("没有这次试算。")
    told = [
        (CONCLUSIONS.get(word, word), *counts) for word, counts in row.result.get("concluded", {}).items()
    ]
    context = {
        "row": row,
        "title": titles().get(row.rule, ""),
        "result": row.result,
        "concluded": told,
        "added": [
            (day, message, CONCLUSIONS.get(word, ""))
            for day, _, message, word in row.result.get("added_rows", ())
        ],
        "gone": [
            (day, message, CONCLUSIONS.get(word, ""))
            for day, _, message, word in row.result.get("gone_rows", ())
        ],
        "tabs": tabs_for(request),
    }
    return render(request, "risk/trial.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.RUN)
def try_rule(request: HttpRequest, rule: str) -> HttpResponse:
    """A form with a rule's numbers; a POST asks for the trial."""
    if rule not in CASES:
        raise Http404("没有这条规则。")
    actor, today = permissions.actor_of(request), timezone.localdate()
    numbers = services.numbers_of(rule, today)
    last = f"{today.year - 1}"
    problem = ""
    if request.method == "POST":
        try:
            given: dict[str, Any] = valid(MonthsForm(request.POST))
            row = services.ask_for_trial(
                actor=actor,
                rule=rule,
                parameters={name: request.POST.get(name, "") for name in numbers},
                since=given["since"],
                until=given["until"],
            )
        except InputError as error:
            problem = str(error)
        else:
            return HttpResponseRedirect(reverse("risk:trial", args=[row.pk]))
    from youju.foundation.policies import load

    policies = load().policies
    context = {
        "rule": rule,
        "title": titles()[rule],
        "numbers": [
            (name, policies[name].label, policies[name].unit, value, request.POST.get(name, ""))
            for name, value in numbers.items()
        ],
        "form": MonthsForm(request.POST or {"since": f"{last}-01", "until": f"{last}-12"}),
        "problem": problem,
        "may_try": allowed(actor, permissions.RUN),
        "tabs": tabs_for(request),
    }
    return render(request, "risk/try.html", context, status=422 if problem else 200)
