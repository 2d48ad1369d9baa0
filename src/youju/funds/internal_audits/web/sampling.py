"""A sample: drawn, shown with its strata, drawn again; the working papers of its items."""

from __future__ import annotations

import shlex
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import revision, told, valid
from youju.funds.internal_audits import permissions, selectors, services
from youju.funds.internal_audits.web.forms import FileForm, PaperForm, SampleForm
from youju.funds.internal_audits.web.telling import attempted, tell
from youju.rules.funds.internal_audits.kinds import CONCLUSIONS, FINE, FOUND
from youju.rules.funds.internal_audits.lifecycle import FINDING_STATES, ITEM_KIND, SAMPLE_KIND
from youju.rules.funds.internal_audits.sampling import ALLOCATIONS

_FIELDS = {
    "总体": "population", "总体终止日期": "until", "样本量": "size", "抽样方法": "limits",
}  # fmt: skip
_TONES = {FINE: "hint", FOUND: "error"}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.FIND)
def draw(request: HttpRequest, number: int) -> HttpResponse:
    """Draw a sample for an engagement."""
    actor = permissions.actor_of(request)
    engagement = selectors.engagement_of(actor, number)
    form = SampleForm(request.POST if request.method == "POST" else None, initial=SampleForm.usual())

    def deed() -> tuple[str, str]:
        made = services.draw_sample(actor=actor, engagement_id=number, wish=form.wish)
        tell(request, made.findings)
        said = f"已抽取样本 {made.sample.number}，总体 {made.sample.count} 项。"
        return said, reverse("internal_audits:sample", args=[made.sample.pk])

    if request.method == "POST" and (done := attempted(request, form, deed, _FIELDS)):
        return done
    context = {"form": form, "engagement": engagement}
    return render(request, "internal_audits/draw.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def sample(request: HttpRequest, number: int) -> HttpResponse:
    """One sample; ``?again=1`` draws it again and says whether it is the same."""
    actor = permissions.actor_of(request)
    page = selectors.sample_page(actor, number)
    row = page.row
    context = {
        "page": page,
        "row": row,
        "strata": [_stratum(place, each) for place, each in enumerate(page.strata, start=1)],
        "items": [
            (item, page.strata[item.stratum]["label"], CONCLUSIONS.get(item.conclusion, "未检查"),
             _TONES.get(item.conclusion, "plain"))
            for item in page.items
        ],
        "allocation": ALLOCATIONS[row.allocation],
        "limits": "、".join(str(each) for each in row.limits) or "不分层",
        "redrawn": selectors.redraw(actor, number) if request.GET.get("again") else None,
        "kind": SAMPLE_KIND,
        "command": _command(row),
    }  # fmt: skip
    return render(request, "internal_audits/sample.html", context)


@require_safe
@permission_required(permissions.EXPORT)
def population(request: HttpRequest, number: int) -> HttpResponseBase:
    """The population of a sample as CSV."""
    name, kept = services.hand_out_population(actor=permissions.actor_of(request), sample_id=number)
    return file_response(request, kept, name=name)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.VIEW)
def item(request: HttpRequest, number: int) -> HttpResponse:
    """The working paper of a sampled item; written by whoever carries out internal supervision."""
    actor = permissions.actor_of(request)
    page = selectors.item_page(actor, number)
    first = {"examined": page.row.examined, "conclusion": page.row.conclusion}
    form = PaperForm(request.POST if request.method == "POST" else None, initial=first)

    def deed() -> tuple[str, str]:
        given: dict[str, Any] = dict(form.cleaned_data)
        row = services.examine_item(actor=actor, item_id=number, revision=revision(request), **given)
        said = "底稿已保存。" if row.conclusion != FOUND else "底稿已保存。接着把发现的问题登记下来。"
        return said, reverse("internal_audits:item", args=[number])

    if request.method == "POST" and (done := attempted(request, form, deed)):
        return done
    context = {
        "page": page,
        "row": page.row,
        "form": form,
        "file": FileForm(),
        "tone": _TONES.get(page.row.conclusion, "plain"),
        "findings": [(each, FINDING_STATES[each.state]) for each in page.findings],
        "kind": ITEM_KIND,
    }
    return render(request, "internal_audits/item.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(permissions.FIND)
def add_paper(request: HttpRequest, number: int) -> HttpResponse:
    """Attach a file to a working paper."""

    def deed() -> str:
        file: Any = valid(FileForm(request.POST, request.FILES))["file"]
        actor = permissions.actor_of(request)
        services.add_paper(actor=actor, item_id=number, content=file.file, name=file.name)
        return "已上传。"

    return told(request, reverse("internal_audits:item", args=[number]) + "#papers", deed)


@require_safe
@permission_required(permissions.VIEW)
def paper(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file of a working paper."""
    found = services.hand_out_paper(actor=permissions.actor_of(request), item_id=number, file_id=file)
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response


def _stratum(place: int, each: dict[str, Any]) -> dict[str, Any]:
    return {**each, "place": place, "total": Decimal(each["total"])}


def _command(row: Any) -> str:
    """The command that draws the same sample from the downloaded population."""
    parts = [f"youju audits sample 抽样总体{row.number}.csv --seed {shlex.quote(row.seed)} --size {row.size}"]
    if row.limits:
        parts.append("--limits " + ",".join(str(each) for each in row.limits))
    if row.certainty is not None:
        parts.append(f"--certainty {row.certainty}")
    parts.append(f"--allocation {row.allocation}")
    return " ".join(parts)
