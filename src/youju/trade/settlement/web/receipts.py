"""One receipt: recorded by hand with a picture, written off, undone, refunded, explained."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.files.services import keep
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.shell.deeds import told, valid
from youju.rules.trade.settlement.accounts import KINDS, SOURCES
from youju.trade.settlement import permissions, selectors, services
from youju.trade.settlement.events import RECEIPT_KIND
from youju.trade.settlement.selectors import ReceiptPage
from youju.trade.settlement.web.forms import (
    ExplainForm,
    MatchForm,
    ReceiptForm,
    RefundForm,
    ReturnForm,
    UndoForm,
    today,
)
from youju.trade.settlement.web.tabs import tabs_for
from youju.trade.settlement.web.telling import payer_state, receipt_state


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.RECORD)
def new(request: HttpRequest) -> HttpResponse:
    """Record a receipt by hand."""
    if request.method != "POST":
        begun = {**today(), "currency": "USD", "hint": request.GET.get("declaration", "")[:40]}
        return _form(request, ReceiptForm(initial=begun))
    form = ReceiptForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            picture = form.cleaned_data["picture"]
            kept = keep(picture.file, name=picture.name or "回单", purpose="evidence") if picture else None
            row = services.record_with_picture(
                actor=permissions.actor_of(request),
                wish=form.wish(),
                picture=(kept.sha256, kept.name) if kept else None,
            )
        except RefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            if row.suspense > 0:
                messages.warning(
                    request, f"已登记 {row.number}，还有 {row.suspense:,} {row.currency} 待核销。"
                )
            else:
                messages.success(request, f"已登记 {row.number}，并核销到报关单。")
            return HttpResponseRedirect(reverse("settlement:receipt", args=[row.number]))
    return _form(request, form)


@require_safe
@permission_required(permissions.VIEW)
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """A receipt with what was done with it, and what it is likely for."""
    page = _page(request, number)
    row = page.row
    facts = [
        ("付款人", f"{row.payer_name}{'（' + row.payer_country + '）' if row.payer_country else ''}"),
        ("收款人", row.payee_name),
        ("收汇日期", row.received_on.isoformat()),
        ("折人民币", f"{row.amount_cny:,} 元（当日汇率 {row.rate.normalize():f}）"),
        ("银行", row.bank),
        ("银行业务编号", row.reference),
        ("所附报关单", row.hint),
        ("附言", row.remark),
        ("第三方付款说明", row.third_party),
        ("来源", SOURCES[row.source]),
    ]
    context = {
        "page": page,
        "row": row,
        "kind": RECEIPT_KIND,
        "tabs": tabs_for(request),
        "state": receipt_state(row.state),
        "facts": [(label, value) for label, value in facts if value],
        "moves": [(each, KINDS[each.row.kind], payer_state(each.row.payer)) for each in page.moves],
        "match": MatchForm(initial={"declaration": row.hint}),
        "undo": UndoForm(auto_id=False),
        "refund": RefundForm(auto_id=False, initial=today()),
        "return_form": ReturnForm(initial={**today(), "amount": row.suspense}),
        "explain": ExplainForm(initial={"explanation": row.third_party}),
        "open_findings": [each for each in page.findings if not each.explanation],
        "may_export": allowed(request.user, permissions.EXPORT),
    }
    return render(request, "settlement/receipt.html", context)


@require_POST
@permission_required(permissions.MATCH)
def match(request: HttpRequest, number: str) -> HttpResponse:
    """Write it off against a declaration."""

    def deed() -> str:
        data = valid(MatchForm(request.POST))
        made = services.match_declaration(
            actor=permissions.actor_of(request), number=number, declaration=str(data["declaration"]), reason=str(data["reason"])
        )  # fmt: skip
        return f"已核销 {len(made)} 个商品项。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.MATCH)
def undo(request: HttpRequest, number: str) -> HttpResponse:
    """Take a write-off back."""

    def deed() -> str:
        data = valid(UndoForm(request.POST))
        services.undo_match(
            actor=permissions.actor_of(request),
            movement=int(str(data["movement"])),
            reason=str(data["reason"]),
        )
        return "已撤销核销，这笔钱回到待核销。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.RECORD)
def refund(request: HttpRequest, number: str) -> HttpResponse:
    """Part of a write-off went back to the buyer."""

    def deed() -> str:
        data = valid(RefundForm(request.POST))
        services.refund(
            actor=permissions.actor_of(request), movement=int(str(data["movement"])), amount=data["amount"],  # type: ignore[arg-type]
            on=data["on"], reason=str(data["reason"]),  # type: ignore[arg-type]
        )  # fmt: skip
        return "退汇已登记，商品项的可收额相应增加。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.RECORD)
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Money that stands nowhere went back to the payer."""

    def deed() -> str:
        data = valid(ReturnForm(request.POST))
        services.return_suspense(
            actor=permissions.actor_of(request), number=number, amount=data["amount"],  # type: ignore[arg-type]
            on=data["on"], reason=str(data["reason"]),  # type: ignore[arg-type]
        )  # fmt: skip
        return "退回已登记。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.MATCH)
def explain(request: HttpRequest, number: str) -> HttpResponse:
    """Say why the payer is not the buyer."""

    def deed() -> str:
        data = valid(ExplainForm(request.POST))
        services.explain_receipt(
            actor=permissions.actor_of(request), number=number, explanation=str(data["explanation"])
        )
        return "说明已记下。"

    return told(request, _back(number), deed)


@require_safe
@permission_required(permissions.VIEW)
def picture(request: HttpRequest, number: str, file_id: int) -> HttpResponseBase:
    """The picture of a receipt."""
    for each in _page(request, number).pictures:
        if each.id == file_id:
            return file_response(request, each.kept, name=each.name)
    raise Http404("没有这个文件。")


def _form(request: HttpRequest, form: ReceiptForm) -> HttpResponse:
    context = {"form": form, "tabs": tabs_for(request)}
    return render(request, "settlement/form.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, number: str) -> ReceiptPage:
    page = selectors.receipt_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这笔收汇。")
    return page


def _back(number: str) -> str:
    return reverse("settlement:receipt", args=[number])
