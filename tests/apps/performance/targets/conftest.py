"""People and documents for the tests of the targets room."""

from __future__ import annotations

from targets_fixtures import demo_set, document, make_user, officer

__all__ = ["demo_set", "document", "make_user", "officer"]
