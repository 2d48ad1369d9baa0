"""Measures of subsidies: who got one, which platforms were supported, how much is paid, whose exports held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import share, total
from youju.analytics.metrics import Direction, Metric, behind, only, register_metric
from youju.analytics.scopes import Scope, in_period
from youju.analytics.tables import SUBSIDY_AWARDS
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.funds.subsidies.addresses_claims import claim

AWARD, PARTY = "subsidies.award", "parties.party"
OWNER, HOUSE = "业务科室", "house-measures"
_PROJECT = {"project": "只算这个资金项目（项目编码）；不写为全部项目"}


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(SUBSIDY_AWARDS, "subsidies_awarded")
    register_row_kind(AWARD, "补贴决定", link_awards)
    for metric in SUBSIDIES:
        register_metric(metric)


def link_awards(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """An award opens its application. Nothing is looked up."""
    return [Link(str(row["number"]), claim(str(row["number"])) or "") for row in rows]


def beneficiary_rows(scope: Scope) -> ir.Table:
    """Each party that was paid."""
    paid = _beneficiaries(scope)
    return _of_parties(paid, "beneficiary", paid.party_id)


def platform_rows(scope: Scope) -> ir.Table:
    """Each award to a platform project."""
    awards = _awards(scope)
    platforms = awards.filter(awards.platform)
    return _of_awards(platforms, "platform", platforms.award_id * 0 + 1)


def disbursed_rows(scope: Scope) -> ir.Table:
    """Each award twice: what was paid of it, and what was not."""
    awards = _awards(scope)
    return ibis.union(
        only(_of_awards(awards, "paid", awards.paid_amount)),
        only(_of_awards(awards, "unpaid", awards.amount - awards.paid_amount)),
    )


def growth_rows(scope: Scope) -> ir.Table:
    """Each party that was paid, by whether its released value did not fall against the same months a year before."""
    before = scope.period.year_before()
    lines = scope.rows("released_lines", scope.period, before)
    paid, anyone = _beneficiaries(scope), _paid(scope.rows("subsidy_awards"))
    brokered = lines.filter(lines.agent_id != lines.merchant_id)
    # A few dozen parties among thousands: theirs alone are added up, so that ten million lines are only looked through. Of
    # any project, so that an engine that is asked about twelve at once may do it once.
    sides = ibis.union(
        lines.semi_join(anyone, lines.merchant_id == anyone.party_id).select(
            trader="merchant_id", day="released_on", value="value_cny"
        ),
        brokered.semi_join(anyone, brokered.agent_id == anyone.party_id).select(
            trader="agent_id", day="released_on", value="value_cny"
        ),
    )
    zero = ibis.literal("0").cast("decimal(18, 2)")
    values = sides.group_by("trader").aggregate(
        now=ibis.ifelse(in_period(sides.day, scope.period), sides.value, zero).sum(),
        then=ibis.ifelse(in_period(sides.day, before), sides.value, zero).sum(),
    )
    known = paid.left_join(values, [("party_id", "trader")])
    held = known.now.fill_null(zero) >= known.then.fill_null(zero)
    return _of_parties(known, ibis.ifelse(held, "held", "fell"), known.party_id)


def _awards(scope: Scope) -> ir.Table:
    awards = scope.rows("subsidy_awards")
    project = scope.parameters.get("project", "")
    return awards.filter(awards.project == project) if project else awards


def _beneficiaries(scope: Scope) -> ir.Table:
    return _paid(_awards(scope))


def _paid(awards: ir.Table) -> ir.Table:
    return awards.filter(awards.paid_amount > 0).select("party_id").distinct()


def _of_awards(table: ir.Table, part: str, value: ir.Column) -> ir.Table:
    return behind(table, part=part, kind=AWARD, row=table.award_id, number=table.application, value=value)


def _of_parties(table: ir.Table, part: ir.StringValue | str, key: ir.Column) -> ir.Table:
    return behind(table, part=part, kind=PARTY, row=key, number=key, value=key * 0 + 1)


SUBSIDIES = (
    Metric(
        code="subsidies.beneficiary_count",
        label="享受补贴的企业数",
        label_en="Enterprises paid a subsidy",
        unit="家",
        direction=Direction.HIGHER,
        grain="主体",
        owner=OWNER,
        definition="期间所属的补贴中，已经付款的不同主体数；银行退回的不算。",
        definition_en="Distinct parties paid a subsidy that belongs to the period; returned by the bank does not count.",
        basis=HOUSE,
        tables=("subsidy_awards",),
        rows=beneficiary_rows,
        combination=total("beneficiary", "得到付款的主体数"),
        example={"beneficiary": "12"},
        part_labels={"beneficiary": "得到付款的主体"},
        parameters=_PROJECT,
    ),
    Metric(
        code="subsidies.platform_project_count",
        label="支持的平台项目数",
        label_en="Platform projects supported",
        unit="个",
        direction=Direction.HIGHER,
        grain="补贴决定",
        owner=OWNER,
        definition="期间所属的补贴中，经审核、公示后决定支持的平台建设和服务项目数。",
        definition_en="Platform projects supported by awards that belong to the period, after review and publicity.",
        basis=HOUSE,
        tables=("subsidy_awards",),
        rows=platform_rows,
        combination=total("platform", "决定支持的平台项目数"),
        example={"platform": "3"},
        part_labels={"platform": "平台项目"},
        parameters=_PROJECT,
    ),
    Metric(
        code="subsidies.disbursed_rate",
        label="补贴兑付率",
        label_en="Share of awards paid",
        unit="%",
        direction=Direction.HIGHER,
        grain="补贴决定",
        owner=OWNER,
        definition="期间所属的补贴中，已付金额占决定金额的比例。",
        definition_en="Paid amount of the awards that belong to the period, in per cent of what was awarded.",
        basis=HOUSE,
        tables=("subsidy_awards",),
        rows=disbursed_rows,
        combination=share("paid", "unpaid", label="已付金额", whole_label="决定的补贴"),
        example={"paid": "900.00", "unpaid": "100.00"},
        part_labels={"paid": "已付", "unpaid": "未付"},
        parameters=_PROJECT,
    ),
    Metric(
        code="subsidies.beneficiary_growth_rate",
        label="受补贴企业出口不降率",
        label_en="Beneficiaries whose exports held",
        unit="%",
        direction=Direction.HIGHER,
        grain="主体",
        owner=OWNER,
        definition="得到付款的主体中，期间放行的出口额不低于上年同期的占比；代理按它申报的出口计算。",
        definition_en="Share of the parties paid whose released value did not fall against the same months a year before.",
        basis=HOUSE,
        tables=("subsidy_awards", "released_lines"),
        rows=growth_rows,
        combination=share("held", "fell", label="出口没有下降的主体", whole_label="得到付款的主体"),
        example={"held": "9", "fell": "3"},
        part_labels={"held": "没有下降", "fell": "下降"},
        parameters=_PROJECT,
    ),
)
