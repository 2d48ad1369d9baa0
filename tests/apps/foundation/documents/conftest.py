"""People, and an empty queue, for the tests of the documents room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from targets_fixtures import make_user

__all__ = ["empty_queue", "make_user"]


@pytest.fixture
def empty_queue(transactional_db: None) -> Iterator[None]:
    """Procrastinate's tables are nobody's models: a test that commits empties them itself."""
    yield
    with connection.cursor() as cursor:
        for table in ("periodic_defers", "events", "jobs", "workers"):
            cursor.execute(f"DELETE FROM procrastinate_{table}")
