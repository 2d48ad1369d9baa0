"""Writes of the goods room."""
