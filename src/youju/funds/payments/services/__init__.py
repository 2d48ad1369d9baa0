"""Writes of the room payments: keyword-only, one transaction, audited."""
