"""A year of events: the calendar, and figures with their pictures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.documents.pictures import Chart
from youju.foundation.documents.widths import in_two_widths
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.countries import name_of
from youju.office.events import permissions, selectors
from youju.office.events.charts import NARROW, WIDE, Bar, months, ranked
from youju.office.events.selectors import EventFilter, Figures
from youju.office.events.web.listings import EVENT_TONES, EventFilterForm
from youju.rules.office.events.kinds import KIND_NAMES
from youju.rules.office.events.lifecycle import EVENT_STATES, PROSPECT_STAGES

_WAN = Decimal(10_000)
_FIRST, _LAST = 2000, 2099


@require_safe
@permission_required(permissions.VIEW)
def calendar(request: HttpRequest) -> HttpResponse:
    """The events of a year by month; ``year=2023``, this year without one."""
    actor, form = permissions.actor_of(request), EventFilterForm(request.GET)
    for name in ("year", "state", "only"):
        del form.fields[name]
    form.is_valid()
    given: dict[str, Any] = {name: value or "" for name, value in form.cleaned_data.items()}
    wish = EventFilter(**given)
    kept = {name: str(value) for name, value in form.cleaned_data.items() if value}
    found = selectors.calendar_of(actor, _year(request), wish)
    rows = [
        (
            month,
            [
                (
                    entry,
                    KIND_NAMES[entry.event.kind],
                    EVENT_STATES[entry.event.state],
                    EVENT_TONES.get(entry.event.state, "plain"),
                )
                for entry in month.entries
            ],
        )
        for month in found.months
    ]
    context = {
        "form": form,
        "calendar": found,
        "months": rows,
        "kept": f"&{urlencode(kept)}" if kept else "",
    }
    return render(request, "events/calendar.html", context)


@require_safe
@permission_required(permissions.VIEW)
def figures(request: HttpRequest) -> HttpResponse:
    """A year in figures: participants and orders won by month and country, and how recruitment goes."""
    actor = permissions.actor_of(request)
    found = selectors.figures_of(actor, _year(request))
    return render(
        request,
        "events/figures.html",
        {
            "figures": found,
            "years": selectors.years_with_events(actor),
            "won_wan": f"{found.won_total / _WAN:,.2f}",
            "pictures": _pictures(found),
            "stages": [(label, found.stages.get(code, 0)) for code, label in PROSPECT_STAGES.items()],
        },
    )


def _pictures(found: Figures) -> list[dict[str, object]]:
    """Caption, picture in two widths, and the table behind it, of each picture that has something to show."""
    made: list[dict[str, object]] = []
    labels = [f"{month}月" for month in range(1, 13)]

    def add(caption: str, heads: tuple[str, ...], bars: list[Bar], draw: Callable[..., Chart]) -> None:
        if any(value for _, value, _ in bars):
            rows = [(label, printed or "0") for label, _, printed in bars]
            picture = _both(lambda width: draw(bars, title=caption, width=width))
            made.append({"caption": caption, "svg": picture, "heads": heads, "rows": rows})

    people = [(label, float(n), str(n or "")) for label, n in zip(labels, found.participants, strict=True)]
    add(f"{found.year} 年各月参加活动的企业（家次）", ("月份", "家次"), people, months)
    won = [
        (label, float(n / _WAN), f"{n / _WAN:,.1f}" if n else "")
        for label, n in zip(labels, found.won, strict=True)
    ]
    add(f"{found.year} 年各月展会成交额（万元）", ("月份", "万元"), won, months)
    buyers = [
        (name_of(code) or code, float(n / _WAN), f"{n / _WAN:,.1f}") for code, n, _ in found.won_by_country
    ]
    add("展会成交额按买家国家（地区）（万元）", ("国家（地区）", "万元"), buyers, ranked)
    places = [(name_of(code) or code, float(n), str(n)) for code, n in found.participants_by_country]
    add("参加活动的企业按举办地（家次）", ("国家（地区）", "家次"), places, ranked)
    return made


def _both(draw: Callable[[int], Chart]) -> SafeString:
    return in_two_widths(*(draw(width) for width in (WIDE, NARROW)))


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    known = asked.isascii() and asked.isdigit() and len(asked) == 4 and _FIRST <= int(asked) <= _LAST
    return int(asked) if known else timezone.localdate().year
