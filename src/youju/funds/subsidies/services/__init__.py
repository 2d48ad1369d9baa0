"""Writes of the room subsidies: keyword-only, one transaction, audited."""
