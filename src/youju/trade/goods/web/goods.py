"""The list of goods, one good's page, its picture and papers, taking it out of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.goods import permissions, selectors, services
from youju.trade.goods.imports.catalogue import CODE
from youju.trade.goods.web.forms import GoodFilter

if TYPE_CHECKING:
    from youju.trade.goods.models import Good

TONES = {
    "recognised": "approved",
    "explained": "approved",
    "refused": "error",
    "outdated": "warning",
    "withdrawn": "plain",
}
_PICTURES = {"small": "picture-small", "large": "picture-large", "original": "picture"}


def state_badge(state: str) -> SafeString:
    """A good's state as a mark."""
    return format_html(
        '<span class="badge badge-{}">{}</span>', TONES.get(state, "hint"), selectors.STATES[state]
    )


def _picture(row: Good) -> SafeString:
    if not row.picture:
        return format_html('<span class="no-picture" title="{}"></span>', "没有图片")
    # The mark changes with the picture, so a browser may keep what it has.
    address = f"{reverse('goods:good-picture', args=[row.pk, 'small'])}?v={row.picture.hex[:8]}"
    return format_html('<img class="thumb" src="{}" alt="" width="48" height="48" loading="lazy">', address)


LISTING = Listing(
    name="goods",
    title="商品",
    columns=(
        Column("name", "中文名称", sort="name", narrow="title", href=lambda row: reverse("goods:good", args=[row.pk])),
        Column("picture", "图片", value=lambda row: "有" if row.picture else "没有", draw=_picture),
        Column("number", "商品编号", sort="number"),
        Column("name_en", "英文名称", sort="name_en", narrow="hide"),
        Column("model", "规格型号", narrow="hide"),
        Column("hs_code", "商品编码", sort="hs_code"),
        Column("unit", "成交单位", narrow="hide"),
        Column("brand", "品牌", sort="brand", value=lambda row: row.brand or selectors.BRAND_KINDS[row.brand_kind]),
        Column("state", "状态", sort="state", value=lambda row: selectors.STATES[row.state],
               draw=lambda row: state_badge(row.state)),
        Column("party", "经营户", value="party.name"),
        Column("changed", "修改时间", value="changed_at", sort="changed_at", narrow="hide"),
    ),
    order="-changed",
    tie=("-pk",),
    filter_form=GoodFilter,
    export_name="商品清单",
    empty="还没有登记商品。",
    next_step=("登记第一件商品", "/goods/new/"),
)  # fmt: skip
READING = Listing(**{**{name: getattr(LISTING, name) for name in LISTING.__slots__}, "next_step": ("", "")})


class ReasonForm(forms.Form):
    """Why a good is taken out of the catalogue."""

    reason = forms.CharField(
        label="理由",
        max_length=200,
        error_messages={"required": "请写明理由。"},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@require_safe
@permission_required(permissions.VIEW)
def good_list(request: HttpRequest) -> HttpResponseBase:
    """The goods that the user sees: filter, sort, export."""
    may_edit = allowed(request.user, permissions.EDIT)
    return render_listing(
        request,
        LISTING if may_edit else READING,
        lambda wish: selectors.goods(
            permissions.actor_of(request), **{name: str(value or "") for name, value in wish.items()}
        ),
        template="goods/goods.html",
        context={"may_edit": may_edit, "import_code": CODE, "counts": _counts()},
        may_export=allowed(request.user, permissions.EXPORT),
    )


def _counts() -> list[tuple[str, str, int]]:
    """State, its name, how many goods in reach stand in it, without those taken out; each leads to their recognition."""
    counts = selectors.state_counts()
    return [(code, selectors.STATES[code], counts[code]) for code in selectors.STATES if counts.get(code)]


@require_safe
@permission_required(permissions.VIEW)
def good(request: HttpRequest, number: int) -> HttpResponse:
    """One good: picture, what it says of itself, what the tariff says of its code, its latest decision, its history."""
    page = selectors.good_page(permissions.actor_of(request), number)
    if page is None:
        raise Http404("没有这件商品，或它不归您办理；请回到商品列表重新选择。")
    found = page.good
    context: dict[str, Any] = {
        "page": page,
        "good": found,
        "state": state_badge(found.state),
        "facts": _facts(found, page.party_name),
        "may_edit": page.may_act and allowed(request.user, permissions.EDIT),
        "card": selectors.good_card(found, permissions.actor_of(request)),
    }
    return render(request, "goods/good.html", context)


def _facts(found: Good, party: str) -> list[tuple[str, object]]:
    return [
        ("商品编号", found.number),
        ("经营户", party),
        ("英文名称", found.name_en),
        ("规格型号", found.model),
        ("品牌", f"{selectors.BRAND_KINDS[found.brand_kind]}{'：' + found.brand if found.brand else ''}"),
        ("授权有效期至", found.authorised_until),
        ("生产企业", found.producer),
        ("成交单位", found.unit),
        ("附加编码", found.extra_code),
        ("修订次数", found.revision),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a good out of the catalogue, after what that means was said."""
    page = selectors.good_page(permissions.actor_of(request), number)
    if page is None:
        raise Http404("没有这件商品，或它不归您办理。")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.withdraw_good(
            actor=permissions.actor_of(request), good_id=number, reason=form.cleaned_data["reason"]
        )
        messages.success(request, f"“{page.good.name}”已下架。")
        return HttpResponseRedirect(reverse("goods:good", args=[number]))
    context = {
        "title": f"下架 {page.good.name}",
        "question": "要把这件商品下架吗？",
        "consequences": [
            "它不再能写进新的交易单。",
            "已有的认定和记录都留着，以后可以恢复，恢复后须重新认定。",
        ],
        "action": "下架",
        "back_url": reverse("goods:good", args=[number]),
        "form": form,
        "fields": {},
    }
    return render(request, "shell/confirm.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(permissions.EDIT)
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Put a withdrawn good back."""
    found = services.restore_good(actor=permissions.actor_of(request), good_id=number)
    messages.success(request, f"“{found.name}”已恢复，等待认定。")
    return HttpResponseRedirect(reverse("goods:good", args=[number]))


@require_safe
@permission_required(permissions.VIEW)
def picture(request: HttpRequest, number: int, size: str) -> HttpResponseBase:
    """The picture of a good: ``small``, ``large``, or the ``original`` as a download."""
    role = _PICTURES.get(size)
    found = selectors.picture_of(permissions.actor_of(request), number, role) if role else None
    if found is None:
        raise Http404("没有这张图片。")
    response = file_response(request, found.kept, name=found.name, inline=size != "original")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@require_safe
@permission_required(permissions.VIEW)
def authorisation(request: HttpRequest, number: int) -> HttpResponseBase:
    """The brand's authorisation, byte for byte."""
    try:
        found = services.hand_out_authorisation(actor=permissions.actor_of(request), good_id=number)
    except InputError as error:
        if error.status == 404:
            raise Http404(str(error)) from error
        raise
    return file_response(request, found.kept, name=found.name)
