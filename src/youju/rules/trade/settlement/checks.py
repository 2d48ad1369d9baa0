"""The checks of settlement: reservations, receipts, write-offs, refunds, ageing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, names, whole
from youju.rules.registry import rule
from youju.rules.trade.settlement.ageing import LATE
from youju.rules.trade.settlement.facts import (
    AgeingFacts,
    ReceiptFacts,
    RefundFacts,
    ReserveFacts,
    WriteOffFacts,
)
from youju.rules.trade.settlement.names import ALIKE, UNLIKE

LawOf = Mapping[str, PolicyValue]
SAFE, HOUSE, SINCE = "safe-2020-11#platform", "house-settlement#ledger", date(2020, 5, 20)
HOURS = "trade.settlement.reserve_hours"
RATE_DAYS = "trade.settlement.rate_days"
FREE = "trade.settlement.any_currency"
EARLY = "trade.settlement.early_days"
TWIN = "trade.settlement.twin_days"
REFUND = "trade.settlement.refund_days"


@rule(
    "SET-001", title="收汇超过申报额", basis=SAFE, since=SINCE, severity=Severity.WARNING, scope="write_off"
)
def a_receipt_fits_its_declaration(facts: WriteOffFacts, _law: LawOf) -> Finding | None:
    """一笔收汇超过所附报关单可收额的，多出的部分留作待核销款，不得核销在这票报关单上。"""
    if not facts.named or facts.left <= 0:
        return None
    return Finding(
        f"收汇 {facts.receipt} 比 {facts.line.name} 的可收额多 {facts.left:,} {facts.money_currency}。",
        "核对是否包含别的报关单的货款；不是的，退回付款人。",
        {"field": "money"},
    )


@rule("SET-002", title="占用时间过长", basis=HOUSE, since=SINCE, severity=Severity.ERROR, scope="reservation",
      parameters=(HOURS,))  # fmt: skip
def a_reservation_ends(facts: ReserveFacts, law: LawOf) -> Finding | None:
    """一次占用的时间不得超过规定的小时数，到期自动释放。"""
    most = whole(law, HOURS)
    if 0 < facts.hours <= most:
        return None
    return Finding(
        f"占用 {facts.hours} 小时，规定为 1 到 {most} 小时。", f"请写 {most} 小时以内。", {"field": "hours"}
    )


@rule(
    "SET-003",
    title="付款人与采购商不符",
    basis=SAFE,
    since=SINCE,
    severity=Severity.WARNING,
    scope="write_off",
)
def the_payer_is_the_buyer(facts: WriteOffFacts, _law: LawOf) -> Finding | None:
    """付款人应是交易单上的境外采购商；由第三方付款的，要有说明。"""
    if facts.payer_like not in {UNLIKE, ALIKE} or facts.explained:
        return None
    words = "不符" if facts.payer_like == UNLIKE else "只是相近"
    return Finding(
        f"付款人 {facts.payer} 与采购商 {facts.buyer} 的名称{words}。",
        "是第三方代付的，请写明代付关系并附证明；不是的，请撤销核销。",
        {"field": "payer"},
    )


@rule("SET-004", title="逾期未收汇", basis=HOUSE, since=SINCE, severity=Severity.WARNING, scope="write_off_line",
      parameters=(LATE,))  # fmt: skip
def money_comes_in_time(facts: AgeingFacts, law: LawOf) -> Finding | None:
    """放行后规定天数内应收齐货款；仍有未收的，要说明原因。"""
    days, most = (facts.day - facts.line.released_on).days, whole(law, LATE)
    left = facts.line.declared - facts.line.collected
    if left <= 0 or days <= most:
        return None
    return Finding(
        f"{facts.line.name} 放行已 {days} 天，还有 {left:,} {facts.line.currency} 没有收汇。",
        f"请在放行后 {most} 天内收汇；收不回的，说明原因。",
        {"field": "collected"},
    )


@rule("SET-005", title="收汇币种与申报不同", basis=HOUSE, since=SINCE, severity=Severity.HINT, scope="write_off",
      parameters=(FREE,))  # fmt: skip
def the_currency_is_the_declared_one(facts: WriteOffFacts, law: LawOf) -> Finding | None:
    """收汇币种应与申报币种相同；人民币可以收，其他币种按收汇当日汇率折算，要核对合同。"""
    if facts.money_currency == facts.line.currency or facts.money_currency in names(law, FREE):
        return None
    return Finding(
        f"收汇币种 {facts.money_currency}，申报币种 {facts.line.currency}，按 {facts.received_on} 的汇率折算。",
        "请核对合同或交易单约定的币种。",
        {"field": "currency"},
    )


@rule("SET-006", title="银行业务编号重复", basis=SAFE, since=SINCE, severity=Severity.ERROR, scope="receipt")
def a_reference_is_used_once(facts: ReceiptFacts, _law: LawOf) -> Finding | None:
    """同一银行的一个业务编号只登记一次，内容不同的不得再用。"""
    for other in facts.others:
        if (other.bank, other.reference) == (facts.bank, facts.reference):
            return Finding(
                f"业务编号 {facts.reference} 已登记为收汇 {other.number}"
                f"（{other.received_on}，{other.amount:,} {other.currency}）。",
                "同一笔不必再登记；另一笔请用它自己的业务编号。",
                {"field": "reference"},
            )
    return None


@rule("SET-007", title="疑似同一笔收汇登记两次", basis=HOUSE, since=SINCE, severity=Severity.WARNING, scope="receipt",
      parameters=(TWIN,))  # fmt: skip
def a_receipt_comes_once(facts: ReceiptFacts, law: LawOf) -> Finding | None:
    """付款人、币种、金额都相同而日期相近的两笔收汇，可能是同一笔登记了两次。"""
    near = whole(law, TWIN)
    for other in facts.others:
        same = (other.currency, other.amount, other.payer_name) == (
            facts.currency,
            facts.amount,
            facts.payer_name,
        )
        apart = (other.bank, other.reference) != (facts.bank, facts.reference)
        if same and apart and abs((other.received_on - facts.received_on).days) <= near:
            return Finding(
                f"与收汇 {other.number} 的付款人、币种、金额相同，日期相差不到 {near + 1} 天。",
                "请对照两份银行回单；是同一笔的，退回后登记的一笔。",
                {"field": "amount"},
            )
    return None


@rule("SET-008", title="退汇超过已收", basis=SAFE, since=SINCE, severity=Severity.ERROR, scope="refund",
      parameters=(REFUND,))  # fmt: skip
def a_refund_is_of_what_came(facts: RefundFacts, law: LawOf) -> Iterator[Finding]:
    """退汇不得超过这笔核销还剩的已收额，并应在规定天数内办理。"""
    if facts.amount > facts.collected:
        yield Finding(
            f"退汇 {facts.amount:,} {facts.currency}，已收只有 {facts.collected:,}。",
            "请核对金额。",
            {"field": "amount"},
        )
    most = whole(law, REFUND)
    if not 0 <= (facts.day - facts.received_on).days <= most:
        yield Finding(
            f"收汇日期 {facts.received_on}，退汇日期 {facts.day}。",
            f"退汇应在收汇之日到其后 {most} 天之内。",
            {"field": "day"},
        )


@rule("SET-009", title="收汇早于放行", basis=HOUSE, since=SINCE, severity=Severity.HINT, scope="write_off",
      parameters=(EARLY,))  # fmt: skip
def money_follows_the_goods(facts: WriteOffFacts, law: LawOf) -> Finding | None:
    """收汇比放行早得多的，是预收货款，请核对是不是这票货的。"""
    days, most = (facts.line.released_on - facts.received_on).days, whole(law, EARLY)
    if days <= most:
        return None
    return Finding(f"收汇比放行早 {days} 天。", "预收货款请核对交易单的约定。", {"field": "received_on"})


@rule("SET-010", title="核销超过可收额", basis=SAFE, since=SINCE, severity=Severity.ERROR, scope="write_off")
def a_write_off_fits(facts: WriteOffFacts, _law: LawOf) -> Iterator[Finding]:
    """核销不得超过商品项的可收额，也不得超过这笔收汇还没有核销的金额。"""
    room = facts.line.declared - facts.line.collected if facts.reserved else facts.line.available
    if facts.amount > room:
        yield Finding(
            f"{facts.line.name} 的可收额是 {max(room, 0):,} {facts.line.currency}，要核销 {facts.amount:,}。",
            "请减少金额，或核销到别的商品项。",
            {"field": "amount"},
        )
    if facts.money > facts.suspense:
        yield Finding(
            f"收汇 {facts.receipt} 还没有核销的是 {facts.suspense:,} {facts.money_currency}，要用 {facts.money:,}。",
            "请减少金额。",
            {"field": "money"},
        )


@rule("SET-011", title="没有当日汇率", basis=HOUSE, since=SINCE, severity=Severity.ERROR, scope="receipt",
      parameters=(RATE_DAYS,))  # fmt: skip
def a_rate_is_there(facts: ReceiptFacts, law: LawOf) -> Finding | None:
    """收汇按当日汇率折算，节假日用之前最近一天的；太久没有汇率的，不能登记。"""
    most = whole(law, RATE_DAYS)
    if facts.rate_on is not None and 0 <= (facts.received_on - facts.rate_on).days <= most:
        return None
    return Finding(
        f"没有 {facts.currency} 在 {facts.received_on} 及之前 {most} 天内的汇率。",
        "请先导入当日汇率。",
        {"field": "received_on"},
    )


@rule("SET-012", title="收汇日期不对", basis=HOUSE, since=SINCE, severity=Severity.ERROR, scope="receipt")
def a_receipt_has_come(facts: ReceiptFacts, _law: LawOf) -> Finding | None:
    """收汇日期不得晚于今天。"""
    if facts.received_on <= facts.asked_on:
        return None
    return Finding(f"收汇日期 {facts.received_on} 还没有到。", "请写到账的日期。", {"field": "received_on"})


@rule(
    "SET-013", title="占用超过可收额", basis=SAFE, since=SINCE, severity=Severity.ERROR, scope="reservation"
)
def a_reservation_fits(facts: ReserveFacts, _law: LawOf) -> Finding | None:
    """占用不得超过商品项的可收额；同一交易数据不得重复使用。"""
    if 0 < facts.amount <= facts.line.available:
        return None
    return Finding(
        f"可收额是 {facts.line.available:,} {facts.line.currency}，要占用 {facts.amount:,}。",
        "请减少金额，或等别的占用到期。",
        {"field": "amount"},
    )
