"""Two versions side by side: by project, by cell, one whole table; and the difference as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.web.choosing import required_set
from youju.performance.targets.web.downloads import TYPES
from youju.performance.targets.web.life_forms import CompareForm

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet


@require_safe
@permission_required(permissions.VIEW)
def compare(request: HttpRequest) -> HttpResponse:
    """``left`` and ``right`` are version numbers; without them the shown version beside the one before it."""
    shown = required_set(request)
    left, right = _pair(request, shown)
    code = request.GET.get("project", "")
    query = {"year": shown.fiscal_year, "unit": shown.unit_key, "left": left.version, "right": right.version}
    context = {
        "left": left,
        "right": right,
        "same": left.pk == right.pk,
        "query": "?" + urlencode(query),
        "form": _form(shown, left, right),
        "shown": shown,
        "may_export": allowed(request.user, permissions.EXPORT),
    }
    if code:
        table = selectors.table_beside(left, right, code)
        if table is None:
            raise Http404(f"两个版本里都没有编码为 {code[:64]} 的项目。")
        return render(request, "targets/compare_table.html", context | {"table": table})
    found = selectors.comparison(left, right)
    return render(request, "targets/compare.html", context | {"found": found, "change": found.difference})


@require_safe
@permission_required(permissions.EXPORT)
def download(request: HttpRequest) -> HttpResponse:
    """The difference as xlsx."""
    left, right = _pair(request, required_set(request))
    content = services.export_difference(
        actor=permissions.actor_of(request), left_id=left.pk, right_id=right.pk
    )
    name = f"{right.fiscal_year}年绩效目标_第{left.version}版与第{right.version}版对比.xlsx"
    response = HttpResponse(content, content_type=TYPES["xlsx"])
    plain = f"targets-{right.fiscal_year}-{left.version}-{right.version}.xlsx"
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return response


def _pair(request: HttpRequest, shown: TargetSet) -> tuple[TargetSet, TargetSet]:
    right = _numbered(shown, request.GET.get("right", "")) or shown
    left = _numbered(shown, request.GET.get("left", ""))
    if left is None:
        before = selectors.before(right)
        left = before or right
    return left, right


def _numbered(shown: TargetSet, text: str) -> TargetSet | None:
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    found = selectors.numbered_set(shown, number) if number else None
    if found is None:
        raise Http404(f"{shown.fiscal_year} 年没有第 {text[:20]} 版。")
    return found


def _form(shown: TargetSet, left: TargetSet, right: TargetSet) -> CompareForm:
    versions = [
        (str(row.version), f"第 {row.version} 版（{row.state_label}）")
        for row in selectors.version_rows(shown)
    ]
    initial = {"left": str(left.version), "right": str(right.version)}
    return CompareForm(initial=initial, versions=versions)
