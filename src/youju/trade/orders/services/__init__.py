"""Writes of the orders room: keyword-only, one transaction, audited."""
