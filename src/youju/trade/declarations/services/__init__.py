"""Writes of the declarations room: keyword-only, one transaction, audited."""
