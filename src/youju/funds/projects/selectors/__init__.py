"""Reads of the room projects."""
