"""Writes of the room projects: keyword-only, one transaction, audited."""
