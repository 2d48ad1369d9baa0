"""Webhooks: every change of state of an announced record, told to the programs of those who take part in it."""
