"""Reads of the room payments."""
