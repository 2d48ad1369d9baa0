"""Reads of the metric catalogue, for pages, commands and later rooms."""

from youju.foundation.metrics.selectors.frozen import (
    frozen_figure,
    frozen_figures,
    frozen_of,
    period_of,
)
from youju.foundation.metrics.selectors.showing import (
    MAX_ROWS,
    Exported,
    Part,
    Row,
    Shown,
    catalogue,
    kind_label,
    rows_to_export,
    show_metric,
)

__all__ = [
    "MAX_ROWS",
    "Exported",
    "Part",
    "Row",
    "Shown",
    "catalogue",
    "frozen_figure",
    "frozen_figures",
    "frozen_of",
    "kind_label",
    "period_of",
    "rows_to_export",
    "show_metric",
]
