"""How a record stands on a day, in words and as a condition of the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from youju.rules.office.base import lifecycle
from youju.rules.office.base.kinds import BRANDS, DOCUMENTS, PATENTS, PLATFORMS, STANDARDS

STATES: Mapping[str, Mapping[str, str]] = {
    DOCUMENTS: {"in_force": "有效", "ahead": "未施行", "expired": "已失效", "repealed": "已废止"},
    PATENTS: {"granted": "已授权", "pending": "审查中"},
    BRANDS: {"in_force": "有效", "expired": "已过期"},
    STANDARDS: {"in_force": "现行", "ahead": "未实施", "abolished": "已废止"},
    PLATFORMS: lifecycle.STATES,
}
"""Register → state → its Chinese name."""


def standing(register: str, row: Any, today: date) -> str:
    """The state of a record on a day; one of ``STATES[register]``."""
    if register == PLATFORMS:
        return str(row.state)
    if register == PATENTS:
        return "granted" if row.granted_on and row.granted_on <= today else "pending"
    if register == STANDARDS:
        gone, begins = row.abolished_on and row.abolished_on <= today, row.effective_on or row.published_on
        return "abolished" if gone else "in_force" if begins <= today else "ahead"
    over = "expired" if row.valid_to and row.valid_to < today else "in_force"
    return over if register == BRANDS else _document(row, over, today)


def _document(row: Any, over: str, today: date) -> str:
    if row.repealed_on and row.repealed_on <= today:
        return "repealed"
    return "ahead" if over == "in_force" and row.valid_from > today else over


def stands(register: str, state: str, today: date) -> Q:
    """The same as a condition."""
    if register == PLATFORMS:
        return Q(state=state)
    if register == PATENTS:
        granted = Q(granted_on__lte=today)
        return granted if state == "granted" else Q(granted_on=None) | Q(granted_on__gt=today)
    if register == STANDARDS:
        return _standard(state, today)
    over = Q(valid_to__isnull=False, valid_to__lt=today)
    if register == BRANDS:
        return over if state == "expired" else ~over
    repealed = Q(repealed_on__isnull=False, repealed_on__lte=today)
    ahead = Q(valid_from__gt=today)
    return {
        "repealed": repealed,
        "expired": over & ~repealed,
        "ahead": ahead & ~repealed & ~over,
        "in_force": ~repealed & ~over & ~ahead,
    }[state]


def _standard(state: str, today: date) -> Q:
    gone = Q(abolished_on__isnull=False, abolished_on__lte=today)
    begun = Q(effective_on__lte=today) | Q(effective_on=None, published_on__lte=today)
    return {"abolished": gone, "in_force": begun & ~gone, "ahead": ~begun & ~gone}[state]
