"""Reads of the goods room."""
