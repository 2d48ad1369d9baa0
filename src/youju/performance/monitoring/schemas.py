"""What the endpoints of monitoring take and give. Money is text in CNY, rates text in per cent; blank is null."""

from __future__ import annotations

from datetime import date

from ninja import Schema


class MonitoringRoundLineOut(Schema):
    """A round in the list."""

    number: str
    year: int
    month: int
    until: date
    state: str
    projects: int
    warned: int
    open_orders: int


class MonitoringRoundsOut(Schema):
    """A page of rounds, the latest first."""

    total: int
    items: list[MonitoringRoundLineOut]


class MonitoringRowOut(Schema):
    """An indicator row as frozen, with what was written beside it."""

    row: int
    level1: str
    level2: str
    level3: str
    target: str
    done: str
    ahead: str
    share: str | None
    colour: str
    metric: str
    url: str
    suggested: str
    likelihood: str
    cause: str
    explanation: str
    measure: str
    remark: str


class MonitoringProjectOut(Schema):
    """A project of a round."""

    place: int
    code: str
    name: str
    section: str
    initial: str | None
    budget: str | None
    executed: str | None
    rate: str | None
    forecast: str | None
    method: str
    colour: str
    targets_colour: str
    explanation: str
    measure: str
    held: bool
    rows: list[MonitoringRowOut]


class MonitoringRoundOut(Schema):
    """A whole round."""

    number: str
    year: int
    month: int
    until: date
    unit: str
    version: int
    state: str
    time: str
    digest: str
    projects: list[MonitoringProjectOut]


class MonitoringOrderLineOut(Schema):
    """A rectification order in the list."""

    number: str
    round: str
    project: str
    title: str
    state: str
    section: str
    issued_on: date
    due_on: date
    late: bool


class MonitoringOrdersOut(Schema):
    """A page of orders, the newest first."""

    total: int
    items: list[MonitoringOrderLineOut]


class MonitoringAnswerOut(Schema):
    """A reply to an order."""

    turn: int
    text: str
    by: str


class MonitoringOrderOut(MonitoringOrderLineOut):
    """A whole order."""

    row: int | None
    requirement: str
    replies: list[MonitoringAnswerOut]
    held: bool


class MonitoringReplyIn(Schema):
    """A reply; ``state`` is the state that was seen."""

    text: str
    state: str = ""
