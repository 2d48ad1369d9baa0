"""Declarations: how many, how many without paper, how much weight left by rail or sea."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import share, total
from youju.analytics.metrics import Direction, Metric
from youju.analytics.scopes import Scope
from youju.trade.declarations.metrics.lines import HOUSE, OWNER, of_declarations

_HEADS = ("released_declarations",)
LOW_CARBON, OTHER_MODES = ("2", "3"), ("4", "5")
"""Customs' codes of modes of transport (运输方式代码): sea, rail; road, air. Post and the rest are left out."""


def count_rows(scope: Scope) -> ir.Table:
    """Each declaration, counted once."""
    heads = scope.rows("released_declarations")
    return of_declarations(heads, "count", heads.declaration_id * 0 + 1)


def paperless_rows(scope: Scope) -> ir.Table:
    """Each declaration, by whether every document was electronic."""
    heads = scope.rows("released_declarations")
    return of_declarations(
        heads, ibis.ifelse(heads.paperless, "paperless", "paper"), heads.declaration_id * 0 + 1
    )


def low_carbon_rows(scope: Scope) -> ir.Table:
    """Each declaration by sea, rail, road or air, with its gross weight."""
    heads = scope.rows("released_declarations")
    heads = heads.filter(heads.transport_mode.isin(LOW_CARBON + OTHER_MODES))
    return of_declarations(
        heads, ibis.ifelse(heads.transport_mode.isin(LOW_CARBON), "low", "high"), heads.gross_weight
    )


DECLARED = (
    Metric(
        code="declarations.released_count",
        label="放行报关单票数",
        label_en="Declarations released",
        unit="票",
        direction=Direction.HIGHER,
        grain="放行报关单",
        owner=OWNER,
        definition="期间内放行的市场采购贸易（1039）报关单票数。",
        definition_en="1039 declarations released in the period.",
        basis=HOUSE,
        tables=_HEADS,
        rows=count_rows,
        combination=total("count", "放行报关单"),
        example={"count": "124"},
        part_labels={"count": "放行报关单"},
    ),
    Metric(
        code="declarations.paperless_rate",
        label="报关无纸化率",
        label_en="Paperless declarations",
        unit="%",
        direction=Direction.HIGHER,
        grain="放行报关单",
        owner=OWNER,
        definition="期间内放行的报关单中，全部单证都是电子单证的票数占比。",
        definition_en="Share of released declarations with every document electronic.",
        basis=HOUSE,
        tables=_HEADS,
        rows=paperless_rows,
        combination=share("paperless", "paper", label="全部单证无纸化的票数", whole_label="放行报关单"),
        example={"paperless": "99", "paper": "1"},
        part_labels={"paperless": "全部单证无纸化", "paper": "有纸质单证"},
    ),
    Metric(
        code="declarations.low_carbon_rate",
        label="低碳运输占比",
        label_en="Low-carbon transport",
        unit="%",
        direction=Direction.HIGHER,
        grain="放行报关单",
        owner=OWNER,
        definition="期间内由水路、铁路、公路、航空运出的毛重中，水路和铁路的占比。",
        definition_en="Share of gross weight that left by rail or sea, against air and road.",
        basis=HOUSE,
        tables=_HEADS,
        rows=low_carbon_rows,
        combination=share("low", "high", label="水路和铁路运出的毛重", whole_label="四种方式运出的毛重"),
        example={"low": "975.0", "high": "25.0"},
        part_labels={"low": "水路、铁路", "high": "公路、航空"},
    ),
)
