"""What this room gives to analytics: where the parties on file stand in PostgreSQL."""

from __future__ import annotations

from youju.analytics.tables import FILED_PARTIES
from youju.foundation.metrics.sources import register_source


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(FILED_PARTIES, "parties_filed")
