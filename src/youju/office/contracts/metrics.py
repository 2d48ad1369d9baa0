"""What this room gives to analytics: contracts signed, deliverables due, and the two metrics over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import share, total
from youju.analytics.metrics import Direction, Metric, behind, register_metric
from youju.analytics.scopes import Scope
from youju.analytics.tables_office import DUE_DELIVERABLES, SIGNED_CONTRACTS
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.office.contracts import addresses
from youju.rules.office.contracts.lifecycle import CONTRACT_KIND, DELIVERABLE_KIND

HOUSE, OWNER = "house-measures#office", "综合业务科"
FILTERS = {"tag": "只算有这个标签的合同", "project": "只算这个项目编码的合同"}


def _narrowed(rows: ir.Table, scope: Scope) -> ir.Table:
    if tag := scope.parameters.get("tag", ""):
        rows = rows.filter(rows.tags.contains(f"|{tag}|"))
    if project := scope.parameters.get("project", ""):
        rows = rows.filter(rows.project == project)
    return rows


def engagement_rows(scope: Scope) -> ir.Table:
    """Each contract signed, counted once."""
    signed = _narrowed(scope.rows("signed_contracts"), scope)
    return behind(
        signed,
        part="signed",
        kind="contracts.contract",
        row=signed.contract_id,
        number=signed.number,
        value=signed.contract_id * 0 + 1,
    )


def acceptance_rows(scope: Scope) -> ir.Table:
    """Each deliverable due, by whether it was accepted."""
    due = _narrowed(scope.rows("due_deliverables"), scope)
    return behind(
        due,
        part=ibis.ifelse(due.accepted, "accepted", "open"),
        kind="contracts.deliverable",
        row=due.deliverable_id,
        number=due.number,
        value=due.deliverable_id * 0 + 1,
    )


METRICS = (
    Metric(
        code="contracts.engagement_count",
        label="签订合同次数",
        label_en="Contracts signed",
        unit="次",
        direction=Direction.HIGHER,
        grain="合同",
        owner=OWNER,
        definition="期间内签订并履行的合同份数；作废的不计。",
        definition_en="Contracts signed in the period and in force, without void ones.",
        basis=HOUSE,
        tables=("signed_contracts",),
        rows=engagement_rows,
        combination=total("signed", "签订的合同"),
        example={"signed": "1"},
        part_labels={"signed": "签订的合同"},
        parameters=FILTERS,
    ),
    Metric(
        code="contracts.acceptance_rate",
        label="合同成果验收率",
        label_en="Deliverables accepted",
        unit="%",
        direction=Direction.HIGHER,
        grain="合同成果",
        owner=OWNER,
        definition="交付期限在期间内的合同成果中，已验收的占比；不再需要的、合同终止以后到期的不计。",
        definition_en="Share of deliverables due in the period that were accepted, without dropped ones.",
        basis=HOUSE,
        tables=("due_deliverables",),
        rows=acceptance_rows,
        combination=share("accepted", "open", label="已验收的成果", whole_label="到期的成果"),
        example={"accepted": "9", "open": "1"},
        part_labels={"accepted": "已验收", "open": "未验收"},
        parameters=FILTERS,
    ),
)


def link_contracts(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their keys; nothing is looked up."""
    return [Link(str(row["number"]), addresses.contract(str(row["row"])) or "") for row in rows]


def link_deliverables(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their keys; nothing is looked up."""
    return [Link(str(row["number"]), addresses.deliverable(str(row["row"])) or "") for row in rows]


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(SIGNED_CONTRACTS, "contracts_signed")
    register_source(DUE_DELIVERABLES, "contracts_due")
    register_row_kind(CONTRACT_KIND, "合同", link_contracts)
    register_row_kind(DELIVERABLE_KIND, "合同成果", link_deliverables)
    for metric in METRICS:
        register_metric(metric)
