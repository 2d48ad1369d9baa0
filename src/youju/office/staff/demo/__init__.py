"""The demo's dispatched staff of 2023."""
