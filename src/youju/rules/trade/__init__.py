"""Decisions of the trade rooms."""
