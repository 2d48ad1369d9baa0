"""Reads of the room subsidies."""
