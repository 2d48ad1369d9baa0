"""Scores, appeals, publicity lists and snapshots as lists."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.shell.templatetags.shell import badge
from youju.rules.trade.credit.kinds import title_of
from youju.rules.trade.credit.lifecycle import LIST_STATES, PLEA_STATES, PLEAS
from youju.trade.credit import addresses, permissions, selectors
from youju.trade.credit.selectors import ScoreFilter
from youju.trade.credit.web.forms import ListFilterForm, PleaFilterForm, ScoreFilterForm
from youju.trade.credit.web.shared import LIST_TONES, PLEA_TONES, grade_badge, tabs_for

SCORES = Listing(
    name="scores",
    title="主体得分",
    columns=(
        Column(
            "name",
            "名称",
            narrow="title",
            sort=("name", "pk"),
            href=lambda row: addresses.score(str(row.party_id)),
        ),
        Column("number", "备案号", sort="number"),
        Column("total", "得分", value="total", sort=("total", "pk"), numeric=True),
        Column("grade", "等级", sort=("grade", "-total"), draw=lambda row: grade_badge(row.grade)),
        Column("ceiling", "等级上限的原因", value="ceiling", narrow="hide"),
        Column("why", "重新评分", value="why", narrow="hide"),
    ),
    order="-total",
    filter_form=ScoreFilterForm,
    export_name="信用得分",
    empty="没有符合条件的得分。得分在每月初自动生成。",
)
PLEAS_LISTING = Listing(
    name="pleas",
    title="申诉与修复",
    columns=(
        Column("number", "编号", value="number", sort="number", href=lambda row: addresses.plea(str(row.pk))),
        Column("name", "主体", value="name", narrow="title"),
        Column("kind", "种类", value=lambda row: PLEAS[row.kind]),
        Column("record", "记录", value=lambda row: f"{title_of(row.record['kind'])} {row.record['number']}"),
        Column("day", "记录日期", value=lambda row: row.record["day"], narrow="hide"),
        Column("asked", "申请时间", value="asked_at", sort="pk"),
        Column("decided", "裁定时间", value="decided_at", narrow="hide"),
        Column("state", "状态", value=lambda row: PLEA_STATES.get(row.state, row.state),
               draw=lambda row: badge(PLEA_STATES.get(row.state, row.state), PLEA_TONES.get(row.state, "plain"))),
    ),
    order="-asked",
    filter_form=PleaFilterForm,
    export_name="信用申诉与修复",
    empty="没有申诉和修复。企业从自己的得分明细里选一条扣分的记录提出。",
)  # fmt: skip
LISTS = Listing(
    name="lists",
    title="公示名单",
    columns=(
        Column("number", "编号", value="number", sort="number", narrow="title",
               href=lambda row: addresses.public_list(str(row.pk))),
        Column("month", "得分月份", value=lambda row: f"{row.snapshot.month:%Y-%m}"),
        Column("grades", "等级", value=lambda row: "、".join(row.grades)),
        Column("size", "户数", value=lambda row: len(row.lines), numeric=True),
        Column("shown", "公示开始", value="shown_on", sort=("shown_on", "pk")),
        Column("until", "公示截止", value="shown_until"),
        Column("made", "拟定时间", value="made_at", sort="pk", narrow="hide"),
        Column("state", "状态", value=lambda row: LIST_STATES[row.state],
               draw=lambda row: badge(LIST_STATES[row.state], LIST_TONES[row.state])),
    ),
    order="-made",
    filter_form=ListFilterForm,
    export_name="信用公示名单",
    empty="还没有公示名单。从最近一期得分拟定，核对后公示。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def score_list(request: HttpRequest) -> HttpResponseBase:
    """All scores of a month."""
    actor = permissions.actor_of(request)

    def rows(wish: dict[str, Any]) -> Any:
        return selectors.scores(actor, ScoreFilter(**{name: value or "" for name, value in wish.items()}))

    return _list(request, SCORES, rows, {"latest": selectors.latest_snapshot()})


@require_safe
@any_permission_required(permissions.VIEW, permissions.OWN)
def plea_list(request: HttpRequest) -> HttpResponseBase:
    """Appeals and repairs: all, or one's own."""
    actor = permissions.actor_of(request)
    return _list(request, PLEAS_LISTING, lambda wish: selectors.pleas(actor, **_plain(wish)))


@require_safe
@permission_required(permissions.VIEW)
def publicity(request: HttpRequest) -> HttpResponseBase:
    """Publicity lists."""
    actor = permissions.actor_of(request)
    more = {"may_publish": allowed(actor, permissions.PUBLISH)}
    return _list(request, LISTS, lambda wish: selectors.public_lists_of_centre(actor, **_plain(wish)), more)


def _plain(wish: Any) -> dict[str, str]:
    return {name: value or "" for name, value in wish.items()}


def _list(
    request: HttpRequest, listing: Listing, rows: Any, more: dict[str, Any] | None = None
) -> HttpResponseBase:
    return render_listing(
        request,
        listing,
        rows,
        template="credit/list.html",
        context={"tabs": tabs_for(request), "which": listing.name, **(more or {})},
        may_export=allowed(request.user, permissions.EXPORT),
    )
