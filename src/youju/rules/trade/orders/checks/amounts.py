"""Numbers that must add up, and numbers that cannot be true."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.law import decimal, whole
from youju.rules.registry import rule
from youju.rules.trade.orders.checks.terms import HOUSE_DAY, LawOf
from youju.rules.trade.orders.facts import LineCase, OrderFacts, about_order
from youju.rules.trade.orders.kinds import OrderKind

CENT = Decimal("0.01")


@rule(
    "ORD-021",
    title="总价等于数量乘单价",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="line",
    parameters=("trade.orders.amount_tolerance",),
)
def the_amount_is_quantity_times_price(case: LineCase, law: LawOf) -> Finding | None:
    """每行的总价应等于数量乘单价，四舍五入到分。"""
    line = case.line
    product = (line.quantity * line.price).quantize(CENT, ROUND_HALF_UP)
    if abs(product - line.amount) <= decimal(law, "trade.orders.amount_tolerance"):
        return None
    return case.says(
        f"数量 {line.quantity} 乘单价 {line.price} 是 {product}，总价写的是 {line.amount}。",
        f"核对三个数；总价应为 {product}，或者改正单价。",
        "amount",
    )


@rule(
    "ORD-022",
    title="数量、总价和件数大于零",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="line",
)
def numbers_are_positive(case: LineCase, _law: LawOf) -> Finding | None:
    """数量、总价、净重和件数都应大于零。"""
    line = case.line
    named = (("quantity", "数量", line.quantity), ("amount", "总价", line.amount), ("net_weight", "净重", line.net_weight),
             ("packages", "件数", Decimal(line.packages)))  # fmt: skip
    wrong = next(((field, name, value) for field, name, value in named if value <= 0), None)
    if wrong is None:
        return None
    return case.says(f"{wrong[1]}是 {wrong[2]}。", f"{wrong[1]}应大于零；赠品和样品也请写明价值。", wrong[0])


@rule(
    "ORD-023",
    title="净重不大于毛重",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="line",
)
def net_is_within_gross(case: LineCase, _law: LawOf) -> Finding | None:
    """净重不应大于毛重。"""
    line = case.line
    if line.net_weight <= line.gross_weight:
        return None
    return case.says(
        f"净重 {line.net_weight} 千克大于毛重 {line.gross_weight} 千克。",
        "核对两个重量，可能写反了。",
        "gross_weight",
    )


@rule(
    "ORD-024",
    title="毛重与体积之比合理",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="line",
    parameters=("trade.orders.density_least", "trade.orders.density_most"),
)
def the_density_is_possible(case: LineCase, law: LawOf) -> Finding | None:
    """毛重除以体积应在合理的范围内，否则多半是单位写错。"""
    line = case.line
    if line.volume <= 0:
        return None
    density = line.gross_weight / line.volume
    least, most = decimal(law, "trade.orders.density_least"), decimal(law, "trade.orders.density_most")
    if least <= density <= most:
        return None
    return case.says(
        f"毛重 {line.gross_weight} 千克、体积 {line.volume} 立方米，每立方米 {density.quantize(Decimal('0.1'))} 千克，"
        f"通常在 {least} 到 {most} 之间。",
        "核对重量和体积的单位；确实如此的，请说明是什么货。",
        "volume",
    )


@rule(
    "ORD-025",
    title="件数不多于数量",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.HINT,
    scope="line",
)
def packages_are_fewer_than_pieces(case: LineCase, _law: LawOf) -> Finding | None:
    """件数是包装的件数，通常不多于商品的数量。"""
    line = case.line
    if line.packages <= line.quantity:
        return None
    return case.says(
        f"件数 {line.packages} 多于数量 {line.quantity}{line.unit}。",
        "核对件数；以千克、米计量的不用改。",
        "packages",
    )


@rule(
    "ORD-031",
    title="有本月的海关汇率",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="order",
)
def the_rate_is_known(order: OrderFacts, _law: LawOf) -> Finding | None:
    """折算人民币和美元限额，要有交易当月的海关汇率。"""
    missing = [code for code, rate in ((order.currency, order.rate), ("USD", order.usd_rate)) if rate is None]
    if not missing:
        return None
    return about_order(
        f"没有 {order.ordered_on:%Y-%m} 的 {'、'.join(dict.fromkeys(missing))} 海关汇率。",
        "请服务中心先导入这个月的海关汇率。",
        "currency",
    )


@rule(
    "ORD-032",
    title="一张交易单不超过单票限额",
    basis="gacc-2019-221#cap",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="order",
    parameters=("customs.declaration.value_cap",),
)
def the_order_fits_one_declaration(order: OrderFacts, law: LawOf) -> Finding | None:
    """一张交易单的总价不应超过市场采购单票报关单的货值限额。"""
    dollars, cap = in_dollars(order), decimal(law, "customs.declaration.value_cap")
    if dollars is None or dollars <= cap:
        return None
    return about_order(
        f"总价折 {dollars} 美元，超过单票限额 {cap} 美元。",
        "超过限额的交易不属于市场采购贸易，请按一般贸易办理；不得为此拆成几张。",
        "amount",
    )


@rule(
    "ORD-033",
    title="总价接近单票限额",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="order",
    parameters=("customs.declaration.value_cap", "trade.orders.near_cap_share"),
)
def the_order_is_not_cut_to_fit(order: OrderFacts, law: LawOf) -> Finding | None:
    """总价刚好低于单票限额时应说明，以排除为规避限额而拆单。"""
    dollars, cap = in_dollars(order), decimal(law, "customs.declaration.value_cap")
    share = decimal(law, "trade.orders.near_cap_share")
    if dollars is None or not cap * share <= dollars <= cap:
        return None
    return about_order(
        f"总价折 {dollars} 美元，离单票限额 {cap} 美元不远。",
        "请说明这是一笔完整的交易，没有为规避限额拆分。",
        "amount",
    )


@rule(
    "ORD-034",
    title="成交日期合理",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="order",
)
def the_deal_is_not_in_the_future(order: OrderFacts, _law: LawOf) -> Finding | None:
    """成交日期不能晚于登记之日。"""
    if order.ordered_on <= order.registered_on:
        return None
    return about_order(
        f"成交日期 {order.ordered_on} 还没有到。", f"改成 {order.registered_on} 或以前的日期。", "ordered_on"
    )


@rule(
    "ORD-035",
    title="补登以前的交易",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="order",
    parameters=("trade.orders.back_days",),
)
def the_deal_is_recent(order: OrderFacts, law: LawOf) -> Finding | None:
    """补登较早的交易应说明原因。"""
    most, days = whole(law, "trade.orders.back_days"), (order.registered_on - order.ordered_on).days
    if days <= most:
        return None
    return about_order(
        f"成交日期 {order.ordered_on} 在 {days} 天以前。", f"超过 {most} 天的补登请说明原因。", "ordered_on"
    )


@rule(
    "ORD-036",
    title="行数在上限之内",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="order",
    parameters=("trade.orders.max_lines",),
)
def the_lines_are_not_too_many(order: OrderFacts, law: LawOf) -> Finding | None:
    """一张交易单至少有一行，至多不超过行数上限。"""
    most, count = whole(law, "trade.orders.max_lines"), len(order.lines)
    if 1 <= count <= most:
        return None
    if not count:
        return about_order("交易单没有商品。", "请至少填一行商品。", "lines")
    return about_order(f"交易单有 {count} 行，至多 {most} 行。", "请分成几张交易单登记。", "lines")


@rule(
    "ORD-037",
    title="没有相同的交易单",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="order",
)
def the_deal_is_registered_once(order: OrderFacts, _law: LawOf) -> Finding | None:
    """同一天、同一买卖双方、同一总价的交易可能是重复登记，应说明。"""
    if not order.twin or order.kind is not OrderKind.SALE:
        return None
    return about_order(
        f"交易单 {order.twin} 的买卖双方、日期和总价都与这一张相同。",
        "核对是不是重复登记；确实是两笔交易的，请说明。",
        "amount",
    )


def in_dollars(order: OrderFacts) -> Decimal | None:
    """The total in USD by the customs rates of the month, half up to the cent; ``None`` without rates."""
    if order.rate is None or order.usd_rate is None:
        return None
    if order.currency == "USD":
        return order.amount
    return (order.amount * order.rate / order.usd_rate).quantize(CENT, ROUND_HALF_UP)
