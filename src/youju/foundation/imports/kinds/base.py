"""What every kind does."""

from __future__ import annotations

import unicodedata
from typing import Any, Protocol


class BadCellError(ValueError):
    """A cell that cannot be taken; the text is the Chinese reason with how to mend it."""


class Kind(Protocol):
    """One kind. ``read`` sees what a spreadsheet holds (text, number, boolean, date) and never ``None`` or blank text."""

    @property
    def name(self) -> str:
        """What people call it, for templates and notes."""

    def read(self, cell: Any) -> Any:
        """The value.

        Raises:
            BadCellError: the cell can't be taken.
        """

    def freeze(self, value: Any) -> Any:
        """The value as JSON holds it."""

    def thaw(self, value: Any) -> Any:
        """Back from JSON."""


def plain(cell: Any) -> str:
    """What a cell shows, as text: half-width, without white space at the ends; a whole number without ``.0``."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return unicodedata.normalize("NFKC", str(cell)).strip()
