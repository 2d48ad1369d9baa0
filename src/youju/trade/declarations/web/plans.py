"""A plan as a picture, moving an order with what that costs, accepting and dropping."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import revision, told, valid
from youju.rules.trade.declarations.money import amount_of
from youju.trade.declarations import events, permissions, selectors, services
from youju.trade.declarations.web.bars import bar, compared, percent
from youju.trade.declarations.web.forms import MoveForm
from youju.trade.declarations.web.telling import plan_badge, state_badge


@require_safe
@permission_required(permissions.VIEW)
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The plan; with ``order`` and ``to`` in the address also what that move would cost."""
    asked = MoveForm(request.GET)
    order, to = (
        (asked.cleaned_data["order"].strip(), asked.cleaned_data["to"]) if asked.is_valid() else ("", None)
    )
    page = selectors.plan_page(actor=permissions.actor_of(request), plan_id=plan_id, order=order, to=to)
    if page is None:
        raise Http404("没有这个分票方案，或您的单位没有参与。")
    declarations = [
        {
            "made": each,
            "picture": bar(each),
            "percent": percent(each.share),
            "total": amount_of(each.cents),
            "free": amount_of(each.cap - each.cents) if each.cap is not None else None,
            "cap": amount_of(each.cap) if each.cap is not None else None,
            "orders": [(order, amount_of(order.cents)) for order in each.orders],
            "state": state_badge(each.state) if each.state else "",
        }
        for each in page.declarations
    ]
    part = request.headers.get("HX-Request") == "true"
    context = {
        "page": page,
        "row": page.row,
        "kind": events.PLAN_KIND,
        "state": plan_badge(page.row.state),
        "declarations": declarations,
        "orders_count": sum(len(each.orders) + each.hidden for each in page.declarations),
        "wished": {"order": order, "to": to},
        "cost": _cost(page) if page.cost else None,
        "said": list(page.row.proof.get("said", ())),
        "wants_words": any(each["severity"] == "warning" for each in page.row.proof.get("said", ())),
        "may_change": page.may_edit and page.open,
        "may_drop": page.may_edit and page.row.state in {"planning", "proposed"},
        "may_export": allowed(request.user, permissions.EXPORT),
        "see_orders": allowed(request.user, permissions.ORDERS),
        "lists": list(enumerate(services.LIST_NAMES)),
        "last_move": page.row.moved[-1] if page.row.moved else None,
    }
    return render(request, "declarations/_waiting.html" if part else "declarations/plan.html", context)


def _cost(page: selectors.PlanPage) -> dict[str, Any]:
    cost = page.cost
    assert cost is not None  # noqa: S101 - asked by the caller
    caps = {each.number: each.cap for each in page.declarations}
    after = {order: made for made in cost.after for order in made.orders}
    rows = []
    for was in cost.before:
        now = next((after[order] for order in was.orders if order in after and order != cost.order), None)
        rows.append(_row(was.number, was, now, caps.get(was.number)))
    if cost.opened:
        made = after[cost.order]
        rows.append(_row(made.number, None, made, caps.get(cost.source)))
    return {
        "cost": cost,
        "rows": rows,
        "more": cost.declarations[1] - cost.declarations[0],
        "more_lines": cost.lines[1] - cost.lines[0],
    }


def _row(number: int, was: Any, now: Any, cap: int | None) -> dict[str, Any]:
    return {
        "number": number,
        "before": amount_of(was.cents) if was else None,
        "after": amount_of(now.cents) if now else None,
        "lines_before": len(was.lines) if was else None,
        "lines_after": len(now.lines) if now else None,
        "cap": amount_of(cap) if cap is not None else None,
        "picture": compared(was, now, cap),
    }


@require_POST
@permission_required(permissions.PLAN)
def move(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Move an order; a refused move shows why and what it would have cost."""
    here = reverse("declarations:plan", args=[plan_id])
    moved: list[bool] = []

    def deed() -> str:
        given: dict[str, Any] = valid(MoveForm(request.POST))
        _, cost = services.move_order(
            actor=permissions.actor_of(request),
            plan_id=plan_id,
            order=given["order"].strip(),
            to=given["to"],
            expected=revision(request),
        )
        moved.append(True)
        before, after = cost.declarations
        lines = cost.lines[1] - cost.lines[0]
        return f"已移动交易单 {cost.order}：{before} 票变 {after} 票，商品项{'多' if lines >= 0 else '少'} {abs(lines)} 项。"

    answer = told(request, here, deed)
    if moved:
        return answer
    asked = {name: request.POST.get(name, "") for name in ("order", "to")}
    return HttpResponseRedirect(f"{here}?{urlencode(asked)}#cost")


@require_POST
@permission_required(permissions.PLAN)
def undo(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take the last move back."""

    def deed() -> str:
        services.undo_move(actor=permissions.actor_of(request), plan_id=plan_id, expected=revision(request))
        return "已撤回上一次移动。"

    return told(request, reverse("declarations:plan", args=[plan_id]), deed)


@require_POST
@permission_required(permissions.PLAN)
def accept(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Make the declarations."""

    def deed() -> str:
        rows = services.accept_plan(
            actor=permissions.actor_of(request),
            plan_id=plan_id,
            expected=revision(request),
            explanation=request.POST.get("explanation", "").replace("\0", ""),
        )
        return f"已做成 {len(rows)} 票报关单，请补全表头后预录入。"

    return told(request, reverse("declarations:plan", args=[plan_id]), deed)


@require_POST
@permission_required(permissions.PLAN)
def drop(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Give the plan up."""

    def deed() -> str:
        services.drop_plan(actor=permissions.actor_of(request), plan_id=plan_id, expected=revision(request))
        return "已放弃这个方案，可以重新分票。"

    return told(request, reverse("declarations:plan", args=[plan_id]), deed)
