"""Charts for pages: one definition drawn wide and narrow, with the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Picture:
    """What ``{% chart %}`` takes; ``svg`` holds both widths, of which the page shows one."""

    svg: SafeString
    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]


def bars(rows: Sequence[tuple[str, int, str]], *, caption: str, headings: tuple[str, str]) -> Picture | None:
    """Counts as bars that open their address; nothing where there are none."""
    if not rows:
        return None
    table = [(label, count) for label, count, _ in rows]
    return Picture(_drawn(tuple(rows), caption), caption, headings, table)


# Drawing is cached on disk by content; the definition itself costs tens of milliseconds, which these spare.
@lru_cache(maxsize=64)
def _drawn(rows: tuple[tuple[str, int, str], ...], caption: str) -> SafeString:
    from youju.foundation.documents.widths import in_two_widths
    from youju.trade.goods.charts import NARROW, WIDE, bar_chart

    return in_two_widths(*(bar_chart(rows, title=caption, width=width) for width in (WIDE, NARROW)))
