"""Sheets of labels."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import permissions, selectors, services
from youju.funds.assets.addresses import label_base
from youju.funds.assets.selectors import AssetFilter
from youju.funds.assets.web.forms import SheetForm
from youju.funds.assets.web.tabs import tabs_for


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.VIEW)
def labels(request: HttpRequest) -> HttpResponse:
    """Which labels on which paper, and the sheets that were made."""
    actor = permissions.actor_of(request)
    offered = [(code, str(sheet["name"])) for code, sheet in selectors.sheets().items()]
    first = {name: request.GET.get(name, "") for name in ("text", "section", "place")}
    base = label_base(request.build_absolute_uri("/"))
    form = SheetForm(request.POST if request.method == "POST" else None, sheets=offered, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wish = AssetFilter(text=given["text"], section=given["section"], place=given["place"])
        try:
            asked = services.request_labels(actor=actor, sheet=given["sheet"], base=base, wish=wish)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            said = (
                "同样的标签已经做过，可以直接下载。"
                if asked.run is None
                else "正在生成，稍等片刻刷新本页就能下载。"
            )
            messages.success(request, said)
            return HttpResponseRedirect(reverse("assets:labels"))
    context = {
        "tabs": tabs_for(request),
        "form": form,
        "papers": selectors.label_papers(actor),
        "base": base,
    }
    return render(request, "assets/labels.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def paper(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """A sheet that was made."""
    found, kept = services.hand_out_labels(actor=permissions.actor_of(request), document_id=document)
    return file_response(request, kept, name=found.name)
