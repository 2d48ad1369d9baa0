"""The goods of a merchant with what was said of each; one or all are decided by one press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.goods.lifecycle import DRAFT, OUTDATED, STATE_NAMES, WAITS, WITHDRAWN
from youju.rules.trade.goods.recognising import OUTCOMES
from youju.trade.goods import permissions, selectors, services

if TYPE_CHECKING:
    from youju.trade.goods.models import Good

TONES = {"recognised": "ink", "explained": "ink", "refused": "error", "outdated": "warning", "draft": "plain"}
_STATES = [(code, label) for code, label in STATE_NAMES.items() if code != WITHDRAWN]


class GoodFilter(forms.Form):
    """What narrows the list."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "品名、编号、商品编码"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *_STATES])
    rule = forms.CharField(label="规则", required=False, max_length=7)


def state_badge(state: str, outcome: str | None = None, step: str | None = None) -> SafeString:
    """A good's state, and what is awaited: an explanation, or a word on it."""
    word = ""
    if state in {DRAFT, OUTDATED} and outcome == "explain":
        word = "说明待确认" if step == WAITS else "须说明"
    note = format_html(' <span class="badge badge-hint">{}</span>', word) if word else ""
    return format_html(
        '<span class="badge badge-{}">{}</span>{}',
        TONES.get(state, "plain"),
        STATE_NAMES.get(state, state),
        note,
    )


def rule_links(rules: list[str] | None) -> SafeString:
    """Rule ids, each opening its page; a dash where there are none."""
    if not rules:
        return format_html("{}", "—")
    return format_html_join(
        " ",
        '<a class="code" href="{}">{}</a>',
        ((reverse("portal:rule", args=[each]), each) for each in rules),
    )


def _state(row: Any) -> SafeString:
    return state_badge(row.state, row.last_outcome, row.last_step)


def _listing() -> Listing:
    return Listing(
        name="recognition",
        title="商品",
        columns=(
            Column("name", "品名", sort="name", narrow="title", href=_address),
            Column("number", "商品编号", sort="number", narrow="hide"),
            Column("hs_code", "商品编码", sort="hs_code"),
            Column("party", "经营户", value="party_name", sort="party_name", narrow="hide"),
            Column("state", "状态", value=lambda row: STATE_NAMES[row.state], draw=_state, sort="state"),
            Column(
                "rules",
                "触发的规则",
                value=lambda row: "、".join(row.last_rules or []),
                draw=lambda row: rule_links(row.last_rules),
            ),
            Column("day", "依据之日", value="last_day", narrow="hide"),
        ),
        filter_form=GoodFilter,
        export_name="商品认定",
        empty="还没有商品。登记商品以后，在这里认定。",
    )


def _address(row: Good) -> str:
    return reverse("goods:good-decision", args=[row.number])


@require_safe
@permission_required(permissions.VIEW)
def recognition(request: HttpRequest) -> HttpResponseBase:
    """The goods in reach, with their states and what was said of them."""

    def rows(wish: Mapping[str, Any]) -> QuerySet[Good]:
        return selectors.goods_to_recognise(
            state=wish.get("state") or "", text=wish.get("q") or "", rule=(wish.get("rule") or "").upper()
        )

    counts = selectors.state_counts()
    return render_listing(
        request,
        _listing(),
        rows,
        template="goods/recognition.html",
        context={
            "counts": [(state, label, counts[state]) for state, label in _STATES],
            "open": counts["draft"] + counts["outdated"],
            "may_edit": allowed(request.user, permissions.EDIT),
        },
        may_export=allowed(request.user, permissions.EXPORT),
    )


@require_POST
@permission_required(permissions.EDIT)
def recognise_all(request: HttpRequest) -> HttpResponse:
    """Decide on every good that was not decided yet."""
    counts = services.recognise_bulk(actor=permissions.actor_of(request))
    said = "，".join(f"{OUTCOMES[name]} {count} 件" for name, count in sorted(counts.items()))
    messages.success(request, f"已认定：{said}。" if said else "没有等待认定的商品。")
    return HttpResponseRedirect(reverse("goods:recognition"))


@require_POST
@permission_required(permissions.EDIT)
def recognise(request: HttpRequest, number: str) -> HttpResponse:
    """Decide on one good."""
    decision = services.recognise_good(actor=permissions.actor_of(request), number=number)
    messages.success(request, f"已按规则认定，结论是“{OUTCOMES[decision.outcome]}”。")
    return HttpResponseRedirect(reverse("goods:good-decision", args=[number]))
