"""The rules STA-…: what the watch over operations (运行监测) says by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, decimal, whole
from youju.rules.registry import rule
from youju.rules.trade.statistics.facts import (
    DistrictCase,
    MerchantCase,
    PortCase,
    ReleaseCase,
    ReplyCase,
    ValueCase,
    about,
)
from youju.rules.trade.statistics.figures import fall, in_wan, one_place

BASIS, HOUSE_DAY = "house-statistics#alerts", date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule(
    "STA-001",
    title="月出口额比上年同月明显下降",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="watch",
    parameters=("trade.statistics.fall_on_year", "trade.statistics.fall_least_value"),
)
def the_month_is_not_far_below_last_years(case: ValueCase, law: LawOf) -> Finding | None:
    """一个月的出口额不应比上年同月下降太多。"""
    return _fallen(case, law, case.year_value, "上年同月", decimal(law, "trade.statistics.fall_on_year"))


@rule(
    "STA-005",
    title="月出口额比上月明显下降",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.HINT,
    scope="watch",
    parameters=("trade.statistics.fall_on_before", "trade.statistics.fall_least_value"),
)
def the_month_is_not_far_below_the_one_before(case: ValueCase, law: LawOf) -> Finding | None:
    """一个月的出口额不应比上月下降太多。"""
    return _fallen(case, law, case.before_value, "上月", decimal(law, "trade.statistics.fall_on_before"))


def _fallen(case: ValueCase, law: LawOf, base: Decimal, named: str, most: Decimal) -> Finding | None:
    if base < decimal(law, "trade.statistics.fall_least_value"):
        return None
    down = fall(case.value, base)
    if down < most:
        return None
    return about(
        case.subject,
        f"{case.month:%Y-%m}",
        f"{case.label} {case.month:%Y}年{case.month.month}月出口 {in_wan(case.value)} 万元，{named} {in_wan(base)} 万元，"
        f"下降 {one_place(down)}%。",
        "打开明细，看是哪些商品、经营户少了，还是放行推迟到了下月；写明原因后结束。",
    )


@rule(
    "STA-002",
    title="经营户停了下来",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.HINT,
    scope="watch",
    parameters=(
        "trade.statistics.quiet_days",
        "trade.statistics.quiet_forget_days",
        "trade.statistics.quiet_least_declarations",
    ),
)
def a_trading_merchant_goes_on(case: MerchantCase, law: LawOf) -> Finding | None:
    """常出口的经营户不应忽然很久没有货物放行。"""
    quiet = (case.judged_on - case.last_on).days
    if case.declarations < whole(law, "trade.statistics.quiet_least_declarations"):
        return None
    if (
        not whole(law, "trade.statistics.quiet_days")
        <= quiet
        < whole(law, "trade.statistics.quiet_forget_days")
    ):
        return None
    return about(
        case.subject,
        case.last_on.isoformat(),
        f"{case.label}出口过 {case.declarations} 票，最近一次放行是 {case.last_on}，已经 {quiet} 天没有出口。",
        "联系经营户问明情况：淡季、转到别的市场、还是遇到困难。",
    )


@rule(
    "STA-003",
    title="口岸有报关单迟迟没有放行",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="watch",
    parameters=("trade.statistics.stuck_days", "trade.statistics.stuck_least"),
)
def a_port_lets_declarations_through(case: PortCase, law: LawOf) -> Finding | None:
    """发往海关的报关单应在几天内放行。"""
    edge = case.judged_on - timedelta(days=whole(law, "trade.statistics.stuck_days"))
    stuck = sorted((day, number) for number, day in case.sent.items() if day <= edge)
    if len(stuck) < whole(law, "trade.statistics.stuck_least") or not stuck:
        return None
    oldest, number = stuck[0]
    return about(
        case.subject,
        oldest.isoformat(),
        f"{case.label}有 {len(stuck)} 票报关单发出后没有放行，最早的 {number} 已经 {(case.judged_on - oldest).days} 天。",
        "与报关行和口岸核对：查验、缺单证、还是回执没有收到。",
    )


@rule(
    "STA-004",
    title="好几天没有放行数据",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="watch",
    parameters=("trade.statistics.late_release_days",),
)
def releases_arrive(case: ReleaseCase, law: LawOf) -> Finding | None:
    """应当每隔几天就有报关单放行；没有的，多半是数据没有到。"""
    if case.last_on is None:
        return None
    days = (case.judged_on - case.last_on).days
    if days < whole(law, "trade.statistics.late_release_days"):
        return None
    return about(
        "releases",
        case.last_on.isoformat(),
        f"最近一次放行是 {case.last_on}，已经 {days} 天没有新的放行。",
        "查看“报文和回执”是否中断；节假日没有业务的，写明即可。",
    )


@rule(
    "STA-006",
    title="上月的全口径统计还没有导入",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.HINT,
    scope="watch",
    parameters=("trade.statistics.late_import_days",),
)
def district_statistics_are_imported(case: DistrictCase, law: LawOf) -> Finding | None:
    """全口径出口统计应在次月按期导入。"""
    last = (case.judged_on.replace(day=1) - timedelta(days=1)).replace(day=1)
    if case.judged_on.day < whole(law, "trade.statistics.late_import_days"):
        last = (last - timedelta(days=1)).replace(day=1)
    if case.latest is None or case.latest >= last:
        return None
    return about(
        "districts",
        f"{last:%Y-%m}",
        f"{last.year}年{last.month}月的全口径统计还没有导入，最近的一个月是 {case.latest:%Y-%m}。",
        "从海关取得统计表，在“全口径出口”导入。",
    )


@rule(
    "STA-007",
    title="发出的报文迟迟没有回执",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="watch",
    parameters=("trade.statistics.late_reply_days",),
)
def replies_arrive(case: ReplyCase, law: LawOf) -> Finding | None:
    """发往海关的报文应在几天内收到回执。"""
    edge = case.judged_on - timedelta(days=whole(law, "trade.statistics.late_reply_days"))
    late = sorted((day, name) for name, day in case.waiting.items() if day <= edge)
    if not late:
        return None
    oldest, name = late[0]
    return about(
        "replies",
        oldest.isoformat(),
        f"{len(late)} 份报文发出后没有回执，最早的 {name} 已经 {(case.judged_on - oldest).days} 天。",
        "在“报文和回执”查看交换是否中断，必要时询问状态或重发。",
    )
