"""Tests of metrics reach every row unless they act as somebody; declarations of a real deal, a lake of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

# Django is not set up yet when this file is read.
DAYS = ("2023-05-09", "2023-06-01", "2023-06-30", "2023-07-31")


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    """What a loader would reach."""
    from youju.foundation.kernel.context import reaching_all

    with reaching_all():
        yield


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the lake of the test lies."""
    monkeypatch.setenv("YOUJU_LAKE", str(tmp_path / "lake"))
    return tmp_path / "lake" / "baigou"


@pytest.fixture
def reach() -> Iterator[None]:
    """Every row, as a job has it."""
    from youju.foundation.kernel.context import reaching_all

    with reaching_all():
        yield


@pytest.fixture
def release() -> Callable[..., None]:
    """Lets customs release a declaration on a day, without the steps before it."""
    from youju.trade.declarations.models import Declaration

    def released(row: Any, day: str, **changes: Any) -> None:
        at = datetime.fromisoformat(f"{day}T23:30").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        values = {"state": "released", "released_at": at, "entry_number": f"{row.pk:018}"}
        Declaration.objects.filter(pk=row.pk).update(**(values | changes))

    return released


@pytest.fixture
def declared(transactional_db: None, lake: Path, reach: None, release: Callable[..., None]) -> list[Any]:
    """Four declarations, released."""
    from trade_deals import make_deal
    from trade_declared import declared as declare
    from trade_declared import order_of

    deal = make_deal()
    rows = [declare(deal, order_of(deal, 2_000 + number))[0] for number in range(len(DAYS))]
    for row, day in zip(rows, DAYS, strict=True):
        release(row, day)
    return rows
