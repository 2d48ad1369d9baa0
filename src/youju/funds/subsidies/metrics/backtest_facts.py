"""Facts of policies from the records: exports by party and role, first exports, parties; by COPY, in the asker's reach."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.csv as pc
from django.db import connection

from youju.foundation.policies import law_on
from youju.funds.subsidies.metrics.backtest_engine import EXPORTS, FIRSTS, PARTIES, Ground
from youju.rules.funds.subsidies.shapes import Increment, Window
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.law import table
from youju.trade.declarations.selectors.loads import RELEASED_LINES, RELEASED_LOADS
from youju.trade.orders.selectors import month_rates
from youju.trade.parties.selectors.funding import parties_on_file

DOLLAR = "USD"
# Whose exports they are, by role: the merchant's goods are the agent's exports too, but for what an agent sells itself.
_ROLES = (("merchant", "merchant_id", "true"), ("agent", "agent_id", "agent_id <> merchant_id"))


def span_of(policies: Iterable[PolicyText], edge: int) -> Window:
    """The days of which policies need exports: windows with their edges of so many days, and base periods."""
    from datetime import timedelta

    known = list(policies)
    windows = [
        Window(p.window.start - timedelta(days=edge), p.window.end + timedelta(days=edge)) for p in known
    ]
    windows += [c.shape.base for p in known for c in p.clauses if isinstance(c.shape, Increment)]
    return Window(min(w.start for w in windows), max(w.end for w in windows))


def ground_of(policies: Iterable[PolicyText], *, edge: int) -> Ground:
    """The ground on which policies can be computed. Nobody knows collections and exemptions yet: they are taken as done."""
    span = span_of(policies, edge)
    exports = pa.concat_tables(
        _copied(exports_sql(role, column, where, span), EXPORTS) for role, column, where in _ROLES
    )
    firsts = pa.concat_tables(
        _copied(
            f"SELECT {column}, '{role}', min(released_on) FROM {RELEASED_LINES} WHERE {where} GROUP BY {column}",  # noqa: S608
            FIRSTS,
        )
        for role, column, where in _ROLES
    )
    rows = [
        {"party": p.id, "roles": list(p.roles), "filed_on": p.filed_on, "suspended": p.suspended}
        for p in parties_on_file()
    ]
    return Ground(exports=exports, firsts=firsts, parties=pa.Table.from_pylist(rows, schema=PARTIES))


def exports_sql(role: str, column: str, where: str, span: Window, *, also: str = "") -> str:
    """Exports in a role by released row: USD in cents (others than dollars at the customs rates of the declaring month)."""
    usd = f"""round(CASE WHEN r.currency = '{DOLLAR}' THEN r.amount ELSE r.value_cny / m.rate END * 100)::bigint"""
    return f"""SELECT r.{column}, '{role}', r.released_on, {usd}, coalesce(round(l.share * t.teu), 0)::bigint,
        r.country, r.hs_code,
        true, true FROM {RELEASED_LINES} r
        LEFT JOIN {RELEASED_LOADS} l ON l.line_id = r.line_id LEFT JOIN ({_teu(span)}) t ON t.kind = l.container_kind
        LEFT JOIN ({_rates(span)}) m ON m.month = date_trunc('month', r.declared_on)::date
        WHERE {where} AND r.released_on >= '{span.start}' AND r.released_on < '{span.end}' {also}"""  # noqa: S608 - names and days of ours


def teu_of(day: date) -> Mapping[str, Decimal]:
    """Kind of container → TEU, by the policy of a day."""
    return {
        str(kind): Decimal(str(teu))
        for kind, teu in table(law_on(day), "trade.packing.container_teu").items()
    }


def _teu(span: Window) -> str:
    rows = ", ".join(f"('{kind}', {teu:f}::numeric)" for kind, teu in teu_of(span.start).items())
    return f"SELECT * FROM (VALUES {rows}) AS t(kind, teu)"  # noqa: S608 - of a policy file


def _rates(span: Window) -> str:
    """The dollar's customs rates by month, with the month before: goods are declared before they are released."""
    month, rows = _before(span.start.replace(day=1)), []
    while month < span.end:
        rate = month_rates(month).get(DOLLAR)
        if rate is not None:
            rows.append(f"(date '{month}', {rate:f}::numeric)")
        month = _after(month)
    listed = ", ".join(rows) or "(date '1900-01-01', 1::numeric)"
    return f"SELECT * FROM (VALUES {listed}) AS m(month, rate)"  # noqa: S608 - numbers of ours


def _before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def _after(month: date) -> date:
    return date(month.year + (month.month == 12), month.month % 12 + 1, 1)


def _copied(statement: str, schema: pa.Schema) -> pa.Table:
    """Rows by ``COPY … TO STDOUT``; an amount without a customs rate is no row that may be counted, and is left out."""
    buffer = io.BytesIO()
    connection.ensure_connection()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as copy:
        for piece in copy:
            buffer.write(piece)
    if not buffer.tell():
        return schema.empty_table()
    buffer.seek(0)
    found = pc.read_csv(
        buffer,
        read_options=pc.ReadOptions(column_names=schema.names),
        convert_options=pc.ConvertOptions(
            column_types=schema,
            true_values=["t"],
            false_values=["f"],
            strings_can_be_null=False,
            null_values=[""],
        ),
    )
    return found.filter(found["usd"].is_valid()) if "usd" in schema.names else found
