"""People of the office for tests of assets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from funds_made import Staff


@pytest.fixture
def team(db: None) -> Staff:
    """One person for each deed: ``asks`` and ``section`` are staff, ``finance`` and ``cashier`` finance, ``head`` approves."""
    from funds_made import staff

    return staff()
