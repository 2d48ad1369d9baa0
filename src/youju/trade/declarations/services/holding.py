"""A packing whose goods stand in a declaration is not opened again: what the packing room asks before it does."""

from __future__ import annotations

from django.db import connection


def hold(packing: int) -> str:
    """Why a packing may not be opened again or cancelled; empty where it may. Declarations count whoever may see them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM declarations_holding(%s)", [packing])
        numbers = [number for (number,) in cursor.fetchall()]
    if not numbers:
        return ""
    more = f" 等 {len(numbers)} 票" if len(numbers) > 3 else ""
    return f"它的货已经在报关单 {'、'.join(numbers[:3])}{more} 里"
