"""What other rooms may know of the measures of a document's rows."""

from youju.performance.measures.selectors.codec import row_as_json, row_from_json
from youju.performance.measures.selectors.frozen import FrozenMeasures, frozen_measures, latest_frozen
from youju.performance.measures.selectors.measuring import measured_project, measured_rows
from youju.performance.measures.selectors.periods import period_until, until_named
from youju.performance.measures.selectors.values import Adjusted, Basis, MeasuredRow

__all__ = [
    "Adjusted",
    "Basis",
    "FrozenMeasures",
    "MeasuredRow",
    "frozen_measures",
    "latest_frozen",
    "measured_project",
    "measured_rows",
    "period_until",
    "row_as_json",
    "row_from_json",
    "until_named",
]
