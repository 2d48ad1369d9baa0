"""The list of declarations, one of them, and the steps that people take with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.policies import law_on
from youju.foundation.shell.deeds import revision, told
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.declarations.lifecycle import DECLARATION_KIND
from youju.trade.declarations import permissions, selectors, services
from youju.trade.declarations.documents.checking import made_message
from youju.trade.declarations.documents.fields import given_fields
from youju.trade.declarations.templatetags.declarations import counted
from youju.trade.declarations.web.exchange_panel import exchange_panel
from youju.trade.declarations.web.forms import DeclarationFilter
from youju.trade.declarations.web.telling import label_of, stages, state_badge
from youju.trade.parties.countries import country_name


def _state(row: Any) -> SafeString:
    mark = format_html(' <span class="muted">第 {} 版</span>', row.version) if row.version > 1 else ""
    return format_html("{}{}", state_badge(row.state), mark)


COLUMNS = (
    Column("number", "申报单号", sort="number", narrow="title",
           href=lambda row: reverse("declarations:declaration", args=[str(row)])),
    Column("state", "状态", sort="state", value=label_of, draw=_state),
    Column("declared_on", "申报日期", sort="declared_on"),
    Column("country", "运抵国（地区）", sort="country", value=lambda row: country_name(row.country, "zh")),
    Column("currency", "币种", sort="currency", narrow="hide"),
    Column("amount", "总价", sort="amount", numeric=True),
    Column("amount_cny", "折人民币", sort="amount_cny", numeric=True, narrow="hide"),
    Column("lines", "商品项", value="lines_count", numeric=True),
    Column("packages", "件数", sort="packages", numeric=True, narrow="hide"),
    Column("gross", "毛重（千克）", value="gross_weight", sort="gross_weight", numeric=True, narrow="hide",
           draw=lambda row: format_html("{}", counted(row.gross_weight))),
    Column("entry_number", "报关单号", sort="entry_number", narrow="hide"),
    Column("version", "版本", export=True, narrow="hide", numeric=True),
)  # fmt: skip
LISTING = Listing(
    name="declarations",
    title="报关单",
    columns=COLUMNS,
    order="-declared_on",
    tie=("-pk",),
    filter_form=DeclarationFilter,
    export_name="报关单清单",
    empty="还没有报关单。装箱完成以后，从装箱单里分票。",
    next_step=("看装箱单", "/packing/packings/"),
)


@require_safe
@permission_required(permissions.VIEW)
def declaration_list(request: HttpRequest) -> HttpResponseBase:
    """The declarations in which the user's organisation takes part: filter, sort, export."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.declarations(
            actor=actor,
            text=wish.get("text") or "",
            state=wish.get("state") or "",
            since=wish.get("since"),
            until=wish.get("until"),
            replaced=bool(wish.get("replaced")),
        ),
        template="declarations/list.html",
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def declaration(request: HttpRequest, key: str) -> HttpResponse:
    """One declaration: its lines down to order lines and merchants, its stages, header, documents, history."""
    page = selectors.declaration_page(actor=permissions.actor_of(request), key=key)
    if page is None:
        raise Http404("没有这票报关单，或您的单位没有参与。")
    row = page.row
    fields = given_fields()
    message = made_message(
        page.contents.declaration,
        law_on(row.as_of),
        row.header,
        containers=page.contents.containers,
        where=page.key,
    )
    facts = [
        *((label, "　".join(page.parties[role])) for role, label in (("agent", "外贸代理"), ("broker", "报关行"))
          if role in page.parties),
        ("申报日期", row.declared_on),
        ("运抵国（地区）", country_name(row.country, "zh")),
        ("海关汇率", f"1 {row.currency} = {row.rate.normalize():f} 元人民币"),
        ("折人民币", row.amount_cny),
        ("报关单号", row.entry_number),
        ("统一编号", row.sequence_number),
        ("退单原因", row.rejection),
    ]  # fmt: skip
    context = {
        "page": page,
        "row": row,
        "kind": DECLARATION_KIND,
        "state": state_badge(row.state),
        "facts": [(label, value) for label, value in facts if value],
        "stages": stages(page),
        "missing": message.missing if row.state in services.EDITABLE else (),
        "header": [(field.label, row.header[name]) for name, field in fields.items() if name in row.header],
        "may_change": page.may_edit and row.state in services.EDITABLE,
        "may_correct": page.may_edit and row.state == "rejected" and page.newest,
        "may_export": allowed(request.user, permissions.EXPORT),
        "see_orders": allowed(request.user, permissions.ORDERS),
        "options": _options(page, complete=not message.is_draft),
        "lists": list(enumerate(services.LIST_NAMES)),
        "exchange": exchange_panel(request, page),
    }
    return render(request, "declarations/declaration.html", context)


def _options(page: selectors.DeclarationPage, *, complete: bool) -> list[Any]:
    """The steps that can be taken here; entering is offered once nothing is missing."""
    known = services.STEPS.keys() - (set() if complete else {"enter"})
    return [each for each in page.options if each.code in known] if page.newest else []


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, key: str) -> HttpResponse:
    """Take a step: enter or withdraw it. Each service asks for its own permission."""

    def deed() -> str:
        row = services.step_declaration(
            actor=permissions.actor_of(request),
            key=key,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            expected=revision(request),
        )
        return f"已办理，现在的状态是“{label_of(row)}”。"

    return told(request, reverse("declarations:declaration", args=[key]), deed)


@require_POST
@permission_required(permissions.PLAN)
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the next version of a rejected declaration and go there."""
    made: list[str] = []

    def deed() -> str:
        row = services.correct_declaration(
            actor=permissions.actor_of(request), key=key, expected=revision(request)
        )
        made.append(str(row))
        return f"已更正成第 {row.version} 版，改好后再预录入、发送。"

    answer = told(request, reverse("declarations:declaration", args=[key]), deed)
    return HttpResponseRedirect(reverse("declarations:declaration", args=made)) if made else answer
