"""Tests of the funds reach every row unless they act as somebody (``trade_people.as_``)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from youju.foundation.kernel.context import reaching_all


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    """What a loader would reach."""
    with reaching_all():
        yield
