"""Ways of transport that packing knows, by the customs' code."""

from __future__ import annotations

TRANSPORT_MODES = {"2": "水路运输", "3": "铁路运输", "4": "公路运输", "5": "航空运输"}
"""Code of the customs' table of transport → its Chinese name."""
