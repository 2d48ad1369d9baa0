"""What this room gives to analytics: filings by whether they were in time, and the rate over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import share
from youju.analytics.metrics import Direction, Metric, behind, register_metric
from youju.analytics.scopes import Scope
from youju.analytics.tables_exemptions import EXEMPTION_FILINGS
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.rules.trade.exemptions.lifecycle import FILING_KIND
from youju.trade.exemptions import addresses


def timely_rows(scope: Scope) -> ir.Table:
    """Each filing whose day is decided, by whether it was filed in time."""
    rows = scope.rows("exemption_filings")
    if mode := scope.parameters.get("mode", ""):
        rows = rows.filter(rows.mode == mode)
    return behind(
        rows,
        part=ibis.ifelse(rows.on_time, "on_time", "late"),
        kind=FILING_KIND,
        row=rows.filing_id,
        number=rows.number,
        value=rows.filing_id * 0 + 1,
    )


ON_TIME = Metric(
    code="exemptions.on_time_rate",
    label="免税申报按期率",
    label_en="Exemption filings in time",
    unit="%",
    grain="免税申报",
    direction=Direction.HIGHER,
    owner="外贸服务科",
    basis="house-exemptions#filing",
    definition="纳税申报期限在期间内的免税申报中，首次申报没有超过期限的比例；没有申报而逾期的计入分母，更正不另计。",
    definition_en="Share of filings whose tax period ends in the period that were first filed in time; missed ones are late.",
    tables=("exemption_filings",),
    rows=timely_rows,
    combination=share("on_time", "late", label="按期申报", whole_label="到期的免税申报"),
    example={"on_time": "47", "late": "3"},
    part_labels={"on_time": "按期", "late": "逾期"},
    parameters={"mode": "只算这种申报方式（self、agent）"},
)


def link_filings(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their keys; nothing is looked up."""
    return [Link(str(row["number"]), addresses.filing(str(row["row"])) or "") for row in rows]


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(EXEMPTION_FILINGS, "exemptions_dues")
    register_row_kind(FILING_KIND, "免税申报", link_filings)
    register_metric(ON_TIME)
