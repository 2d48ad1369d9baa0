"""Pages of the exchange: all messages with their state, one of them, those of a declaration with what people do about them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import revision, told, valid
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.trade.declarations import permissions, services
from youju.trade.declarations.selectors import exchange as selectors
from youju.trade.declarations.selectors.exchange import KINDS, STATES, WAYS
from youju.trade.declarations.web.exchange_forms import CustomsForm, EntryForm, MessageFilter

TONES = {
    "waiting": "hint", "sent": "ink", "answered": "plain", "unanswered": "warning", "read": "plain", "kept": "hint",
    "refused": "error", "returned": "plain",
}  # fmt: skip


def state_badge(state: str) -> SafeString:
    """The state of a message as a badge."""
    return format_html(
        '<span class="badge badge-{}">{}</span>', TONES.get(state, "plain"), STATES.get(state, state)
    )


def _page_of(row: Any) -> str:
    return reverse("declarations:exchange-message", args=[row.pk])


COLUMNS = (
    Column("created", "时间", value="created_at", sort="created_at"),
    Column("declaration", "申报单号或文件", value=lambda row: row.client or row.name, narrow="title", href=_page_of),
    Column("way", "方向", value=lambda row: WAYS[row.direction]),
    Column("kind", "种类", value=lambda row: KINDS.get(row.kind, row.kind)),
    Column("state", "状态", sort="state", value=lambda row: STATES[row.state],
           draw=lambda row: state_badge(row.state)),
    Column("text", "说明"),
    Column("attempts", "次数", sort="attempts", numeric=True, narrow="hide"),
)  # fmt: skip
LISTING = Listing(
    name="exchange",
    title="报文和回执",
    columns=COLUMNS,
    order="-created",
    tie=("-pk",),
    filter_form=MessageFilter,
    export_name="报文和回执清单",
    empty="还没有报文。报关单发送以后，报文和海关的回执都列在这里。",
)


@require_safe
@permission_required(permissions.VIEW)
def message_list(request: HttpRequest) -> HttpResponseBase:
    """Every message and reply that the user may see, with how many wait for what."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.messages(
            actor=actor,
            text=wish.get("text") or "",
            state=wish.get("state") or "",
            way=wish.get("way") or "",
            problems=bool(wish.get("problems")),
        ),
        template="declarations/exchange.html",
        context={"board": selectors.board(actor=actor)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: what it says, why it was refused, and the way to have it read again."""
    page = selectors.message_page(actor=permissions.actor_of(request), pk=pk)
    if page is None:
        raise Http404("没有这份报文或回执，或您的单位没有参与。")
    row = page.row
    facts = [
        ("方向", WAYS[row.direction]),
        ("种类", KINDS.get(row.kind, row.kind)),
        ("说明", row.text),
        ("文件名", row.name),
        ("校验值", row.sha256),
        ("次数", row.attempts),
        ("收到或建立时间", row.created_at),
        ("完成时间", row.done_at),
    ]
    context = {
        "page": page,
        "row": row,
        "state": state_badge(row.state),
        "facts": [(label, value) for label, value in facts if value],
    }
    return render(request, "declarations/exchange_message.html", context)


@require_POST
@permission_required(permissions.SUPERVISE)
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a refused reply read again."""

    def deed() -> str:
        state = services.put_back(actor=permissions.actor_of(request), message=pk)
        return {
            "returned": "已放回，马上会再读一次。",
            "refused": "又看了一次，仍然不符，原因见说明。",
        }.get(state, f"又看了一次：{STATES[state]}。")

    return told(request, reverse("declarations:exchange-message", args=[pk]), deed)


@require_safe
@permission_required(permissions.VIEW)
def of_declaration(request: HttpRequest, key: str) -> HttpResponse:
    """The messages of one declaration, and what people do where no reply comes."""
    page = selectors.exchange_page(actor=permissions.actor_of(request), key=key)
    if page is None:
        raise Http404("没有这票报关单，或您的单位没有参与。")
    return render(request, "declarations/exchange_declaration.html", panel_context(page))


def panel_context(page: selectors.ExchangePage) -> dict[str, Any]:
    """What ``_exchange.html`` draws; also for the panel on a declaration's own page."""
    start = {"revision": page.revision}
    return {
        "exchange": page,
        "exchange_rows": [
            (row, WAYS[row.direction], KINDS.get(row.kind, row.kind), state_badge(row.state))
            for row in page.rows
        ],
        "customs_form": CustomsForm(initial=start).offering(page.steps) if page.steps else None,
        "entry_form": EntryForm(initial=start) if page.may_correct else None,
    }


@require_POST
@permission_required(permissions.SEND)
def send(request: HttpRequest, key: str) -> HttpResponse:
    """Send a declaration."""

    def deed() -> str:
        services.send_declaration(actor=permissions.actor_of(request), key=key, expected=revision(request))
        return "已发送，正等海关的回执。"

    return told(request, _back(key), deed)


@require_POST
@permission_required(permissions.SUPERVISE)
def send_again(request: HttpRequest, key: str) -> HttpResponse:
    """Put out again what was never answered."""

    def deed() -> str:
        count = services.send_again(actor=permissions.actor_of(request), key=key)
        return f"已再发 {count} 份。"

    return told(request, _back(key), deed)


@require_POST
@permission_required(permissions.SUPERVISE)
def customs(request: HttpRequest, key: str) -> HttpResponse:
    """Register what customs did."""

    def deed() -> str:
        wish = valid(CustomsForm(request.POST))
        row = services.record_customs(
            actor=permissions.actor_of(request),
            key=key,
            step=str(wish["step"]),
            entry_number=str(wish["entry_number"]),
            reason=str(wish["reason"]),
            at=wish["at"],  # type: ignore[arg-type]
            expected=wish["revision"],  # type: ignore[arg-type]
        )
        return f"已登记，现在的状态是“{DECLARATION_FLOW.state(row.state).label}”。"

    return told(request, _back(key), deed)


@require_POST
@permission_required(permissions.SUPERVISE)
def correct_entry(request: HttpRequest, key: str) -> HttpResponse:
    """Correct a customs number."""

    def deed() -> str:
        wish = valid(EntryForm(request.POST))
        services.correct_entry_number(
            actor=permissions.actor_of(request),
            key=key,
            entry_number=str(wish["entry_number"]),
            reason=str(wish["reason"]),
            expected=wish["revision"],  # type: ignore[arg-type]
        )
        return "已更正报关单号。"

    return told(request, _back(key), deed)


def _back(key: str) -> str:
    return f"{reverse('declarations:declaration', args=[key])}#exchange"
