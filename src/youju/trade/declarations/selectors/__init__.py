"""Reads of the declarations room."""
