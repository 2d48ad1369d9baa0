"""What an order record is: codes are stored and never renamed."""

from __future__ import annotations

from enum import StrEnum


class OrderKind(StrEnum):
    """A sale, or a later record about one: a declared order itself is never edited."""

    SALE = "sale"
    RETURN = "return"
    CORRECTION = "correction"

    @property
    def label(self) -> str:
        """The Chinese name that pages show."""
        return {"sale": "销售", "return": "退货", "correction": "更正"}[self.value]
