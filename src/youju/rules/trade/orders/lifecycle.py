"""The life of an order, as a table."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

ORDER_KIND = "orders.order"

DRAFT, REGISTERED, CONFIRMED, CANCELLED = "draft", "registered", "confirmed", "cancelled"

ORDER_FLOW = Flow(
    code=ORDER_KIND,
    title="交易登记",
    since=date(2020, 1, 1),
    initial=DRAFT,
    states=(
        State(DRAFT, "草稿"),
        State(REGISTERED, "已登记，待双方确认", "orders.confirm", "trade.orders.confirm_days"),
        State(CONFIRMED, "已确认"),
        State(CANCELLED, "已作废", final=True),
    ),
    transitions=(
        Transition("register", "登记", (DRAFT,), REGISTERED, "orders.edit"),
        Transition("confirm", "双方确认", (REGISTERED,), CONFIRMED, "orders.confirm"),
        Transition("return", "退回修改", (REGISTERED,), DRAFT, "orders.confirm", reason_required=True, returns=True),
        Transition("cancel", "作废", (DRAFT, REGISTERED, CONFIRMED), CANCELLED, "orders.edit", reason_required=True),
    ),
)  # fmt: skip
