"""Writes of the parties room."""
