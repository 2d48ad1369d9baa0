"""Rows of released goods and declarations as lineage, in one form for all metrics over them."""

from __future__ import annotations

import ibis.expr.types as ir

from youju.analytics.metrics import behind

LINE, DECLARATION, PARTY = "declarations.line", "declarations.declaration", "parties.party"
OWNER = "业务科室"
HOUSE = "house-measures"


def of_lines(table: ir.Table, part: ir.StringValue | str, value: ir.Column) -> ir.Table:
    """Released goods as rows behind a value."""
    number = table.declaration + "/" + table.g_no.cast("string")
    return behind(table, part=part, kind=LINE, row=table.line_id, number=number, value=value)


def of_declarations(table: ir.Table, part: ir.StringValue | str, value: ir.Column) -> ir.Table:
    """Released declarations as rows behind a value."""
    return behind(
        table,
        part=part,
        kind=DECLARATION,
        row=table.declaration_id,
        number=table.declaration,
        value=value,
    )


def of_parties(table: ir.Table, part: ir.StringValue | str, key: ir.Column) -> ir.Table:
    """Parties as rows behind a count: each contributes one."""
    one = key * 0 + 1
    return behind(table, part=part, kind=PARTY, row=key, number=key, value=one)
