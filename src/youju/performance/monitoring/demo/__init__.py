"""The demo's monitoring round of 2023."""
