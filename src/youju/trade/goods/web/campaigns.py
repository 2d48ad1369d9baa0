"""Re-recognitions and trials: the list, whom each touches, a yes or a no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.goods import permissions, selectors, services
from youju.trade.goods.web.pictures import bars
from youju.trade.goods.web.recognition import rule_links

if TYPE_CHECKING:
    from youju.trade.goods.models import Campaign, CampaignGood

TONES = {"listed": "warning", "deciding": "hint", "done": "ink", "failed": "error"}


class CampaignFilter(forms.Form):
    """What narrows the list."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、理由"}),
    )
    kind = forms.ChoiceField(
        label="种类", required=False, choices=[("", "全部"), ("real", "复认"), ("trial", "试算")]
    )


def _state(row: Campaign) -> SafeString:
    kind = format_html(' <span class="badge badge-plain">{}</span>', "试算") if row.trial else ""
    return format_html(
        '<span class="badge badge-{}">{}</span>{}',
        TONES.get(row.state, "plain"),
        selectors.CAMPAIGN_STATES[row.state],
        kind,
    )


LISTING = Listing(
    name="campaigns",
    title="复认和试算",
    columns=(
        Column(
            "title",
            "名称",
            sort="title",
            narrow="title",
            href=lambda row: reverse("goods:campaign", args=[row.pk]),
        ),
        Column(
            "state", "状态", value=lambda row: selectors.CAMPAIGN_STATES[row.state], draw=_state, sort="state"
        ),
        Column("as_of", "依据之日", sort="as_of"),
        Column("looked_at", "查看的商品", sort="looked_at", numeric=True),
        Column("touched", "受影响的商品", sort="touched", numeric=True),
        Column("reason", "理由"),
        Column("created_at", "发起时间", sort="created_at", narrow="hide"),
        Column("confirmed_by", "确认人", narrow="hide"),
    ),
    order="-created_at",
    filter_form=CampaignFilter,
    export_name="商品复认",
    empty="还没有复认。法规、政策值或税则变化以后，系统每夜查看，先列出受影响的商品，等您确认。",
)


class TouchedFilter(forms.Form):
    """What narrows the goods of one."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "品名、编号、经营户"}),
    )
    rule = forms.CharField(label="规则", required=False, max_length=7)


TOUCHED = Listing(
    name="touched",
    title="受影响的商品",
    columns=(
        Column(
            "name",
            "品名",
            value="good.name",
            narrow="title",
            href=lambda row: reverse("goods:good-decision", args=[row.good.number]),
        ),
        Column("number", "商品编号", value="good.number", sort="good__number"),
        Column("party", "经营户", value="party_name", sort="party_name"),
        Column("hs_code", "商品编码", value="good.hs_code", sort="good__hs_code"),
        Column("rules", "因哪些规则", value="rule_ids", draw=lambda row: rule_links(row.rule_ids)),
    ),
    order="number",
    filter_form=TouchedFilter,
    export_name="受影响的商品",
    empty="没有商品受影响。",
)
RESULT = Column("result", "办理结果", value=lambda row: selectors.RESULTS[row.result], sort="result")


def _touched(campaign: Campaign) -> Listing:
    """The list of a campaign's goods, before and after in its own words; a trial has no result to tell."""
    words = selectors.campaign_words(campaign)
    told = (
        Column("before", "现在", value=lambda row: words.get(row.before, row.before), sort="before"),
        Column("after", "将是", value=lambda row: words.get(row.after, row.after), sort="after"),
    )
    result = () if campaign.trial else (RESULT,)
    return replace(TOUCHED, columns=(*TOUCHED.columns[:-1], *told, TOUCHED.columns[-1], *result))


@require_safe
@permission_required(permissions.OVERSEE)
def campaign_list(request: HttpRequest) -> HttpResponseBase:
    """Every re-recognition and trial."""
    kinds = {"real": False, "trial": True}

    def rows(wish: Mapping[str, Any]) -> QuerySet[Campaign]:
        return selectors.campaigns(trial=kinds.get(wish.get("kind") or ""), text=wish.get("q") or "")

    return render_listing(
        request,
        LISTING,
        rows,
        template="goods/campaigns.html",
        context={
            "may_recognise": allowed(request.user, permissions.RECOGNISE),
            "may_try": allowed(request.user, permissions.TRY),
        },
        may_export=allowed(request.user, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.OVERSEE)
def campaign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One of them: whom it touches, by merchant and by rule; its progress; every good."""
    page = selectors.campaign_page(pk) if pk < 10**15 else None
    if page is None:
        raise Http404("没有这次复认或试算，请回到列表重新选择。")
    found = page.campaign
    here = reverse("goods:campaign", args=[pk])

    def rows(wish: Mapping[str, Any]) -> QuerySet[CampaignGood]:
        return selectors.campaign_goods(
            found, rule=(wish.get("rule") or "").upper(), text=wish.get("q") or ""
        )

    by_rule = [(f"{rule} {title}", count, f"{here}?rule={rule}") for rule, title, count in page.rules]
    by_merchant = [(name, count, "") for name, count in page.merchants]
    return render_listing(
        request,
        _touched(found),
        rows,
        template="goods/campaign.html",
        context={
            "page": page,
            "campaign": found,
            "by_rule": bars(by_rule, caption="受影响的商品，按规则", headings=("规则", "商品数")),
            "by_merchant": bars(by_merchant, caption="受影响的商品，按经营户", headings=("经营户", "商品数")),
            "may_recognise": allowed(request.user, permissions.RECOGNISE),
        },
        may_export=allowed(request.user, permissions.EXPORT),
    )


@require_POST
@permission_required(permissions.RECOGNISE)
def open_one(request: HttpRequest) -> HttpResponse:
    """List whom today's law touches."""
    made = services.open_campaign(actor=permissions.actor_of(request), reason=request.POST.get("reason", ""))
    messages.success(request, "已发起，正在列出受影响的商品；列好以后还要确认，才会重新认定。")
    return HttpResponseRedirect(reverse("goods:campaign", args=[made.pk]))


@require_POST
@permission_required(permissions.RECOGNISE)
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to what was listed."""
    word, reason = request.POST.get("transition", ""), request.POST.get("reason", "")
    actor = permissions.actor_of(request)
    if word == "confirm":
        services.confirm_campaign(actor=actor, campaign_id=pk, reason=reason)
        messages.success(request, "已确认，正在重新认定所列的商品。")
    elif word == "drop":
        services.drop_campaign(actor=actor, campaign_id=pk, reason=reason)
        messages.success(request, "已放弃，商品的认定没有改变。")
    else:
        raise InputError("没有这个步骤", how="请刷新页面后重试", status=422)
    return HttpResponseRedirect(reverse("goods:campaign", args=[pk]))
