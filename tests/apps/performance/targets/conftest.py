"""People and documents for the tests of the targets room."""

from __future__ import annotations

from targets_fixtures import clean_set, demo_set, document, make_user, officer, three

__all__ = ["clean_set", "demo_set", "document", "make_user", "officer", "three"]
