"""Reads of the packing room."""
