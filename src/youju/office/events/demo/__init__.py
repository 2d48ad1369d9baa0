"""The demo's events of 2023."""
