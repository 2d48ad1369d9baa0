"""From the figures of a month to the bulletin's plain data: sections of sentences, tables, pictures."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from youju.analytics.comparing import growth
from youju.analytics.cuts import Dimension
from youju.rules.trade.statistics.figures import in_wan, one_place
from youju.trade.statistics.documents.words import Piece, Telling, listed, shares_in_words
from youju.trade.statistics.selectors import short
from youju.trade.statistics.selectors.bulletins import MonthFigures
from youju.trade.statistics.selectors.dashboards import Labelled, Ranking

_WAN, _CENT = Decimal(10_000), Decimal("0.01")
_FIRST = 3


def bulletin_context(found: MonthFigures, *, top: int, as_of: str, district: str) -> dict[str, Any]:
    """The context of ``statistics.bulletin``.

    Args:
        found: the figures.
        top: rows of each table.
        as_of: the day on which the figures were read.
        district: what the district is called in the section on all modes of trade.
    """
    month = found.month
    now, year = Telling(str(month)), Telling(str(found.year))
    markets = found.rankings[Dimension.COUNTRY]
    sections = [
        ["一、总体情况", [_whole(found, now), _so_far(found, year)]],
        ["二、出口市场", _markets(found, now)],
        ["三、出口商品", _goods(found, now)],
        ["四、口岸和运输", [_ways(found, now)]],
        ["五、经营主体", [_parties(found, now)]],
    ]
    if found.district is not None:
        sections.append(["六、全口径出口", [_district(found, year, district)]])
    if found.alerts:
        number = "七" if found.district is not None else "六"
        sections.append([f"{number}、需要关注的情况", [[each] for each in found.alerts[:top]]])
    return {
        "title": f"市场采购贸易出口月报（{month.label}）",
        "month": str(month),
        "as_of": as_of,
        "sections": sections,
        "tables": [
            _months_table(found),
            _table(f"{month.label}主要出口市场", "国家（地区）", markets, now, "country", top),
            _table(f"{month.label}商品品类", "品类", found.rankings[Dimension.CATEGORY], now, "category", top),
            _table(f"{month.label}运输方式", "运输方式", found.rankings[Dimension.TRANSPORT], now, "transport_mode", top),
        ],
        "pictures": [
            {
                "kind": "months",
                "caption": f"{found.year.label}各月出口额（万元；短线为上年同月）",
                "data": [
                    [f"{each.month.month}月", _float(each.sums.value), _float(each.year_value)] for each in found.months
                ],
            },
            {
                "kind": "ranked",
                "caption": f"{month.label}前 {min(top, len(markets.rows))} 位出口市场（万元、占比）",
                "data": [
                    [short(row.label), _float(row.sums.value), _printed(row)] for row in markets.rows[:top]
                ],
            },
        ],
    }  # fmt: skip


def _whole(found: MonthFigures, now: Telling) -> list[Piece]:
    whole = found.whole
    pieces: list[Piece] = [
        f"{found.month.label}，放行市场采购贸易（1039）报关单 ",
        now.whole(whole.declarations, "declarations.released_count", "票"),
        " 票，出口 ",
        now.wan(whole.value, "exports.value_cny"),
        " 万元",
        *now.change(whole.on_year, "上年同月", "exports.growth_rate"),
        *now.change(whole.on_before, "上月", "statistics.cut.whole.growth_on_month"),
        "；净重 ",
        now.tons(whole.net_weight, "exports.net_weight"),
        " 吨",
    ]
    if whole.price is not None:
        price = f"{whole.price.quantize(_CENT, ROUND_HALF_UP):,f}"
        pieces += ["，每千克均价 ", now.figure(price, "exports.average_price", "CNY/kg"), " 元"]
    return [*pieces, "。"]


def _so_far(found: MonthFigures, year: Telling) -> list[Piece]:
    so_far = found.so_far
    return [
        f"{found.year.label}累计出口 ",
        year.wan(so_far.value, "exports.value_cny"),
        " 万元",
        *year.change(so_far.on_year, "上年同期", "exports.growth_rate"),
        "，累计放行报关单 ",
        year.whole(so_far.declarations, "declarations.released_count", "票"),
        " 票。",
    ]


def _markets(found: MonthFigures, now: Telling) -> list[list[Piece]]:
    ranking = found.rankings[Dimension.COUNTRY]
    compared = ranking.compared
    first: list[Piece] = [
        "货物运抵 ",
        now.whole(len(compared.groups), "statistics.cut.country.count", "个"),
        " 个国家（地区）",
    ]
    if compared.cr5 is not None:
        first += ["，前五位合计占 ", now.rate(compared.cr5, "exports.market_cr5"), "%"]
    said = [
        [
            *first,
            "。居前的是：",
            *shares_in_words(_leading(ranking, "country"), now, "statistics.cut.country"),
            "。",
        ]
    ]
    if compared.has_year and compared.new:
        names = [row.label for row in ranking.rows if row.group.is_new]
        said.append(["与上年同月相比，新增出口市场 ", now.whole(len(names), "exports.new_market_count", "个"),
                     f" 个：{listed(names)}。"])  # fmt: skip
    if found.gone_markets:
        said.append([f"上年同月有出口、本月没有的：{listed(list(found.gone_markets))}。"])
    regions = found.rankings[Dimension.REGION]
    if regions.rows:
        said.append(
            ["分洲看，", *shares_in_words(_leading(regions, "region"), now, "statistics.cut.region"), "。"]
        )
    return said


def _goods(found: MonthFigures, now: Telling) -> list[list[Piece]]:
    ranking, codes = found.rankings[Dimension.CATEGORY], found.rankings[Dimension.HS_CODE]
    said: list[list[Piece]] = [
        ["按品类看，", *shares_in_words(_leading(ranking, "category"), now, "statistics.cut.category"), "。"]
    ]
    counted: list[Piece] = [
        "出口商品编码 ",
        now.whole(len(codes.compared.groups), "statistics.cut.hs_code.count", "种"),
        " 种",
    ]
    names = [short(row.label) for row in codes.rows if row.group.is_new]
    if codes.compared.has_year and names:
        counted += [
            "，其中与上年同月相比首次出口 ",
            now.whole(len(names), "exports.new_goods_count", "种"),
            f" 种：{listed(names, most=_FIRST)}",
        ]
    return [*said, [*counted, "。"]]


def _ways(found: MonthFigures, now: Telling) -> list[Piece]:
    ways, ports = found.rankings[Dimension.TRANSPORT], found.rankings[Dimension.PORT]
    return [
        "经 ",
        now.whole(len(ports.compared.groups), "statistics.cut.port.count", "个"),
        " 个口岸出境。按运输方式，",
        *shares_in_words(_leading(ways, "transport_mode"), now, "statistics.cut.transport_mode"),
        "。",
    ]


def _parties(found: MonthFigures, now: Telling) -> list[Piece]:
    return [
        "本月有货物放行的市场经营户 ",
        now.whole(found.merchants, "statistics.cut.merchant.count", "家"),
        " 家，外贸代理 ",
        now.whole(found.agents, "statistics.cut.agent.count", "家"),
        " 家。",
    ]


def _district(found: MonthFigures, year: Telling, district: str) -> list[Piece]:
    return [
        f"{found.year.label}，{district}各种贸易方式的出口额",
        *[
            piece.lstrip("，") if isinstance(piece, str) else piece
            for piece in year.change(found.district, "上年同期", "exports.district_growth_rate")
        ],
        "。",
    ]


def _leading(ranking: Ranking, name: str) -> list[tuple[str, Decimal, Decimal | None, Decimal | None, str]]:
    return [
        (row.label, row.sums.value, row.group.share, row.sums.on_year, f"{name}:{row.key}")
        for row in ranking.rows[:_FIRST]
    ]


def _table(  # noqa: PLR0917 - what a table is made of
    caption: str, label: str, ranking: Ranking, now: Telling, name: str, top: int
) -> dict[str, Any]:
    code = f"statistics.cut.{name}"
    return {
        "caption": caption,
        "head": [label, "出口额（万元）", "占比（%）", "同比（%）", "净重（吨）"],
        "rows": [
            [
                short(row.label),
                now.wan(row.sums.value, f"{code}.value_cny", f"{name}:{row.key}"),
                _rate(row.group.share, f"{code}.share", f"{name}:{row.key}", now),
                _rate(row.sums.on_year, f"{code}.growth_rate", f"{name}:{row.key}", now),
                now.tons(row.sums.net_weight, f"{code}.net_weight"),
            ]
            for row in ranking.rows[:top]
        ],
    }


def _months_table(found: MonthFigures) -> dict[str, Any]:
    rows = []
    for each in found.months:
        told = Telling(f"{each.month:%Y-%m}")
        change = growth(each.sums.value, each.year_value)
        rows.append(
            [
                f"{each.month:%Y-%m}",
                told.wan(each.sums.value, "exports.value_cny"),
                in_wan(each.year_value) if each.year_value else "—",
                _rate(change, "exports.growth_rate", "", told),
                told.whole(each.sums.declarations, "declarations.released_count", "票"),
            ]
        )
    return {
        "caption": f"{found.year.label}各月出口",
        "head": ["月份", "出口额（万元）", "上年同月（万元）", "同比（%）", "报关单（票）"],
        "rows": rows,
    }


def _rate(value: Decimal | None, code: str, subject: str, told: Telling) -> Piece:
    return "—" if value is None else told.figure(one_place(value), code, "%", subject)


def _printed(row: Labelled) -> str:
    share = "" if row.group.share is None else f"　{one_place(row.group.share)}%"
    return f"{in_wan(row.sums.value)}{share}"


def _float(value: Decimal) -> float:
    return float((value / _WAN).quantize(_CENT, ROUND_HALF_UP))
