"""Writes of the packing room: keyword-only, one transaction, audited."""
