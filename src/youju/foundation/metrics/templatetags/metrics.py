"""How templates of this room write rows, parts and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlencode

from django import template

from youju.analytics.metrics import Metric
from youju.foundation.metrics.selectors import Row
from youju.foundation.metrics.web import telling

register = template.Library()


@register.filter
def told(value: Decimal) -> str:
    """A contribution as people read it."""
    return telling.told(value)


@register.filter
def told_or_dash(value: Decimal | str) -> str:
    """A stored value, or a dash for none."""
    return telling.told(value) if isinstance(value, Decimal) else "—"


@register.simple_tag
def part_label(metric: Metric, part: str) -> str:
    """What a part is."""
    return metric.part_labels.get(part, part)


@register.simple_tag
def cell_of(row: Row, name: str) -> str:
    """One further column of a row."""
    return telling.cell(row.more.get(name))


@register.simple_tag
def asked_with(asked: Mapping[str, str], **changes: str) -> str:
    """The question's address with some of it changed."""
    return urlencode({name: value for name, value in {**asked, **changes}.items() if value})
