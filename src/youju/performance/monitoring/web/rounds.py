"""A round: made, shown with its colours and pictures, led on; its form."""

from __future__ import annotations

import uuid
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.refusals import RefusedError
from youju.performance.monitoring import permissions, selectors, services
from youju.performance.monitoring.selectors import RoundPage
from youju.performance.monitoring.web.forms import RoundForm
from youju.performance.monitoring.web.telling import ORDER_TONES, ROUND_TONES, attempted, colour_badge, tell
from youju.rules.findings import Severity
from youju.rules.performance.monitoring.colours import COLOURS, MEANINGS
from youju.rules.performance.monitoring.lifecycle import ORDER_STATES, ROUND_KIND, ROUND_STATES

Pictures = list[tuple[str, SafeString, tuple[str, str, str], list[tuple[Any, str, str]]]]
_FIELDS = {"月份": "month", "年度": "year"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Make a round."""
    actor = permissions.actor_of(request)
    form = RoundForm(request.POST if request.method == "POST" else None, initial=RoundForm.usual())

    def deed() -> tuple[str, str]:
        made = services.make_round(actor=actor, **form.cleaned_data)
        said = f"已编制 {made.number}，数字已经固定。接着核对可能性，或发科室填报。"
        return said, reverse("monitoring:round", args=[made.number])

    if request.method == "POST" and (done := attempted(request, form, deed, _FIELDS)):
        return done
    return render(request, "monitoring/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def round(request: HttpRequest, number: str) -> HttpResponse:
    """One round."""
    actor = permissions.actor_of(request)
    page = selectors.round_page(actor, number)
    known = sections()
    context = {
        "page": page,
        "row": page.row,
        "state": ROUND_STATES[page.row.state],
        "tone": ROUND_TONES.get(page.row.state, "plain"),
        "projects": [_cells(each, known, page) for each in page.projects],
        "orders": [
            (each, ORDER_STATES[each.state], ORDER_TONES.get(each.state, "plain"), selectors.is_late(each))
            for each in page.orders
        ],
        "counts": [(colour_badge(code), MEANINGS[code], *_count(page, code)) for code in COLOURS],
        "missing": sum(each.severity is Severity.ERROR for each in page.said),
        "pictures": _pictures(page),
        "kind": ROUND_KIND,
        "may_export": allowed(actor, permissions.EXPORT),
    }
    return render(request, "monitoring/round.html", context)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Take a step with a round; what the rules still ask for is told line by line."""
    here = reverse("monitoring:round", args=[number])
    try:
        done = services.step_round(
            actor=permissions.actor_of(request),
            number=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
        )
    except RefusedError as error:
        messages.error(request, f"还不能提交：{error}")
        return HttpResponseRedirect(f"{here}#missing")
    tell(request, done.findings)
    messages.success(request, f"已办理，这一轮现在的状态是“{ROUND_STATES[done.round.state]}”。")
    return HttpResponseRedirect(here)


@require_POST
@permission_required(permissions.EXPORT)
def make_form(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the official form."""
    asked = services.request_form(
        actor=permissions.actor_of(request), number=number, format=request.POST.get("format", "docx")[:10]
    )
    said = (
        "同样的监控表已经生成过，可以直接下载。"
        if asked.run is None
        else "正在生成，稍等片刻刷新本页就能下载。"
    )
    messages.success(request, said)
    return HttpResponseRedirect(reverse("monitoring:round", args=[number]) + "#forms")


@require_safe
@permission_required(permissions.EXPORT)
def document(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """A form that was made."""
    found, kept = services.hand_out_form(actor=permissions.actor_of(request), document_id=document)
    return file_response(request, kept, name=found.name)


@require_safe
@permission_required(permissions.VIEW)
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet that a section fills in."""
    name, content = services.fill_in_sheet(actor=permissions.actor_of(request), number=number)
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "no-store, private"
    return response


def _cells(each: Any, known: dict[str, str], page: RoundPage) -> dict[str, Any]:
    said = sum(found.at.get("project") == each.code for found in page.said)
    said += sum(str(found.at.get("row", "")).partition("-")[0] == str(each.place) for found in page.said)
    return {
        "row": each,
        "url": reverse("monitoring:project", args=[page.row.number, each.place]),
        "rate": "—" if each.rate is None else f"{each.rate}%",
        "reached": "—" if each.reached is None else f"{each.reached}%",
        "colour": colour_badge(each.colour),
        "targets": colour_badge(each.targets_colour),
        "section": known.get(each.section, ""),
        "held": page.held.get(each.code),
        "said": said,
    }


def _count(page: RoundPage, code: str) -> tuple[int, int]:
    return sum(each.colour == code for each in page.projects), sum(
        each.targets_colour == code for each in page.projects
    )


def _pictures(page: RoundPage) -> Pictures:
    bars = tuple(
        (each.place, each.name, each.rate, each.colour, each.reached, each.targets_colour)
        for each in page.projects
    )
    return _drawn(page.row.month, str(page.time), bars)


@lru_cache(maxsize=64)
def _drawn(month: int, time: str, bars: tuple[Any, ...]) -> Pictures:
    from youju.foundation.documents.widths import in_two_widths
    from youju.performance.monitoring.charts import NARROW, WIDE, charts_of

    projects = [
        {
            "place": place,
            "name": name,
            "rate": "" if rate is None else str(rate),
            "colour": colour,
            "reached": "" if reached is None else str(reached),
            "targets_colour": targets,
        }
        for place, name, rate, colour, reached, targets in bars
    ]
    told = {"month": month, "time": time, "projects": projects}
    found = []
    for place, ((caption, wide), (_, narrow)) in enumerate(
        zip(charts_of(told, WIDE), charts_of(told, NARROW), strict=True)
    ):
        drawing = in_two_widths(wide, narrow)
        name, colour = ("rate", "colour") if place == 0 else ("reached", "targets_colour")
        rows = [
            (each["name"], f"{each[name]}%" if each[name] else "—", COLOURS.get(each[colour], "—"))
            for each in projects
        ]
        found.append((caption, drawing, ("项目", "比率", "颜色"), rows))
    return found
