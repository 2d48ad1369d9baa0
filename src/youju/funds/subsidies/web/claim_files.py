"""What an application is computed on: every counted line, and the files that were brought."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.subsidies import permissions, services
from youju.funds.subsidies.selectors.counted import PARTS, counted_lines


class LineFilter(forms.Form):
    """Which part of the counted lines."""

    part = forms.ChoiceField(label="期间", required=False, choices=[("", "全部"), *PARTS.items()])


LINES = Listing(
    name="claim-lines",
    title="计入的报关单行",
    columns=(
        Column(
            "declaration",
            "申报单号",
            value=lambda r: f"{r.declaration} 第 {r.g_no} 项",
            sort=("declaration", "g_no"),
            narrow="title",
            href=lambda r: f"{reverse('declarations:declaration', args=[r.declaration])}#g{r.g_no}",
        ),
        Column("entry", "报关单号", value="entry_number", narrow="hide"),
        Column("part", "期间", value=lambda r: PARTS[r.part]),
        Column("day", "放行日期", sort="day"),
        Column("name", "品名"),
        Column("partner", "运抵国", sort="partner"),
        Column("usd", "金额（美元）", value="value_usd", sort="value_usd", numeric=True),
        Column("container", "箱号", sort="container"),
        Column("teu", "标箱", numeric=True),
    ),
    order="day",
    filter_form=LineFilter,
    export_name="补贴申请计入的报关单行",
    empty="这份申请没有计入报关单行。",
)


@require_safe
@any_permission_required(permissions.VIEW_CLAIMS, permissions.APPLY)
def lines(request: HttpRequest, number: str) -> HttpResponseBase:
    """Every declared line that counts, each opening its declaration; also as csv and xlsx."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LINES,
        lambda wish: counted_lines(actor, number, part=wish.get("part") or ""),
        may_export=allowed(actor, permissions.EXPORT_CLAIMS) or allowed(actor, permissions.APPLY),
        template="claims/lines.html",
        context={"number": number},
    )


@require_safe
@any_permission_required(permissions.VIEW_CLAIMS, permissions.APPLY)
def file(request: HttpRequest, number: str, sha256: str) -> HttpResponseBase:
    """A file that was brought, shown where the browser can."""
    name, kept = services.read_claim_file(actor=permissions.actor_of(request), number=number, sha256=sha256)
    response = file_response(request, kept, name=name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response
