"""Long lists for programs: a page, and a cursor that leads to the next one whatever is added meanwhile."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from youju.foundation.kernel.errors import InputError

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows, newest first, and the cursor of the next page (``None`` on the last one)."""

    rows: list[M]
    next: str | None


def page_of(rows: QuerySet[M], *, cursor: str = "", limit: int = 100) -> Page[M]:
    """One page by primary key, newest first: the cost does not grow with how far one has walked.

    Args:
        rows: the rows that fit, in any order.
        cursor: ``next`` of the page before; empty for the first.
        limit: how many rows.

    Raises:
        InputError: the cursor is none of ours.
    """
    if cursor:
        rows = rows.filter(pk__lt=_place(cursor))
    found = list(rows.order_by("-pk")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return Page(found, _cursor(found[-1].pk) if more else None)


def _cursor(key: Any) -> str:
    return base64.urlsafe_b64encode(f"pk:{key}".encode()).decode().rstrip("=")


def _place(cursor: str) -> int:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode(
            "ascii"
        )
        kind, _, key = text.partition(":")
        if kind != "pk" or len(key) > 18:
            raise ValueError(cursor)
        return int(key)
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise InputError(
            "这个游标不对", where="参数 cursor", how="请用上一页答复里的 next，第一页不写"
        ) from error
