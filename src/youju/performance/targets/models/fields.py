"""A number that keeps the decimals that were printed."""

# ruff: noqa: ARG002 - Django hands these methods the connection

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Base = models.Field[Any, Any]
else:
    Base = models.Field


class PrintedNumber(Base):
    """PostgreSQL's ``numeric`` without a fixed scale: 5.00 comes back as ``Decimal("5.00")``, 5 as ``Decimal("5")``.

    So the amount that is computed with and the amount as printed are one column and cannot disagree;
    ``format(value, "f")`` gives the printed text.
    """

    description = "A decimal number with the scale that was printed"

    def get_internal_type(self) -> str:
        """Aggregates and lookups treat it as a decimal."""
        return "DecimalField"

    def db_type(self, connection: Any) -> str:
        """The column type: unlimited numeric."""
        return "numeric"

    def cast_db_type(self, connection: Any) -> str:
        """The type in a cast: also without a scale."""
        return "numeric"

    def to_python(self, value: Any) -> Decimal | None:
        """A Decimal of what was stored or typed."""
        return None if value is None else Decimal(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Hand a Decimal to the driver unchanged, so that its scale survives."""
        return self.to_python(value)

    def get_db_converters(self, connection: Any) -> list[Any]:
        """None: the driver gives Decimals already (Django's own converter would need a scale)."""
        return []
