"""Pictures of evaluations for pages: the same definition drawn wide and narrow, with the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.safestring import SafeString

_PASS = 60


def scores_picture(rows: Sequence[tuple[str, Decimal | None]], year: int) -> dict[str, object] | None:
    """Caption, picture and table of the scores that are known; ``None`` where none is."""
    known = tuple((name, str(score)) for name, score in rows if score is not None)
    if not known:
        return None
    caption = f"{year} 年各项目得分（百分制）"
    return {"caption": caption, "svg": _drawn(known, caption), "heads": ("项目", "得分"), "rows": known}


@lru_cache(maxsize=64)
def _drawn(rows: tuple[tuple[str, str], ...], title: str) -> SafeString:
    # Drawing is cached on disk by content; the definition itself costs tens of milliseconds, which this spares.
    from youju.foundation.documents.widths import in_two_widths
    from youju.performance.evaluation.charts import NARROW, WIDE, Bar, shares

    bars = [Bar(name, float(score), score, low=float(score) < _PASS) for name, score in rows]
    return in_two_widths(*(shares(bars, title=title, width=width) for width in (WIDE, NARROW)))
