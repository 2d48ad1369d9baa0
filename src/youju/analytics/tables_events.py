"""The documented tables of events: enterprises that took part, orders that they won and the centre confirmed."""

from __future__ import annotations

from youju.analytics.tables import KEY, MONEY, PILOT, AnalyticTable, Column, register_table

_PROJECT = Column("project", "string", "项目编码", "project code")
_EVENT = Column("event_id", KEY, "活动", "event key")
_NUMBER = Column("number", "string", "活动编号", "event number")

EVENT_PARTICIPANTS = register_table(
    AnalyticTable(
        name="event_participants",
        label="参加活动：一家企业通过的一次报名，以活动开始之日计；取消的活动不在内",
        label_en="Approved sign-ups by the first day of the event, without cancelled events",
        key="signup_id",
        day="starts_on",
        follows="event_signups",
        group="signup_id",
        sums=(),
        columns=(
            PILOT,
            Column("signup_id", KEY, "报名", "sign-up key"),
            _NUMBER,
            _EVENT,
            Column("kind", "string", "类别", "kind of event"),
            Column("country", "string", "举办国家（地区）", "country of the event"),
            _PROJECT,
            Column("starts_on", "date", "开始日期", "first day of the event"),
        ),
    )
)

ORDERS_WON = register_table(
    AnalyticTable(
        name="orders_won",
        label="展会成交：一笔核实过的成交，以成交之日计；取消的活动不在内",
        label_en="Confirmed orders won at events by the day of the order, without cancelled events",
        key="deal_id",
        day="won_on",
        follows="event_deals",
        group="deal_id",
        sums=("amount",),
        columns=(
            PILOT,
            Column("deal_id", KEY, "成交", "order key"),
            _NUMBER,
            _EVENT,
            Column("country", "string", "买家国家（地区）", "buyer's country"),
            _PROJECT,
            Column("won_on", "date", "成交日期", "day of the order"),
            Column("amount", MONEY, "成交额", "amount", "CNY"),
        ),
    )
)
