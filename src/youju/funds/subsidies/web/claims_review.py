"""The centre's pages on applications: the work list, and an opinion with its declaration on conflicts of interest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.shell.deeds import told
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.subsidies import permissions, services
from youju.funds.subsidies.selectors import claims as selectors
from youju.funds.subsidies.web.claim_forms import ClaimFilter
from youju.funds.subsidies.web.claims_own import state_badge

LISTING = Listing(
    name="claims",
    title="补贴申请",
    columns=(
        Column("number", "申请编号", sort="number", narrow="title", href=lambda r: reverse("claims:claim", args=[r.number])),
        Column("policy", "政策", value="policy_title", sort="policy_title"),
        Column("party", "申请人", value="party_name", sort="party_name"),
        Column("code", "统一社会信用代码", value="credit_code", narrow="hide"),
        Column("amount", "算出（元）", sort="amount", numeric=True),
        Column("state", "状态", value=selectors.label_of, sort="state", draw=state_badge),
        Column("submitted", "提交时间", value="submitted_at", sort="submitted_at"),
    ),
    order="-submitted",
    filter_form=ClaimFilter,
    export_name="补贴申请",
    empty="还没有提交的申请。企业在“我能享受什么”里申请，提交后列在这里。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW_CLAIMS)
def claim_list(request: HttpRequest) -> HttpResponseBase:
    """The section's applications, or all."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.claims(
            actor,
            text=wish.get("text") or "",
            state=wish.get("state") or "",
            waiting=bool(wish.get("waiting")),
        ),
        may_export=allowed(actor, permissions.EXPORT_CLAIMS),
        template="claims/list.html",
        context={"waiting": selectors.claims(actor, waiting=True).count()},
    )


@require_POST
@any_permission_required(permissions.REVIEW_CLAIMS, permissions.RECHECK)
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Take one step of the review."""
    row = services.review_claim(
        actor=permissions.actor_of(request),
        number=number,
        step=request.POST.get("transition", ""),
        reason=request.POST.get("reason", ""),
        no_conflict=request.POST.get("no_conflict") == "yes",
        expected=request.POST.get("state", ""),
    )
    messages.success(request, f"已办理，申请现在的状态是“{selectors.label_of(row)}”。")
    return HttpResponseRedirect(reverse("claims:claim", args=[number]))


@require_POST
@any_permission_required(permissions.REVIEW_CLAIMS, permissions.RECHECK)
def conflict(request: HttpRequest, number: str) -> HttpResponse:
    """Declare a conflict of interest and keep out of it."""
    services.declare_conflict(
        actor=permissions.actor_of(request), number=number, reason=request.POST.get("reason", "")
    )
    messages.success(request, "已记下您的回避，请转给同事办理。")
    return HttpResponseRedirect(reverse("claims:claim", args=[number]))


@require_POST
@permission_required(permissions.REQUEST_PAYMENT)
def prepay(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for part of it to be paid before the decision, where policy and credit level allow that."""

    def deed() -> str:
        made = services.request_prepayment(actor=permissions.actor_of(request), number=number)
        return f"已提出预拨 {made.amount} 元，付款 {made.number}。"

    return told(request, reverse("claims:claim", args=[number]), deed)
