"""The metric catalogue for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import P, PathEx, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Word
from youju.foundation.metrics import permissions, selectors
from youju.foundation.metrics.describing import figure_as_data, metric_as_data, value_as_data
from youju.foundation.metrics.schemas import FrozenFigureOut, MetricOut, MetricValueOut

router = Router(tags=["metrics"])
VIEW = Needs(permissions.VIEW)
Code = PathEx[str, P(max_length=60, pattern=r"^[a-z0-9_.]+$")]
Rows = QueryEx[int, P(ge=0, le=1000)]
Offset = QueryEx[int, P(ge=0, le=1_000_000_000)]


@router.get("/", response=list[MetricOut], auth=VIEW, summary="指标目录")
def metric_list(request: HttpRequest, text: Word = "") -> list[dict[str, Any]]:
    """Every metric, or those whose code, name or definition holds the words."""
    found = selectors.catalogue(actor=permissions.actor_of(request), text=text)
    return [metric_as_data(metric) for metric in found]


@router.get("/frozen", response=list[FrozenFigureOut], auth=VIEW, summary="冻结值")
def frozen_list(request: HttpRequest, code: Word = "") -> list[dict[str, Any]]:
    """The newest hundred frozen figures, of one metric where a code is given."""
    rows = selectors.frozen_figures(actor=permissions.actor_of(request), code=code)[:100]
    return [figure_as_data(row) for row in rows]


@router.get("/{code}", response={200: MetricValueOut, **REFUSED}, auth=VIEW, summary="指标值")  # fmt: skip
def metric_value(  # noqa: PLR0917 - parameters of an address
    request: HttpRequest,
    code: Code,
    period: Word,
    engine: Word = "",
    part: Word = "",
    rows: Rows = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """A metric's value over a period, its parts, and the rows behind it, the largest first."""
    shown = selectors.show_metric(
        actor=permissions.actor_of(request),
        code=code,
        period=period,
        engine=engine,
        part=part,
        limit=rows,
        offset=offset,
    )
    return value_as_data(shown)
