"""Files for the bank and its answers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told, valid
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.payments import permissions, selectors, services
from youju.funds.payments.web.forms import FileFilter, ReasonForm, ReturnForm
from youju.funds.payments.web.tabs import tabs_for
from youju.rules.funds.payments.answers import APPLIED, LABELS, SILENT, Verdict

FILE_STATES = {"made": "待下载", "handed": "已下载", "answered": "已全部回单", "voided": "已作废"}
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FILES = Listing(
    name="bank-files",
    title="银行付款清单",
    columns=(
        Column("number", "清单编号", sort="number", narrow="title",
               href=lambda row: reverse("payments:bank-file", args=[row.number])),
        Column("state", "状态", lambda row: FILE_STATES[row.state], sort="state"),
        Column("count", "笔数", sort="count", numeric=True),
        Column("total", "合计（元）", sort="total", numeric=True),
        Column("made_at", "制作时间", sort="made_at"),
        Column("handed_at", "首次下载", sort="handed_at", narrow="hide"),
    ),
    order="-made_at",
    tie=("-pk",),
    filter_form=FileFilter,
    export_name="银行付款清单",
    empty="还没有送过银行。付款批准后在上面勾选，制作清单。",
)  # fmt: skip
RETURNS = Listing(
    name="bank-returns",
    title="银行回单",
    columns=(
        Column("name", "文件", sort="name", narrow="title", href=lambda row: reverse("payments:bank-return", args=[row.pk])),
        Column("read_at", "读入时间", sort="read_at"),
        Column("rows", "行数", sort="rows", numeric=True),
        Column("applied", "已入账", numeric=True),
        Column("known", "重复", numeric=True),
        Column("odd", "有疑问", sort="odd", numeric=True),
    ),
    order="-read_at",
    tie=("-pk",),
    export_name="银行回单",
    empty="还没有读入回单。从网上银行导出付款结果，在上面上传。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def bank_files(request: HttpRequest) -> HttpResponseBase:
    """What waits to be sent, and the files that were made."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        FILES,
        lambda wish: selectors.bank_files(
            actor=actor, state=wish.get("state") or "", text=wish.get("text") or ""
        ),
        template="payments/bank_files.html",
        context={
            "tabs": tabs_for(request),
            "waiting": selectors.to_send(actor=actor)[:200],
            "may_send": allowed(actor, permissions.SEND),
        },
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_http_methods(["POST"])
@permission_required(permissions.SEND)
def make(request: HttpRequest) -> HttpResponse:
    """Make a file of the ticked payments."""
    made: list[str] = []

    def deed() -> str:
        row = services.make_bank_file(
            actor=permissions.actor_of(request), numbers=request.POST.getlist("number")
        )
        made.append(row.number)
        return f"清单 {row.number} 已制作：{row.count} 笔，合计 {row.total:,.2f} 元。请下载后交银行。"

    answer = told(request, reverse("payments:bank-files"), deed)
    return HttpResponseRedirect(reverse("payments:bank-file", args=made)) if made else answer


@require_safe
@permission_required(permissions.VIEW)
def bank_file(request: HttpRequest, number: str) -> HttpResponse:
    """One file with its lines."""
    page = selectors.bank_file_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这份银行付款清单。")
    row = page.row
    facts = [
        ("状态", FILE_STATES[row.state]),
        ("笔数", str(row.count)),
        ("合计", f"{row.total:,.2f} 元"),
        ("待回单", f"{page.open} 笔"),
        ("制作人", "、".join(row.made_by)),
        ("CSV 校验值（sha256）", row.sha256_csv),
        ("工作簿校验值（sha256）", row.sha256_xlsx),
    ]
    context = {
        "page": page,
        "row": row,
        "facts": facts,
        "tabs": tabs_for(request),
        "kind": selectors.KINDS["file"],
        "may_send": allowed(request.user, permissions.SEND),
        "void": ReasonForm(),
    }
    return render(request, "payments/bank_file.html", context)


@require_safe
@permission_required(permissions.SEND)
def download(request: HttpRequest, number: str, format: str) -> HttpResponse:
    """The file as it was made."""
    name, content = services.hand_out(actor=permissions.actor_of(request), number=number, format=format)
    response = HttpResponse(content, content_type=_MEDIA[format])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["POST"])
@permission_required(permissions.SEND)
def void(request: HttpRequest, number: str) -> HttpResponse:
    """Take back a file that nobody downloaded."""

    def deed() -> str:
        data = valid(ReasonForm(request.POST))
        services.void_file(actor=permissions.actor_of(request), number=number, reason=str(data["reason"]))
        return "清单已作废，其中的付款回到待送银行。"

    return told(request, reverse("payments:bank-file", args=[number]), deed)


@require_safe
@permission_required(permissions.VIEW)
def bank_returns(request: HttpRequest) -> HttpResponseBase:
    """The bank's answers that were read, and a form for the next."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        RETURNS,
        lambda _wish: selectors.bank_returns(actor=actor),
        template="payments/bank_returns.html",
        context={
            "tabs": tabs_for(request),
            "form": ReturnForm(),
            "odd": selectors.odd_answers()[:50],
            "labels": LABELS,
            "may_send": allowed(actor, permissions.SEND),
        },
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_http_methods(["POST"])
@permission_required(permissions.SEND)
def read(request: HttpRequest) -> HttpResponse:
    """Read a file of the bank's answers."""
    read_as: list[int] = []

    def deed() -> str:
        form = ReturnForm(request.POST, request.FILES)
        data = valid(form)
        file = data["file"]
        row, again = services.receive_return(
            actor=permissions.actor_of(request), name=getattr(file, "name", "回单"), content=file.read()  # type: ignore[attr-defined]
        )  # fmt: skip
        read_as.append(row.pk)
        if again:
            return "这份回单以前读过，没有再入账。"
        if not row.done:
            return f"回单有 {row.rows:,} 行，正在后台入账；可以离开，做完后在这里看结果。"
        return f"读入 {row.rows} 行：入账 {row.applied}，重复 {row.known}，有疑问 {row.odd}。"

    answer = told(request, reverse("payments:bank-returns"), deed)
    return HttpResponseRedirect(reverse("payments:bank-return", args=read_as)) if read_as else answer


@require_safe
@permission_required(permissions.VIEW)
def bank_return(request: HttpRequest, return_id: int) -> HttpResponse:
    """One reading: what came of each answer."""
    page = selectors.return_page(actor=permissions.actor_of(request), return_id=return_id)
    if page is None:
        raise Http404("没有这份回单。")
    if request.headers.get("HX-Request"):
        answer = render(request, "payments/_booking.html", {"row": page.row, "run": page.run})
        if page.row.done:
            answer["HX-Refresh"] = "true"
        return answer
    rows = [
        (
            each,
            LABELS[Verdict(each.verdict)],
            each.verdict not in APPLIED | SILENT and each.settled_at is None,
        )
        for each in page.rows
    ]
    context = {
        "page": page,
        "row": page.row,
        "run": page.run,
        "rows": rows,
        "tabs": tabs_for(request),
        "kind": selectors.KINDS["return"],
        "may_send": allowed(request.user, permissions.SEND),
    }
    return render(request, "payments/bank_return.html", context)


@require_http_methods(["POST"])
@permission_required(permissions.SEND)
def settle(request: HttpRequest, return_id: int, row_id: int) -> HttpResponse:
    """Write down what an odd answer turned out to be."""

    def deed() -> str:
        services.settle_row(
            actor=permissions.actor_of(request), row_id=row_id, conclusion=request.POST.get("conclusion", "")
        )
        return "处理结论已记下。"

    return told(request, reverse("payments:bank-return", args=[return_id]), deed)
