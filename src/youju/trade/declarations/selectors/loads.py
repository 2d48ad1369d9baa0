"""Released goods for rooms above that read them in bulk by SQL of their own: the views that may be read, and what they hold."""

from __future__ import annotations

RELEASED_LINES = "declarations_released_lines"
"""One row = goods of one order line inside one declared line of a released declaration (``analytics.tables.RELEASED_LINES``)."""
RELEASED_LOADS = "declarations_released_loads"
"""By ``line_id`` of the former: ``container``, ``container_kind``, and ``share``, the part of that container in millionths, which
add up to 1,000,000 over all goods in it. In the asker's reach; who takes part in a packing reaches all that is in it."""
