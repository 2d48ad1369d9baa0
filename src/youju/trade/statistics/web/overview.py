"""The dashboard: figures of the whole, the months, a ranking for each dimension; every figure opens its rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.analytics.cuts import Dimension
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.keeping import kept
from youju.trade.statistics import charts, permissions, selectors
from youju.trade.statistics.selectors import Overview, Ranking
from youju.trade.statistics.web import figures, pictures
from youju.trade.statistics.web.forms import FilterForm
from youju.trade.statistics.web.tabs import tabs_for
from youju.trade.statistics.web.wishes import Wish, chips, quick_periods, wish_of

MONTHS_TITLE = "各月出口额（万元）"


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: what, value, unit, the page of its rows, a note."""

    label: str
    value: str
    unit: str
    href: str
    note: SafeString | str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class RankRow:
    """A line of a ranking."""

    label: str
    href: str
    value: str
    share: str
    meter: SafeString
    change: SafeString
    is_new: bool


@dataclass(frozen=True, slots=True)
class RankBox:
    """A dimension on the dashboard; ``more`` is how many groups are not shown."""

    name: str
    title: str
    href: str
    rows: tuple[RankRow, ...]
    total: int
    note: str


@require_safe
@permission_required(permissions.VIEW)
@kept()
def overview(request: HttpRequest) -> HttpResponse:
    """The first page."""
    wish = wish_of(request)
    found = selectors.overview(actor=permissions.actor_of(request), asked=wish.asked)
    return render(
        request,
        "statistics/overview.html",
        {
            "wish": wish,
            "rows_url": wish.rows(),
            "found": found,
            "form": FilterForm(wish),
            "tabs": tabs_for(request),
            "chips": chips(wish, found.filters, selectors.TITLES),
            "quick": quick_periods(wish),
            "clear": wish.query_with(**{name: None for name in wish.query if name != "period"}),
            "tiles": _tiles(found, wish),
            "months": pictures.both(
                lambda width: charts.months(
                    pictures.points(found.months, wish), title="各月出口额", width=width
                )
            )
            if found.whole.lines
            else "",
            "months_title": MONTHS_TITLE,
            "month_heads": (
                "月份",
                "出口额（万元）",
                "上年同月（万元）",
                "同比",
                "报关单（票）",
                "净重（吨）",
            ),
            "month_rows": [
                (
                    f"{month.month:%Y-%m}",
                    figures.wan(month.sums.value),
                    figures.wan(month.year_value),
                    figures.rate(selectors.growth(month.sums.value, month.year_value)),
                    month.sums.declarations,
                    figures.tons(month.sums.net_weight),
                )
                for month in found.months
            ],
            "boxes": [rank_box(ranking, wish) for ranking in found.rankings],
            "may_export": allowed(request.user, permissions.EXPORT),
        },
    )


def _tiles(found: Overview, wish: Wish) -> list[Tile]:
    whole, rows = found.whole, wish.rows()
    markets, goods = found.ranking(Dimension.COUNTRY).compared, found.ranking(Dimension.HS_CODE).compared
    country, code = wish.address("dimension", "country"), wish.address("dimension", "hs_code")
    earlier = f"前{len(wish.asked.period.months)}个月"
    new = f"新开拓 {len(markets.new)} 个" if markets.has_year else "上年没有数据可比"
    fresh = f"新出口 {len(goods.new)} 种" if goods.has_year else "上年没有数据可比"
    return [
        Tile("出口额", figures.wan(whole.value), "万元", rows, "放行报关单的离岸价"),
        Tile("同比", figures.change(whole.on_year), "", rows, _before("上年同期", whole.year_value)),
        Tile("环比", figures.change(whole.on_before), "", rows, _before(earlier, whole.before_value)),
        Tile("报关单", f"{whole.declarations:,}", "票", rows, f"货物 {whole.lines:,} 行"),
        Tile("净重", figures.tons(whole.net_weight), "吨", rows, f"毛重 {figures.tons(whole.gross_weight)} 吨"),
        Tile("每千克均价", figures.price(whole.price), "元", rows),
        Tile("出口市场", f"{len(markets.groups)}", "个", country, new),
        Tile("出口商品", f"{len(goods.groups)}", "种", code, fresh),
        Tile("市场集中度", figures.rate(markets.cr5), "", country, f"前五位；HHI {figures.price(markets.hhi)}"),
        Tile("商品集中度", figures.rate(goods.cr5), "", code, f"前五位；HHI {figures.price(goods.hhi)}"),
    ]  # fmt: skip


def _before(when: str, value: Decimal) -> str:
    return f"{when} {figures.wan(value)} 万元" if value else f"{when}没有数据"


def rank_box(ranking: Ranking, wish: Wish) -> RankBox:
    """A dimension's largest groups as lines."""
    name, compared = ranking.dimension.value, ranking.compared
    most = compared.groups[0].share if compared.groups else None
    rows = tuple(
        RankRow(
            row.label,
            wish.rows(**{name: row.key}),
            figures.wan(row.sums.value),
            figures.rate(row.group.share),
            figures.meter(row.group.share, most or Decimal(0)),
            figures.change(row.sums.on_year),
            compared.has_year and row.group.is_new,
        )
        for row in ranking.rows
    )
    new = f"，新增 {len(compared.new)}" if compared.has_year and compared.new else ""
    return RankBox(
        name,
        selectors.TITLES[ranking.dimension],
        wish.address("dimension", name),
        rows,
        len(compared.groups),
        new,
    )
