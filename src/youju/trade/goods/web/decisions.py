"""A decision with its articles, its facts and its law; its replay; the explanation and the officer's word on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.goods.checks.brands import BRAND_KINDS
from youju.rules.trade.parties.lifecycle import PARTY_FLOW
from youju.trade.goods import permissions, selectors, services
from youju.trade.goods.services.replaying import KINDS

if TYPE_CHECKING:
    from youju.trade.goods.selectors import GoodCard

_PARTY_STATES = {state.code: state.label for state in PARTY_FLOW.states}


class ExplainForm(forms.Form):
    """Why the good stands as it is."""

    text = forms.CharField(
        label="说明",
        help_text="逐条说明为什么这样填报；填错了的，请改正商品资料，不要用说明代替。",
        error_messages={"required": "请写明为什么这样填报。"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def facts_shown(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The facts that a decision stood on, in words."""
    good, tariff, party, paper = (facts[name] for name in ("good", "tariff", "party", "authorisation"))
    line = tariff["line"] or {}
    units = "、".join(unit for unit in (line.get("unit1"), line.get("unit2")) if unit)
    duty = line.get("export_duty")
    return [
        ("品名", good["name"]),
        ("英文名称", good["name_en"]),
        ("规格型号", good["model"]),
        ("品牌", f"{BRAND_KINDS.get(good['brand_kind'], '')} {good['brand']}".strip()),
        ("品牌授权", _paper(paper)),
        ("成交单位", good["unit"]),
        ("申报要素", "；".join(f"{name}：{text}" for name, text in good["elements"] if text)),
        ("商品编码", good["hs_code"]),
        ("税则版本", tariff["version"]),
        ("编码措辞", line.get("name", "税则里没有这个编码")),
        ("法定单位", units),
        ("监管条件", line.get("supervision", "")),
        ("检验检疫类别", line.get("inspection", "")),
        ("出口关税", f"{duty}%" if duty else ""),
        ("经营户备案", f"{party['number']}，{_PARTY_STATES.get(party['state'], party['state'])}"),
        ("备案的商品章", "、".join(party["chapters"])),
        ("备案有效期至", party["valid_to"] or ""),
    ]


def _paper(paper: Mapping[str, Any]) -> str:
    if not paper["attached"]:
        return "没有"
    return f"有，至 {paper['until']}" if paper["until"] else "有，没有写有效期"


@require_safe
@permission_required(permissions.VIEW)
def good_decision(request: HttpRequest, number: str) -> HttpResponse:
    """What was decided of a good last, and what may be done about it."""
    return _good_page(request, number, ExplainForm())


def _good_page(request: HttpRequest, number: str, form: ExplainForm, status: int = 200) -> HttpResponse:
    good = selectors.good_of(number)
    if good is None:
        raise Http404("没有这件商品，请回到商品列表重新选择。")
    card: GoodCard = selectors.good_card(good, permissions.actor_of(request))
    context: dict[str, Any] = {"card": card, "good": good, "form": form}
    if card.page is not None:
        context |= {
            "page": card.page,
            "facts": facts_shown(card.page.decision.facts),
            "decisions": selectors.decisions_of(number)[:20],
        }
    return render(request, "goods/good_decision.html", context, status=status)


@require_safe
@permission_required(permissions.VIEW)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision as it was made."""
    page = selectors.decision_page(pk) if pk < 10**15 else None
    if page is None:
        raise Http404("没有这次认定，请回到商品重新选择。")
    context = {"page": page, "good": page.good, "facts": facts_shown(page.decision.facts)}
    return render(request, "goods/decision.html", context)


@require_safe
@permission_required(permissions.VIEW)
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision made again from its facts under the law of its day; nothing is stored."""
    page = selectors.decision_page(pk) if pk < 10**15 else None
    if page is None:
        raise Http404("没有这次认定，请回到商品重新选择。")
    state, differences = services.replay(decision_id=pk)
    found = [(KINDS[each.kind], each) for each in differences]
    return render(request, "goods/replayed.html", {"page": page, "found": found, "state": state})


@require_POST
@permission_required(permissions.EDIT)
def explain(request: HttpRequest, number: str) -> HttpResponse:
    """Explain the soft findings of a good."""
    form = ExplainForm(request.POST)
    if form.is_valid():
        try:
            made = services.explain_good(
                actor=permissions.actor_of(request), number=number, text=form.cleaned_data["text"]
            )
        except InputError as error:
            if error.status != 422:
                raise
            form.add_error("text", str(error))
        else:
            waits = made.step == "waits"
            messages.success(request, "已说明，等工作人员确认。" if waits else "已说明，商品已予认定。")
            return HttpResponseRedirect(reverse("goods:good-decision", args=[number]))
    return _good_page(request, number, form, status=422)


@require_POST
@permission_required(permissions.RECOGNISE)
def judge(request: HttpRequest, number: str) -> HttpResponse:
    """Accept or reject an explanation."""
    seen = request.POST.get("decision", "")
    accept = request.POST.get("word") == "accept"
    services.judge_explanation(
        actor=permissions.actor_of(request),
        number=number,
        decision_id=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else 0,
        accept=accept,
        comment=request.POST.get("comment", ""),
    )
    messages.success(request, "已采纳说明，商品已予认定。" if accept else "已不予采纳，商品不予认定。")
    return HttpResponseRedirect(
        reverse("goods:waiting")
        if allowed(request.user, permissions.OVERSEE)
        else reverse("goods:good-decision", args=[number])
    )
