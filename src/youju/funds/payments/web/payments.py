"""The list of payments, one of them with its way, asking for one, asking again, correcting."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.payments import permissions, selectors, services
from youju.funds.payments.selectors import PaymentPage
from youju.funds.payments.web.forms import (
    AnswerForm,
    CorrectForm,
    DecideForm,
    OutcomeForm,
    PaymentFilter,
    PaymentForm,
    ReasonForm,
)
from youju.funds.payments.web.tabs import tabs_for
from youju.funds.payments.web.telling import kept_files, state_badge
from youju.rules.funds.payments.lifecycle import FLOW, KIND

COLUMNS = (
    Column("number", "付款编号", sort="number", narrow="title", href=lambda row: reverse("payments:payment", args=[row.number])),
    Column("state", "状态", sort="state", value=lambda row: FLOW.state(row.state).label, draw=lambda row: state_badge(row.state)),
    Column("payee_name", "收款人", sort="payee_name"),
    Column("amount", "金额（元）", sort="amount", numeric=True),
    Column("purpose", "用途"),
    Column("project", "项目", sort=("project__order", "pk"), value=lambda row: row.project.code, narrow="hide",
           href=lambda row: reverse("projects:project", args=[row.project_id])),
    Column("due_on", "应付日期", sort="due_on"),
    Column("paid_on", "付款日期", sort="paid_on", narrow="hide"),
    Column("account", "账号", value="account_masked", narrow="hide"),
    Column("requested_at", "申请时间", sort="requested_at", narrow="hide"),
)  # fmt: skip
_WORDS: dict[str, Any] = {
    "name": "payments",
    "title": "付款",
    "columns": COLUMNS,
    "order": "-requested_at",
    "tie": ("-pk",),
    "filter_form": PaymentFilter,
    "export_name": "付款清单",
    "empty": "还没有付款。",
}
LISTING = Listing(**_WORDS, next_step=("申请一笔付款", "/payments/new/"))
READING = Listing(**_WORDS)


@require_safe
@permission_required(permissions.VIEW)
def payment_list(request: HttpRequest) -> HttpResponseBase:
    """Every payment: filter, sort, export."""
    actor = permissions.actor_of(request)
    asks = allowed(actor, permissions.REQUEST)
    return render_listing(
        request,
        LISTING if asks else READING,
        lambda wish: selectors.payments(
            actor=actor,
            text=wish.get("text") or "",
            state=wish.get("state") or "",
            late=bool(wish.get("late")),
            since=wish.get("since"),
            until=wish.get("until"),
            outcome=wish.get("outcome") or "",
        ),
        template="payments/payments.html",
        context={"tabs": tabs_for(request), "may_ask": asks},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.REQUEST)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a payment; the first form chooses the project, whose contracts and batches the second one offers."""
    actor = permissions.actor_of(request)
    project = _number(request.POST.get("project") or request.GET.get("project") or "")
    begun = {"project": project, "due_on": timezone.localdate()}
    form = PaymentForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        project_id=project,
        initial=begun,
    )
    if request.method == "POST" and form.is_valid():
        wish = form.wish()
        try:
            row = services.request_payment(
                project_id=wish.project_id,
                payee=wish.payee,
                amount=wish.amount,
                purpose=wish.purpose,
                due_on=wish.due_on,
                batch_id=wish.batch_id,
                contract_id=wish.contract_id,
                tags=wish.tags,
                explanation=wish.explanation,
                evidence=kept_files(request),
                by=actor,
            )
        except InputError as error:
            _refused(form, error)
        else:
            return HttpResponseRedirect(reverse("payments:payment", args=[row.number]))
    words = {
        "title": "申请付款",
        "action": "提出申请",
        "back": reverse("payments:payments"),
        "back_name": "付款",
    }
    return _form(request, form, **words, asks_project=True)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.REQUEST)
def revise(request: HttpRequest, number: str) -> HttpResponse:
    """Ask again for a payment that was sent back."""
    page = _page(request, number)
    row = page.row
    begun = {
        "project": row.project_id, "contract": row.contract_id, "batch": row.batch_id, "amount": row.amount,
        "purpose": row.purpose, "due_on": row.due_on, "tag": next(iter(row.tags), ""), "payee_name": row.payee_name,
        "credit_code": row.payee_credit_code, "bank": row.bank, "explanation": row.explanation,
    }  # fmt: skip
    form = PaymentForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        project_id=_number(request.POST.get("project", "")) or row.project_id,
        initial=begun,
    )
    form.fields["account"].help_text = f"原来是 {row.account_masked}，请重新填写。"
    if request.method == "POST" and form.is_valid():
        try:
            services.revise_payment(
                actor=permissions.actor_of(request),
                number=number,
                wish=form.wish(),
                evidence=kept_files(request),
            )
        except InputError as error:
            _refused(form, error)
        else:
            return HttpResponseRedirect(reverse("payments:payment", args=[number]))
    back = reverse("payments:payment", args=[number])
    return _form(request, form, title="修改付款申请", action="重新提出", back=back, back_name=number)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.REQUEST)
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """Ask again for a payment that the bank returned."""
    row = _page(request, number).row
    begun = {
        "payee_name": row.payee_name, "credit_code": row.payee_credit_code, "bank": row.bank,
        "due_on": timezone.localdate(), "revision": row.revision,
    }  # fmt: skip
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=begun,
    )
    form.fields[
        "account"
    ].help_text = f"退回的是 {row.account_masked}。金额 {row.amount:,.2f} 元不变，重新复核和批准。"
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.correct_payment(
                actor=permissions.actor_of(request),
                number=number,
                payee=form.payee(),
                due_on=data["due_on"],
                reason=data["reason"],
                evidence=kept_files(request),
                expected=data["revision"],
            )
        except InputError as error:
            _refused(form, error)
        else:
            return HttpResponseRedirect(reverse("payments:payment", args=[number]))
    back = reverse("payments:payment", args=[number])
    return _form(request, form, title="更正退回的付款", action="更正并重新申请", back=back, back_name=number)


@require_safe
@permission_required(permissions.VIEW)
def payment(request: HttpRequest, number: str) -> HttpResponse:
    """One payment: what for, to whom, its way, attempts at the bank, papers, outcome, history."""
    page = _page(request, number)
    row = page.row
    facts = [
        ("收款人", row.payee_name),
        ("信用代码", row.payee_credit_code),
        ("收款账号", row.account_masked),
        ("开户银行", row.bank),
        ("用途", row.purpose),
        ("应付日期", row.due_on.isoformat()),
        ("付款日期", row.paid_on.isoformat() if row.paid_on else ""),
        ("合同", page.contract.number if page.contract else ""),
        ("支出批次", f"{row.batch.number} {row.batch.title}" if row.batch else ""),
        ("来自", _origin(row)),
        ("说明", row.explanation),
    ]
    context = {
        "page": page,
        "row": row,
        "kind": KIND,
        "tabs": tabs_for(request),
        "state": state_badge(row.state),
        "facts": [(label, value) for label, value in facts if value],
        "may_export": allowed(request.user, permissions.EXPORT),
        "answer": AnswerForm(initial={"on": timezone.localdate()}),
        "outcome": OutcomeForm(),
        "decide": DecideForm(),
        "unmask": ReasonForm(),
        "by_hand": services.steps_for(actor=permissions.actor_of(request), number=row.number),
    }
    return render(request, "payments/payment.html", context)


def _origin(row: Any) -> str:
    found = selectors.origin_of(row)
    if found is None:
        return ""
    if not found.url:
        return f"{found.label} {found.key}"
    return format_html('{} <a href="{}">{}</a>', found.label, found.url, found.key)


def _page(request: HttpRequest, number: str) -> PaymentPage:
    page = selectors.payment_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这笔付款。")
    return page


def _form(request: HttpRequest, form: Any, **words: Any) -> HttpResponse:
    context = {"form": form, "tabs": tabs_for(request), **words}
    return render(request, "payments/form.html", context, status=422 if form.errors else 200)


def _refused(form: Any, error: InputError) -> None:
    """Each finding beside its field; what names no field of the form stands on top."""
    if not isinstance(error, services.RefusedPayment):
        form.add_error(None, str(error))
        return
    for each in error.findings:
        place = str(each.at.get("field") or "")
        form.add_error(place if place in form.fields else None, each.told)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 18 else None
