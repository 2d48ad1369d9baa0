"""Hits: the list, one of them, the deeds with it, and what a party sees of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.shell.deeds import chosen, revision, told, valid
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.risk.lifecycle import CONCLUSIONS, STATES
from youju.trade.orders import addresses as orders
from youju.trade.packing import addresses as packing
from youju.trade.parties import addresses as parties
from youju.trade.risk import addresses, events, permissions, selectors, services
from youju.trade.risk.web import columns
from youju.trade.risk.web.forms import AssignForm, DecideForm, DisposeForm, HitFilter, WordsForm
from youju.trade.risk.web.tabs import tabs_for


def _declaration(number: str) -> str:
    """Evidence names a declaration without its version: the list shows the newest."""
    return f"{reverse('declarations:declarations')}?{urlencode({'q': number})}"


_LEADS: dict[str, tuple[str, Callable[[str], str | None], Permission]] = {
    "order": ("交易单", orders.order, Permission.ORDERS_VIEW),
    "declaration": ("报关单", _declaration, Permission.DECLARATIONS_VIEW),
    "packing": ("装箱单", packing.packing, Permission.PACKING_VIEW),
    "party": ("主体", parties.party, Permission.PARTIES_VIEW),
}
_NAMES = {"claim": "补贴申请"}
_LIST = (
    Column("message", "情况", narrow="title", href=lambda row: addresses.hit(str(row.pk))),
    Column("rule", "规则", sort="rule", draw=lambda row: columns.code(row.rule)),
    Column("day", "业务日期", sort=("day",)),
    Column("stake", "涉及金额（美元）", sort="stake", numeric=True),
    Column("points", "风险分", sort="points", numeric=True, narrow="hide"),
    Column("state", "状态", lambda row: STATES[row.state], sort="state", draw=columns.state),
    Column("conclusion", "结论", lambda row: CONCLUSIONS.get(row.conclusion, ""), page=False),
    Column("subject", "对象", page=False),
    Column("assigned_to", "承办人", sort="assigned_to", narrow="hide"),
    Column("found_at", "发现时间", sort="id", narrow="hide"),
)
HITS = Listing(
    name="hits",
    title="预警",
    columns=(Column("tick", "选", lambda _row: "", draw=columns.tick, export=False), *_LIST),
    order="-found_at",
    filter_form=HitFilter,
    export_name="风险预警",
    parquet=True,
    empty="没有预警。每天凌晨扫描最近的业务，也可以在“扫描”里对历史扫描。",
)
OWN = Listing(
    name="own",
    title="预警",
    columns=tuple(each for each in _LIST if each.key in {"message", "rule", "day", "state", "stake"}),
    order="-day",
    empty="没有向您单位公开的风险预警。",
)


@require_safe
@permission_required(permissions.VIEW)
def hits(request: HttpRequest) -> HttpResponseBase:
    """The list."""
    actor = permissions.actor_of(request)
    may_assign = allowed(actor, permissions.ASSIGN)
    return render_listing(
        request,
        HITS,
        lambda wish: selectors.hits(
            actor=actor,
            rule=wish.get("rule") or "",
            state=wish.get("state") or "",
            conclusion=wish.get("conclusion") or "",
            text=wish.get("q") or "",
            place=wish.get("place") or "",
            since=wish.get("since"),
            until=wish.get("until"),
            mine=bool(wish.get("mine")),
        ),
        template="risk/hits.html",
        context={
            "tabs": tabs_for(request),
            "form": AssignForm(officers=selectors.officer_choices(actor)) if may_assign else None,
        },
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.APPEAL)
def own(request: HttpRequest) -> HttpResponseBase:
    """What was opened to the asker's organisation."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        OWN,
        lambda _wish: selectors.own_hits(actor=actor),
        template="risk/own.html",
        context={"tabs": tabs_for(request)},
    )


@require_safe
@any_permission_required(permissions.VIEW, permissions.APPEAL)
def hit(request: HttpRequest, number: int) -> HttpResponse:
    """One hit with its evidence and what the asker may do with it."""
    actor = permissions.actor_of(request)
    page = selectors.hit_page(actor=actor, hit=number)
    if page is None:
        raise Http404("没有这条预警，或者没有向您单位公开。")
    officers = [("", "按科室轮流"), *page.officers]
    context = {
        "page": page,
        "row": page.row,
        "state": columns.state(page.row),
        "conclusion": CONCLUSIONS.get(page.row.conclusion, ""),
        "evidence": [(each, *_lead(request, each)) for each in page.evidence],
        "lanes": [(each, columns.lane(each.lane)) for each in page.lanes],
        "party_url": parties.party(str(page.party[0]))
        if page.party and allowed(actor, Permission.PARTIES_VIEW)
        else None,
        "sees": allowed(actor, permissions.VIEW),
        "assign_form": AssignForm(officers=officers[1:]),
        "words_form": WordsForm(),
        "dispose_form": DisposeForm(),
        "decide_form": DecideForm(),
        "kind": events.HIT_KIND,
        "key": str(page.row.pk),
        "tabs": tabs_for(request),
    }
    return render(request, "risk/hit.html", context)


def _lead(request: HttpRequest, each: selectors.Evidence) -> tuple[str, str | None]:
    if each.kind not in _LEADS:
        return _NAMES.get(each.kind, each.kind), None
    label, url, needed = _LEADS[each.kind]
    return label, url(each.key) if allowed(request.user, needed) else None


@require_POST
@permission_required(permissions.ASSIGN)
def assign(request: HttpRequest) -> HttpResponse:
    """Give the ticked hits out."""

    def deed() -> str:
        actor = permissions.actor_of(request)
        form = AssignForm(request.POST, officers=selectors.officer_choices(actor))
        given: dict[str, Any] = valid(form)
        count = services.assign_hits(actor=actor, hits=chosen(request, "hit"), to=given["to"])
        return f"已分派 {count} 条。"

    back = request.POST.get("back", "")
    return told(request, addresses.hit(back) or reverse("risk:hits"), deed)


@require_POST
@any_permission_required(permissions.DISPOSE, permissions.APPEAL, permissions.DECIDE)
def step(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """A deed with one hit: ask, answer, dispose, appeal, decide."""
    if name not in _STEPS:
        raise Http404("没有这个步骤。")
    actor = permissions.actor_of(request)
    return told(
        request,
        reverse("risk:hit", args=[number]),
        lambda: _STEPS[name](request, actor, number, revision(request)),
    )


def _ask(request: HttpRequest, actor: Any, number: int, seen: int | None) -> str:
    given: dict[str, Any] = valid(WordsForm(request.POST))
    services.ask_party(actor=actor, hit=number, reason=given["words"], expected=seen)
    return "已请主体说明。"


def _answer(request: HttpRequest, actor: Any, number: int, seen: int | None) -> str:
    given: dict[str, Any] = valid(WordsForm(request.POST))
    services.answer_hit(actor=actor, hit=number, words=given["words"], expected=seen)
    return "说明已提交。"


def _dispose(request: HttpRequest, actor: Any, number: int, seen: int | None) -> str:
    given: dict[str, Any] = valid(DisposeForm(request.POST))
    services.dispose_hit(
        actor=actor, hit=number, conclusion=given["conclusion"], grounds=given["grounds"], expected=seen
    )
    return "已处置。"


def _appeal(request: HttpRequest, actor: Any, number: int, seen: int | None) -> str:
    given: dict[str, Any] = valid(WordsForm(request.POST))
    services.appeal_hit(actor=actor, hit=number, words=given["words"], expected=seen)
    return "申诉已提交。"


def _decide(request: HttpRequest, actor: Any, number: int, seen: int | None) -> str:
    given: dict[str, Any] = valid(DecideForm(request.POST))
    services.decide_appeal(
        actor=actor, hit=number, decision=given["decision"], conclusion=given["conclusion"], expected=seen
    )
    return "已答复申诉。"


_STEPS = {"ask": _ask, "answer": _answer, "dispose": _dispose, "appeal": _appeal, "decide": _decide}
