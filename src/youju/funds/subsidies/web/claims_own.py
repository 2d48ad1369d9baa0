"""An enterprise's pages: what it can get, its applications, filling one in, signing it off, what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.shell.deeds import revision
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.subsidies import permissions, services
from youju.funds.subsidies.selectors import claims as selectors
from youju.funds.subsidies.selectors.drafts import draft_page
from youju.funds.subsidies.selectors.entitlements import entitlements as found_entitlements
from youju.funds.subsidies.web.claim_forms import ClaimFilter, ClaimForm, CostForm, PaperForm
from youju.rules.funds.claims.lifecycle import CLAIM_KIND
from youju.rules.law import whole

OWN_DEEDS = ("submit", "reopen", "withdraw")
REVIEW_DEEDS = ("accept", "pass", "confirm", "return", "send_back", "refuse")
TONES = {
    "draft": "plain", "certified": "hint", "submitted": "hint", "reviewing": "hint", "rechecking": "hint", "passed": "hint",
    "listed": "hint", "publicised": "hint", "awarded": "approved", "paid": "approved", "bank_returned": "error",
    "returned": "warning", "refused": "error", "struck": "error",
}  # fmt: skip


def state_badge(row: Any) -> SafeString:
    """The state as a badge."""
    return format_html(
        '<span class="badge badge-{}">{}</span>', TONES.get(row.state, "plain"), selectors.label_of(row)
    )


OWN = Listing(
    name="own-claims",
    title="补贴申请",
    columns=(
        Column("number", "申请编号", sort="number", narrow="title", href=lambda r: reverse("claims:claim", args=[r.number])),
        Column("policy", "政策", value="policy_title", sort="policy_title"),
        Column("party", "申请人", value="party_name", sort="party_name"),
        Column("amount", "算出（元）", sort="amount", numeric=True),
        Column("state", "状态", value=selectors.label_of, sort="state", draw=state_badge),
        Column("submitted", "提交时间", value="submitted_at", sort="submitted_at"),
    ),
    order="-number",
    filter_form=ClaimFilter,
    export_name="我的补贴申请",
    empty="还没有申请。先看看“我能享受什么”。",
)  # fmt: skip


@require_safe
@permission_required(permissions.APPLY)
def entitlements(request: HttpRequest) -> HttpResponse:
    """Each policy in force, computed on the enterprise's own records now."""
    found = found_entitlements(permissions.actor_of(request))
    return render(
        request,
        "claims/entitlements.html",
        {"fitting": [e for e in found if e.fits], "others": [e for e in found if not e.fits]},
    )


@require_safe
@permission_required(permissions.APPLY)
def own(request: HttpRequest) -> HttpResponseBase:
    """The enterprise's applications."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        OWN,
        lambda wish: selectors.claims(
            actor,
            text=wish.get("text") or "",
            state=wish.get("state") or "",
            waiting=bool(wish.get("waiting")),
        ),
        template="claims/own.html",
        context={},
    )


@require_POST
@permission_required(permissions.APPLY)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an application."""
    party = request.POST.get("party", "")
    row = services.begin_claim(
        actor=permissions.actor_of(request),
        policy=request.POST.get("policy", ""),
        party_id=int(party) if party.isdecimal() else 0,
    )
    messages.success(request, "已按您的报关单算好，核对后补上账户和材料。")
    return HttpResponseRedirect(reverse("claims:edit", args=[row.number]))


@require_safe
@any_permission_required(permissions.VIEW_CLAIMS, permissions.APPLY)
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """One application: what it is computed on, how, where it stands."""
    page = selectors.claim_page(permissions.actor_of(request), number)
    options = [each for each in page.options if each.code in (OWN_DEEDS if page.own else REVIEW_DEEDS)]
    return render(
        request,
        "claims/claim.html",
        {
            "page": page,
            "row": page.row,
            "kind": CLAIM_KIND,
            "tone": TONES.get(page.row.state, "plain"),
            "options": options,
            "sees_payments": allowed(request.user, permissions.VIEW_PAYMENTS),
            "prepayable": allowed(request.user, permissions.REQUEST_PAYMENT)
            and services.may_be_prepaid(page.row),
            "account_form": ClaimForm() if page.own and page.row.state == "bank_returned" else None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.APPLY)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """The form of a draft; without a script it is saved by its button."""
    actor = permissions.actor_of(request)
    if request.method == "POST":
        form = ClaimForm(request.POST)
        if form.is_valid():
            try:
                services.save_claim(
                    actor=actor,
                    number=number,
                    account=form.account,
                    remark=form.cleaned_data["remark"],
                    revision=revision(request, "base"),
                )
            except InputError as error:
                if error.status in (403, 404):
                    raise
                form.add_error("account_number" if error.status == 422 else None, str(error))
            else:
                messages.success(request, "已保存。")
                return HttpResponseRedirect(reverse("claims:edit", args=[number]))
        return _edit(request, number, form=form, status=422)
    return _edit(request, number)


@require_POST
@permission_required(permissions.APPLY)
def keep(request: HttpRequest, number: str) -> JsonResponse:
    """Keep what is typed, for the script of the page."""
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return _json({"detail": "有的栏目太长，没有存下。"}, 422)
    try:
        row = services.save_claim(
            actor=permissions.actor_of(request),
            number=number,
            account=form.account,
            remark=form.cleaned_data["remark"],
            revision=revision(request, "base"),
        )
    except InputError as error:
        return _json({"detail": str(error)}, error.status)
    return _json({"at": f"{timezone.localtime():%H:%M:%S}", "version": row.revision}, 200)


@require_POST
@permission_required(permissions.APPLY)
def refresh(request: HttpRequest, number: str) -> HttpResponse:
    """Count the records anew."""
    row = services.refresh_claim(actor=permissions.actor_of(request), number=number)
    messages.success(request, f"已按现在的记录重新计算，应补 {row.amount:,} 元。")
    return HttpResponseRedirect(reverse("claims:edit", args=[number]))


@require_POST
@permission_required(permissions.APPLY)
def cost(request: HttpRequest, number: str) -> HttpResponse:
    """Add an invoice."""
    actor = permissions.actor_of(request)
    page = draft_page(actor, number)
    form = CostForm(request.POST, request.FILES, kinds=page.cost_kinds)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            services.add_cost(
                actor=actor,
                number=number,
                cost=form.cost,
                name=file.name if file else "",
                content=file.file if file else None,
            )
        except InputError as error:
            if error.status in (403, 404, 409):
                raise
            form.add_error("file" if error.status in (413, 415, 400) else None, str(error))
        else:
            messages.success(request, "已填入这笔费用。")
            return HttpResponseRedirect(reverse("claims:edit", args=[number]) + "#costs")
    return _edit(request, number, cost_form=form, status=422)


@require_POST
@permission_required(permissions.APPLY)
def cost_gone(request: HttpRequest, number: str, cost_id: int) -> HttpResponse:
    """Take an invoice out."""
    services.remove_cost(actor=permissions.actor_of(request), number=number, cost_id=cost_id)
    messages.info(request, "已删去这笔费用。")
    return HttpResponseRedirect(reverse("claims:edit", args=[number]) + "#costs")


@require_POST
@permission_required(permissions.APPLY)
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """Bring a paper."""
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "请先选择文件，再点上传。")
    else:
        file = form.cleaned_data["file"]
        try:
            services.add_paper(
                actor=permissions.actor_of(request),
                number=number,
                code=form.cleaned_data["code"],
                name=file.name,
                content=file.file,
            )
        except InputError as error:
            if error.status in (403, 404, 409):
                raise
            messages.error(request, str(error))
        else:
            messages.success(request, "已上传。")
    return HttpResponseRedirect(reverse("claims:edit", args=[number]) + "#papers")


@require_POST
@permission_required(permissions.APPLY)
def certify(request: HttpRequest, number: str) -> HttpResponse:
    """Sign it off, after the box that says that it is true."""
    if request.POST.get("read") != "yes":
        messages.error(request, "请先勾选“所填内容真实”，再点签署。")
        return HttpResponseRedirect(reverse("claims:edit", args=[number]) + "#certify")
    try:
        services.certify_claim(
            actor=permissions.actor_of(request), number=number, revision=revision(request, "base") or 0
        )
    except services.ClaimRefusedError as error:
        return _edit(request, number, refused=error, status=error.status)
    messages.success(request, "已签署，可以提交了。")
    return HttpResponseRedirect(reverse("claims:claim", args=[number]))


@require_POST
@permission_required(permissions.APPLY)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Submit, open again or withdraw."""
    actor, wanted = permissions.actor_of(request), request.POST.get("transition", "")
    expected = request.POST.get("state", "")
    if wanted == "submit":
        row = services.submit_claim(actor=actor, number=number, expected=expected)
    else:
        row = services.take_claim_step(
            actor=actor, number=number, step=wanted, reason=request.POST.get("reason", ""), expected=expected
        )
    messages.success(request, f"已办理，申请现在的状态是“{selectors.label_of(row)}”。")
    return HttpResponseRedirect(reverse("claims:claim", args=[number]))


@require_POST
@permission_required(permissions.APPLY)
def account(request: HttpRequest, number: str) -> HttpResponse:
    """Another account, after the bank has sent the money back."""
    form = ClaimForm(request.POST)
    form.full_clean()
    services.correct_account(actor=permissions.actor_of(request), number=number, account=form.account)
    messages.success(request, "已更正账户，中心会重新付款。")
    return HttpResponseRedirect(reverse("claims:claim", args=[number]))


def _edit(
    request: HttpRequest,
    number: str,
    *,
    form: ClaimForm | None = None,
    cost_form: CostForm | None = None,
    refused: services.ClaimRefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    page = draft_page(permissions.actor_of(request), number)
    row = page.page.row
    initial = {"account_name": row.account_name, "bank": row.bank, "remark": row.remark}
    return render(
        request,
        "claims/edit.html",
        {
            "draft": page,
            "page": page.page,
            "row": row,
            "form": form or ClaimForm(initial=initial),
            "cost_form": cost_form or (CostForm(kinds=page.cost_kinds) if page.cost_kinds else None),
            "findings": refused.findings if refused else page.findings,
            "seconds": whole(law_on(timezone.localdate()), "funds.claims.autosave_seconds"),
        },
        status=status,
    )


def _json(said: dict[str, Any], status: int) -> JsonResponse:
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
