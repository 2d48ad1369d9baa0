"""The report: findings by category, section and state with pictures, and how old the open ones are."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.documents.widths import in_two_widths
from youju.foundation.identity.web.guards import permission_required
from youju.funds.internal_audits import permissions, selectors
from youju.funds.internal_audits.charts import NARROW, WIDE, ages, by_kind
from youju.funds.internal_audits.selectors.reports import Line

HEADS = ("", "合计", "未销号", "逾期", "已销号", "金额（元）")


@require_safe
@permission_required(permissions.VIEW)
def report(request: HttpRequest) -> HttpResponse:
    """The report of a year, of all years without one."""
    given = request.GET.get("year", "")
    year = int(given) if given.isascii() and given.isdecimal() and len(given) == 4 else 0
    found = selectors.report(permissions.actor_of(request), year)
    parts = (("类别", found.by_category), ("责任科室", found.by_section), ("严重程度", found.by_seriousness))
    context = {
        "report": found,
        "pictures": [
            (f"按{name}", _kinds(lines, f"按{name}"), (name, *HEADS[1:]), [_row(line) for line in lines])
            for name, lines in parts
            if lines
        ],
        "ages": _ages(found.ages),
        "age_heads": ("发现以来", "未销号的问题"),
        "today": timezone.localdate(),
    }
    return render(request, "internal_audits/report.html", context)


def _kinds(lines: Sequence[Line], title: str) -> SafeString:
    data = [(line.label, line.open, line.late, line.closed) for line in lines]
    return in_two_widths(by_kind(data, title=title, width=WIDE), by_kind(data, title=title, width=NARROW))


def _ages(rows: Sequence[tuple[str, int]]) -> SafeString:
    title = "未销号问题的时间长短"
    return in_two_widths(ages(rows, title=title, width=WIDE), ages(rows, title=title, width=NARROW))


def _row(line: Line) -> tuple[object, ...]:
    return line.label, line.count, line.open, line.late, line.closed, line.amount
