"""What this room gives to analytics: who took part, what they won, and the two metrics over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis.expr.types as ir

from youju.analytics.combining import total
from youju.analytics.metrics import Direction, Metric, behind, register_metric
from youju.analytics.scopes import Scope
from youju.analytics.tables_events import EVENT_PARTICIPANTS, ORDERS_WON
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.office.events import addresses
from youju.rules.office.events.lifecycle import DEAL_KIND, SIGNUP_KIND

HOUSE, OWNER = "house-measures#office", "综合业务科"
_PROJECT = "只算这个项目编码的活动"


def participant_rows(scope: Scope) -> ir.Table:
    """Each approved sign-up, counted once."""
    rows = scope.rows("event_participants")
    if kind := scope.parameters.get("kind", ""):
        rows = rows.filter(rows.kind == kind)
    if project := scope.parameters.get("project", ""):
        rows = rows.filter(rows.project == project)
    return behind(
        rows,
        part="took_part",
        kind=SIGNUP_KIND,
        row=rows.signup_id,
        number=rows.number,
        value=rows.signup_id * 0 + 1,
    )


def won_rows(scope: Scope) -> ir.Table:
    """Each confirmed order with its amount."""
    rows = scope.rows("orders_won")
    if country := scope.parameters.get("country", ""):
        rows = rows.filter(rows.country == country)
    if project := scope.parameters.get("project", ""):
        rows = rows.filter(rows.project == project)
    return behind(rows, part="won", kind=DEAL_KIND, row=rows.deal_id, number=rows.number, value=rows.amount)


METRICS = (
    Metric(
        code="events.participant_count",
        label="参加活动的企业家次",
        label_en="Participations in events",
        unit="家次",
        grain="参加活动",
        direction=Direction.HIGHER,
        owner=OWNER,
        basis=HOUSE,
        definition="期间内开始的展会、培训和调研中，报名通过的企业家次；取消的活动不计。",
        definition_en="Approved sign-ups to events that begin in the period, cancelled events left out.",
        tables=("event_participants",),
        rows=participant_rows,
        combination=total("took_part", "参加的企业家次"),
        example={"took_part": "16"},
        part_labels={"took_part": "参加的企业"},
        parameters={"kind": "只算这个类别的活动（exhibition、training、research）", "project": _PROJECT},
    ),
    Metric(
        code="events.orders_won",
        label="展会成交额",
        label_en="Orders won at exhibitions",
        unit="元",
        grain="展会成交",
        direction=Direction.HIGHER,
        owner=OWNER,
        basis=HOUSE,
        definition="期间内成交、并经服务中心核实的展会成交额之和；取消的活动不计。",
        definition_en="Sum of confirmed orders won in the period, cancelled events left out.",
        tables=("orders_won",),
        rows=won_rows,
        combination=total("won", "核实的成交额"),
        example={"won": "1250000.00"},
        part_labels={"won": "核实的成交"},
        parameters={"country": "只算这个国家（地区）买家的成交", "project": _PROJECT},
    ),
)


def link_signups(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their keys; nothing is looked up."""
    return [Link(str(row["number"]), addresses.signup(str(row["row"])) or "") for row in rows]


def link_deals(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their keys; nothing is looked up."""
    return [Link(str(row["number"]), addresses.deal(str(row["row"])) or "") for row in rows]


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(EVENT_PARTICIPANTS, "events_partaking")
    register_source(ORDERS_WON, "events_won")
    register_row_kind(SIGNUP_KIND, "活动报名", link_signups)
    register_row_kind(DEAL_KIND, "展会成交", link_deals)
    for metric in METRICS:
        register_metric(metric)
