"""``{{ line.quantity|counted }}``: a quantity or weight without the zeros that only fill its five places."""

from __future__ import annotations

from decimal import Decimal

from django import template

from youju.foundation.shell.figures import grouped

register = template.Library()


@register.filter
def counted(value: Decimal | None) -> str:
    """1000.00000 → 1,000; 12.50000 → 12.5; blank → a dash."""
    if value is None:
        return grouped(None)
    short = value.normalize()
    return grouped(short if int(short.as_tuple().exponent) <= 0 else short.quantize(Decimal(1)))
