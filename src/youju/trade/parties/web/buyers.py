"""Pages of foreign buyers, complete in Chinese and in English: the welcome, the own filing, the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.web.guards import permission_required, public
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.language import speaks_english
from youju.rules.trade.parties.lifecycle import APPROVED, REVIEWING, SUBMITTED, SUSPENDED
from youju.trade.parties import permissions, selectors, services
from youju.trade.parties.countries import countries, country_name
from youju.trade.parties.selectors.buyers import BuyerPage, buyer_types
from youju.trade.parties.services import BuyerFiling

TONES = {APPROVED: "approved", SUBMITTED: "hint", REVIEWING: "hint", SUSPENDED: "error"}


class BuyerForm(forms.Form):
    """The fields of a buyer's filing. Labels are drawn in the language of the page."""

    name = forms.CharField(
        label=later("姓名或企业名称（英文）"),
        max_length=100,
        help_text=later("与护照或营业执照一致，用拉丁字母。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    buyer_type = forms.ChoiceField(label=later("采购商类型"))
    country = forms.ChoiceField(label=later("国别（地区）"))
    passport = forms.CharField(
        label=later("护照或证件号码"),
        max_length=20,
        help_text=later("企业填法定代表人的护照号码。号码加密保存，页面上只显示头尾两位。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    contact = forms.CharField(label=later("联系人"), max_length=50)
    email = forms.EmailField(
        label=later("电子邮箱"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, *args: Any, page: BuyerPage | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds, places = self.fields["buyer_type"], self.fields["country"]
        first = ("", _("请选择"))
        kinds.choices = [first, *((code, _(name)) for code, name in buyer_types().items())]  # type: ignore[attr-defined]
        places.choices = [first, *countries(get_language() or "")]  # type: ignore[attr-defined]
        if page and page.passport:
            self.fields["passport"].required = False
            self.fields["passport"].help_text = _("已登记 %(masked)s；不改就留空。") % {
                "masked": page.passport
            }


@speaks_english
@require_safe
@public
def welcome(request: HttpRequest) -> HttpResponse:
    """What a buyer needs, and the way in."""
    return render(request, "parties/buyers.html")


@speaks_english
@require_safe
@permission_required(permissions.FILE_BUYER)
def own(request: HttpRequest) -> HttpResponse:
    """The buyer's home: where the filing stands, what is on file."""
    actor = permissions.actor_of(request)
    page = selectors.buyer_page(actor)
    language = get_language() or ""
    return render(
        request,
        "parties/buyer.html",
        {
            "page": page,
            "tone": TONES.get(page.state, "plain") if page else "plain",
            "state": _(page.state_label) if page else "",
            "kind": _(page.buyer_type_label) if page and page.buyer_type_label else "",
            "country": country_name(page.country, language) if page else "",
        },
    )


@speaks_english
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.FILE_BUYER)
def file(request: HttpRequest) -> HttpResponse:
    """The form: a new filing, or the one that was returned."""
    actor = permissions.actor_of(request)
    page = selectors.buyer_page(actor)
    if page is not None and not page.may_change:
        messages.info(request, _("您的备案已经提交，办理结果会显示在这里。"))
        return HttpResponseRedirect(reverse("parties:buyer"))
    initial = (
        {
            "name": page.name_en or page.name,
            "buyer_type": page.buyer_type,
            "country": page.country,
            "contact": page.contact,
            "email": page.email,
        }
        if page
        else {}
    )
    form = BuyerForm(request.POST or None, page=page, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.file_buyer(actor=actor, filing=BuyerFiling(**form.cleaned_data))
        except InputError as error:
            form.add_error(None, ". ".join(part for part in (error.what, error.how) if part))
        else:
            messages.success(request, _("已提交。服务中心审核后，结果显示在这一页。"))
            return HttpResponseRedirect(reverse("parties:buyer"))
    status = 422 if request.method == "POST" else 200
    return render(request, "parties/buyer_file.html", {"form": form, "page": page}, status=status)
