"""Metrics and values as plain data: one form for the command line and the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from youju.analytics.metrics import Metric
from youju.foundation.metrics.models import FrozenFigure
from youju.foundation.metrics.selectors import Shown, period_of


def digits(value: Decimal) -> str:
    """Decimal digits without idle zeros; what has cents keeps two."""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    if isinstance(exponent, int) and -2 <= exponent < 0:
        return f"{plain.quantize(Decimal('0.01')):f}"
    return f"{plain:f}"


def metric_as_data(metric: Metric) -> dict[str, Any]:
    """An entry of the catalogue."""
    return {
        "code": metric.code,
        "label": metric.label,
        "label_en": metric.label_en,
        "unit": metric.unit,
        "direction": metric.direction.value,
        "grain": metric.grain,
        "definition": metric.definition,
        "definition_en": metric.definition_en,
        "formula": metric.combination.formula,
        "formula_hash": metric.formula_hash,
        "tables": list(metric.tables),
    }


def value_as_data(shown: Shown) -> dict[str, Any]:
    """A value, its parts and the page of rows asked for. Decimals are strings."""
    answer, metric = shown.answer, shown.metric
    return {
        "code": metric.code,
        "label": metric.label,
        "unit": metric.unit,
        "period": str(shown.period),
        "pilot": answer.scope.pilot,
        "value": None if answer.value is None else digits(answer.value),
        "reason": answer.result.reason,
        "formula": metric.combination.formula,
        "formula_hash": metric.formula_hash,
        "engine": answer.engine,
        "as_of": answer.as_of,
        "whole": shown.whole,
        "parts": [
            {"part": each.code, "label": each.label, "value": digits(each.value), "rows": each.rows}
            for each in shown.parts
        ],
        "row_count": shown.row_count,
        "rows": [
            {
                "part": row.part,
                "kind": row.kind,
                "number": row.link.text,
                "url": row.link.url,
                "contribution": digits(row.contribution),
            }
            for row in shown.rows
        ],
    }


def figure_as_data(figure: FrozenFigure) -> dict[str, Any]:
    """A frozen figure."""
    names = ("code", "pilot", "unit", "engine", "as_of", "formula_hash", "row_count", "row_hash", "purpose", "frozen_by",
             "frozen_at")  # fmt: skip
    return {
        "id": figure.pk,
        "period": str(period_of(figure)),
        "value": None if figure.value is None else digits(figure.value),
        **{name: getattr(figure, name) for name in names},
    }
