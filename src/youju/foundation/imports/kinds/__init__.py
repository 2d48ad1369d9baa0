"""The kinds of values that a column may hold: from what stands in a cell to a plain value, or to a reason why not."""

from youju.foundation.imports.kinds.base import BadCellError, Kind
from youju.foundation.imports.kinds.days import Day
from youju.foundation.imports.kinds.numbers import Amount, Whole
from youju.foundation.imports.kinds.words import Choice, Code, Flag, Text

__all__ = ["Amount", "BadCellError", "Choice", "Code", "Day", "Flag", "Kind", "Text", "Whole"]
