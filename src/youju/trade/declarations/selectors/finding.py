"""Declarations by key: ``D230601000001-1`` is a number with its version, ``D230601000001`` the number's newest version."""

from __future__ import annotations

import re

from django.db.models import QuerySet

from youju.trade.declarations.models import Declaration

_KEY = re.compile(r"([A-Za-z0-9]{1,24})(?:-([1-9][0-9]{0,3}))?")


def parsed(key: str) -> tuple[str, int | None]:
    """Number and version of a key; an empty number where it is none."""
    found = _KEY.fullmatch(key)
    return (found[1], int(found[2]) if found[2] else None) if found else ("", None)


def newest(rows: QuerySet[Declaration]) -> Declaration | None:
    """The newest version among rows of one number."""
    return rows.order_by("-version").first()


def version_of(rows: QuerySet[Declaration], version: int) -> Declaration | None:
    """One version among rows of one number."""
    return rows.filter(version=version).first()


def found(key: str) -> Declaration | None:
    """The declaration that row-level security shows the asker."""
    number, version = parsed(key)
    if not number:
        return None
    rows = Declaration.objects.filter(number=number)
    return version_of(rows, version) if version else newest(rows)
