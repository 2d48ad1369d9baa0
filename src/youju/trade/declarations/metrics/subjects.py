"""Parties that trade: merchants who came back, newcomers who began."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import share
from youju.analytics.metrics import Direction, Metric
from youju.analytics.scopes import Scope, in_period
from youju.trade.declarations.metrics.lines import HOUSE, OWNER, of_parties


def repeat_rows(scope: Scope) -> ir.Table:
    """Each merchant with released goods a year before, by whether there are some now."""
    before = scope.period.year_before()
    lines = scope.rows("released_lines", scope.period, before)
    merchants = lines.group_by("merchant_id").aggregate(
        then=ibis.ifelse(in_period(lines.released_on, before), 1, 0).sum(),
        now=ibis.ifelse(in_period(lines.released_on, scope.period), 1, 0).sum(),
    )
    old = merchants.filter(merchants.then > 0)
    return of_parties(old, ibis.ifelse(old.now > 0, "repeated", "gone"), old.merchant_id)


def newcomer_rows(scope: Scope) -> ir.Table:
    """Each merchant or agent filed in the period, by whether it has released goods in it."""
    parties = scope.rows("filed_parties")
    parties = parties.filter(parties.merchant | parties.agent)
    lines = scope.rows("released_lines")
    active = ibis.union(
        lines.select(active_id=lines.merchant_id), lines.select(active_id=lines.agent_id), distinct=True
    )
    known = parties.left_join(active, parties.party_id == active.active_id)
    return of_parties(known, ibis.ifelse(known.active_id.isnull(), "idle", "active"), known.party_id)


SUBJECTS = (
    Metric(
        code="subjects.repeat_rate",
        label="经营户持续出口率",
        label_en="Merchants who exported again",
        unit="%",
        direction=Direction.HIGHER,
        grain="市场经营户",
        owner=OWNER,
        definition="上年同期有货物放行的经营户中，本期也有货物放行的户数占比。",
        definition_en="Share of merchants with a released line in the same months a year before that have one now.",
        basis=HOUSE,
        tables=("released_lines",),
        rows=repeat_rows,
        combination=share(
            "repeated", "gone", label="本期也有放行的户数", whole_label="上年同期有放行的经营户"
        ),
        example={"repeated": "45", "gone": "5"},
        part_labels={"repeated": "本期也有放行", "gone": "本期没有放行"},
    ),
    Metric(
        code="subjects.newcomer_active_rate",
        label="新备案主体活跃率",
        label_en="Newcomers who began",
        unit="%",
        direction=Direction.HIGHER,
        grain="备案主体",
        owner=OWNER,
        definition="期间内通过备案的经营户和外贸代理中，期间内有货物放行的占比。",
        definition_en="Share of merchants and agents filed in the period with at least one released line in it.",
        basis=HOUSE,
        tables=("filed_parties", "released_lines"),
        rows=newcomer_rows,
        combination=share("active", "idle", label="有货物放行的主体", whole_label="新备案主体"),
        example={"active": "88", "idle": "78"},
        part_labels={"active": "有货物放行", "idle": "还没有放行"},
    ),
)
