"""The board, snapshots with their replay, the policy in force."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.conduct import conduct_sources
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.shell.deeds import told
from youju.rules.trade.credit.effects import effects_of
from youju.rules.trade.credit.kinds import KINDS, title_of
from youju.rules.trade.credit.policy import DEDUCT, WAYS, Item
from youju.trade.credit import charts, permissions, selectors, services
from youju.trade.credit.selectors import GradeLine
from youju.trade.credit.web.shared import TONES, both, tabs_for

_SHOWN = 100


@require_safe
@permission_required(permissions.VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """How the parties stand now and how that went."""
    found = selectors.board(permissions.actor_of(request))
    codes = [each.code for each in found.grades]
    pictures = bool(found.snapshot)
    context = {
        "tabs": tabs_for(request),
        "found": found,
        "grades": [
            (each, f"{each.code} {each.title}", f"{reverse('credit:list')}?grade={each.code}", _note(each))
            for each in found.grades
        ],
        "months": both(lambda width: charts.months_by_grade(found.months, codes, width=width))
        if pictures
        else "",
        "months_head": ("月份", *codes),
        "months_rows": [(month, *(counts.get(code, 0) for code in codes)) for month, counts in found.months],
        "spread": both(lambda width: charts.spread(found.bins, width=width)) if pictures else "",
        "spread_head": ("得分", "户数"),
        "worst": [(each, TONES.get(each.grade, "plain")) for each in found.worst],
    }
    return render(request, "credit/board.html", context)


def _note(line: GradeLine) -> str:
    """From how many points on, and how that differs from the snapshot before."""
    change = line.count - line.before
    told = f"，比上期{'多' if change > 0 else '少'} {abs(change)} 户" if change else ""
    return f"{line.least:f} 分起{told}"


@require_safe
@permission_required(permissions.VIEW)
def snapshots(request: HttpRequest) -> HttpResponse:
    """The months that were scored; ``?replay=2023-12`` scores one again and says what differs."""
    actor = permissions.actor_of(request)
    rows = list(selectors.snapshots(actor)[:_SHOWN])
    asked = request.GET.get("replay", "")
    context = {
        "tabs": tabs_for(request),
        "rows": rows,
        "codes": list(selectors.grades_of(rows[0])) if rows else [],
        "replay": services.replay(month=_month(asked)) if asked else None,
        "may_score": allowed(actor, permissions.SCORE),
    }
    return render(request, "credit/snapshots.html", context)


@require_POST
@permission_required(permissions.SCORE)
def make(request: HttpRequest) -> HttpResponse:
    """Have a month scored."""

    def deed() -> str:
        made = services.ask_snapshot(
            actor=permissions.actor_of(request), month=_month(request.POST.get("month", ""))
        )
        return f"{made.month:%Y-%m} 已评分 {made.parties} 户。重复生成不会改变已有的得分。"

    return told(request, reverse("credit:snapshots"), deed)


def _month(text: str) -> date:
    """The first day of ``2023-12``.

    Raises:
        InputError: it is no month.
    """
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise InputError(f"“{text[:10]}”不是月份", where="月份", how="请写成 2023-12 的样子") from None


@require_safe
@permission_required(permissions.VIEW)
def policy(request: HttpRequest) -> HttpResponse:
    """The policy in force: items, grades with what they do, ceilings, where the records come from."""
    today = timezone.localdate()
    now, law = services.policy_on(today), law_on(today)
    told_by = {kind: source.title for source in conduct_sources() for kind in source.kinds}
    used = {kind for item in now.items for kind in item.kinds}
    context = {
        "tabs": tabs_for(request),
        "policy": now,
        "today": today,
        "items": [(item, WAYS[item.way], _words(item)) for item in now.items],
        "grades": [(each, TONES.get(each.code, "plain"), effects_of(each.code, law)) for each in now.grades],
        "ceilings": [(title_of(each.kind), each) for each in now.ceilings],
        "kinds": [(KINDS[kind], told_by.get(kind, "")) for kind in KINDS if kind in used],
        "may_try": allowed(request.user, permissions.SIMULATE),
    }
    return render(request, "credit/policy.html", context)


def _words(item: Item) -> str:
    """How an item gives points, in words."""
    if item.way == DEDUCT:
        return (
            "；".join(f"{title_of(kind)}每次扣 {points} 分" for kind, points in item.each.items())
            + "，扣完为止"
        )
    unit = "%" if item.way == "rate" else " 个月"
    side = "以内" if item.way == "rate" else "以上"
    return "；".join(f"{edge:f}{unit}{side}给 {share * 100:.0f}%" for edge, share in item.bands)
