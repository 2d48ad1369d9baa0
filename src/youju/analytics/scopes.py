"""What a metric is asked about: the tables, the period, the pilot, further parameters. It notes which months it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import ibis
import ibis.expr.types as ir

from youju.analytics.periods import Period
from youju.analytics.tables import analytic_tables


@dataclass(slots=True)
class Scope:
    """One question.

    Args:
        period: the months that are asked about.
        pilot: only this pilot's rows; empty for every pilot that the engine has.
        parameters: further values by name, as the metric documents them.
        spans: filled while expressions are made: table → the months that are read, so that an engine opens no other file.
    """

    period: Period
    pilot: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    spans: dict[str, Period] = field(default_factory=dict)

    def rows(self, table: str, *periods: Period) -> ir.Table:
        """The rows of a documented table whose day lies in any of the periods (by default the one asked about)."""
        known = analytic_tables()[table]
        within = periods or (self.period,)
        expression = known.expression()
        if self.pilot:
            expression = expression.filter(expression.pilot == self.pilot)
        for period in within:
            self.spans[table] = period.hull(self.spans.get(table, period))
        day = expression[known.day]
        return expression.filter(ibis.or_(*(in_period(day, period) for period in within)))


def in_period(day: ir.Column, period: Period) -> ir.BooleanColumn:
    """Whether a day lies in the period."""
    return (day >= _date(period.start)) & (day < _date(period.end))


def _date(day: date) -> ir.Scalar:
    return ibis.literal(day, type="date")
