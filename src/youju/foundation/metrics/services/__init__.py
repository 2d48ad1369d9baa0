"""Writes of the metric catalogue: freezing, handing out rows, the lake."""

from youju.foundation.metrics.services.exporting import export_rows
from youju.foundation.metrics.services.freezing import (
    Difference,
    compare_frozen,
    freeze_figure,
    freeze_questions,
    subject_of,
)

__all__ = ["Difference", "compare_frozen", "export_rows", "freeze_figure", "freeze_questions", "subject_of"]
