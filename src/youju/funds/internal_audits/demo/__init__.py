"""The demo's internal supervision of 2023."""
